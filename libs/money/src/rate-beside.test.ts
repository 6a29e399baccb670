import { describe, expect, it } from '@jest/globals';
import { rateBeside } from './rate-beside.js';

describe('the rate of tax of a line that is put beside others', () => {
  it('is theirs, and none where they have none', () => {
    expect(rateBeside(['8.25', '8.250'], '10')).toBe('8.25');
    expect(rateBeside(['8.25'], undefined)).toBe('8.25');
    expect(rateBeside([undefined, undefined], '10')).toBeUndefined();
    expect(rateBeside(['0'], '10')).toBe('0');
  });

  it('is its own where theirs differ, or where there are no others', () => {
    expect(rateBeside(['8.25', '10'], '5')).toBe('5');
    expect(rateBeside(['8.25', undefined], undefined)).toBeUndefined();
    expect(rateBeside([], '5')).toBe('5');
  });
});
