import { describe, expect, it } from '@jest/globals';
import { issue } from '../issues/issue.js';
import { an850, theSet } from '../testing/fixtures.js';

const named = (name: string) =>
  theSet(an850('BEG*00*SA*PO-7**20261102', `N1*ST*${name}`, 'PO1*1*2*EA*9.95**VP*LAMP-1', 'CTT*1')).issues;
const LAMP = '\u{1f4a1}';

describe('the length of a value', () => {
  it.each([
    ['of letters', 'x', 60, []],
    ['of letters', 'x', 61, ['element-too-long']],
    ['of letters beyond ASCII', '\u00e9', 60, []],
    ['of letters beyond ASCII', '\u00e9', 61, ['element-too-long']],
    ['of signs that take two units', LAMP, 31, []],
    ['of signs that take two units', LAMP, 60, []],
    ['of signs that take two units', LAMP, 61, ['element-too-long']],
  ])('%s is counted in characters: %j, %i times', (_, sign, count, said) => {
    expect(named(sign.repeat(count)).map(({ code }) => code)).toEqual(said);
  });

  it('is too short where one character takes as many units as there must be', () => {
    const [found] = theSet(an850('BEG*00*SA*PO-7**20261102', `N1*${LAMP}*Shop`, 'PO1*1*2*EA*9.95', 'CTT*1')).issues;
    expect(found).toMatchObject({ code: 'element-too-short', value: LAMP });
  });
});

describe('the value that an issue shows', () => {
  it.each([
    [98, LAMP],
    [97, LAMP],
  ])('ends between two characters: %i letters and a sign of two units', (letters, sign) => {
    const { value } = issue('element-code', { from: 0, to: 0 }, 'wrong', { value: `${'x'.repeat(letters)}${sign}yz` });
    expect([value?.isWellFormed(), value?.startsWith('x'.repeat(letters))]).toEqual([true, true]);
    expect(value?.includes(sign)).toBe(letters === 97);
  });
});
