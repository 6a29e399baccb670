import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { controlKey } from './control-number.js';
import { UsedControlNumbers } from './used-control-numbers.js';

const answers = (numbers: readonly string[]): boolean[] => {
  const used = new UsedControlNumbers();
  return numbers.map((number) => used.claim(number));
};

describe('control numbers that were used', () => {
  it('are found again wherever they lie: in the run, before it, behind it, and where the run comes past', () => {
    expect(answers(['5', '6', '0007', '6'])).toEqual([true, true, true, false]);
    expect(answers(['5', '4', '6', '4', '5'])).toEqual([true, true, true, false, false]);
    expect(answers(['1', '3', '2', '3', '2'])).toEqual([true, true, true, false, false]);
    expect(answers(['A1', '0', '', 'A1', '000', ''])).toEqual([true, true, true, false, false, false]);
  });

  it('are remembered as a plain list of them would be', () => {
    const number = fc.oneof(
      fc.nat({ max: 12 }).map(String),
      fc.nat({ max: 12 }).map((value) => String(value).padStart(9, '0')),
      fc.constantFrom('', 'A', '-1', '9007199254740993', '9007199254740992', '999999999999999'),
    );
    fc.assert(
      fc.property(fc.array(number, { maxLength: 40 }), (numbers) => {
        const keys = numbers.map(controlKey);
        expect(answers(numbers)).toEqual(keys.map((key, index) => keys.indexOf(key) === index));
      }),
    );
  });
});
