import { describe, expect, it } from '@jest/globals';
import { isNumber, NotANumber, toDecimal } from './values.js';

describe('a number of X12', () => {
  it.each([
    ['0008', '8'],
    ['.5', '0.5'],
    ['7.', '7'],
    ['-07.50', '-7.5'],
    ['1.5E3', '1500'],
    ['15E-1', '1.5'],
    ['-1.5E-3', '-0.0015'],
    ['.15E1', '1.5'],
    ['1E0', '1'],
    ['0012.50E1', '125'],
    ['0E5', '0'],
    ['-0', '0'],
  ])('%s is %s', (text, decimal) => expect(toDecimal(text)).toBe(decimal));

  it.each(['', '.', 'E3', '1E', '1E+3', '1e3', '1,5', '1E999999', '1E-999999'])('%s is none', (text) => {
    expect(() => toDecimal(text)).toThrow(NotANumber);
  });

  it('is seen at once to be none, were it a million digits with a letter behind', () => {
    // a pattern that can divide the digits in several ways would take days
    expect(isNumber(`${'1'.repeat(1_000_000)}X`)).toBe(false);
  });

  it.each(['1E99', '1E-99'])('%s is more than we count with', (text) => {
    expect(() => toDecimal(text)).toThrow(RangeError);
  });
});
