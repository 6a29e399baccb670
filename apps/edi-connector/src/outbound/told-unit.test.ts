import { describe, expect, it } from '@jest/globals';
import { toldUnit } from './told-unit.js';

describe('a unit in a document of ours', () => {
  it('is the partner’s own code for it', () => {
    expect(toldUnit('CA', { CS: 'CA' })).toBe('CS');
    expect(toldUnit('C62', { EA: 'C62', PCE: 'C62' })).toBe('EA');
  });

  it.each([
    ['KGM', 'KG'],
    ['C62', 'EA'],
    ['DZN', 'DZ'],
  ])('is X12’s code where ours has three characters: %s', (ours, theirs) => {
    expect(toldUnit(ours, { CS: 'CA' })).toBe(theirs);
  });

  it.each(['EA', 'CA', 'XYZ', 'constructor'])('stays as it is where there is no other: %s', (unit) => {
    expect(toldUnit(unit)).toBe(unit);
  });
});
