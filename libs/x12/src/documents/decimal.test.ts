import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDecimal, sumOfDecimals } from './decimal.js';

describe('a decimal', () => {
  it.each([
    ['12.00', '12'],
    ['012.50', '12.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['-0.00', '0'],
    ['-0.10', '-0.1'],
    ['100', '100'],
    ['0', '0'],
  ])('%s goes out as %s', (given, written) => {
    expect(plainDecimal(given)).toBe(written);
  });

  it.each(['', '-', '.', '1e3', '+1', '1,000', '1.2.3', ' 1', 'NaN'])('is not %j', (text) => {
    expect(() => plainDecimal(text)).toThrow(RangeError);
  });

  it('is seen at once to be none, were it a million zeros with a letter behind', () => {
    // a pattern that can divide the zeros in several ways would take hours
    expect(() => plainDecimal(`${'0'.repeat(1_000_000)}X`)).toThrow(RangeError);
    expect(plainDecimal(`0.${'0'.repeat(1_000_000)}1`)).toHaveLength(1_000_003);
  });

  it('is added also where there are very many', () => {
    expect(sumOfDecimals(Array.from({ length: 300_000 }, () => '0.01'))).toBe('3000');
  });

  it('is added without losing anything', () => {
    expect(sumOfDecimals(['0.1', '0.2'])).toBe('0.3');
    expect(sumOfDecimals(['20', '-20.00'])).toBe('0');
    expect(sumOfDecimals(['-0.05', '-0.05'])).toBe('-0.1');
    expect(sumOfDecimals([])).toBe('0');
    const cents = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }));
    fc.assert(
      fc.property(cents, (some) => {
        const sum = some.reduce((total, one) => total + one, 0);
        expect(Number(sumOfDecimals(some.map((one) => (one / 100).toFixed(2))))).toBe(
          Number((sum / 100).toFixed(2)) + 0,
        );
      }),
    );
  });
});
