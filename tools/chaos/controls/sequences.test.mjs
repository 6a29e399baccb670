import { describe, expect, it } from '@jest/globals';
import { faultsOf, judge } from './sequences.mjs';

const seen = (...numbers) => numbers.map((number) => ({ key: 'k', number }));
const three = new Map([['k', 3]]);

describe('what was seen of a key', () => {
  it('is right when every number came once and in order', () => {
    expect(faultsOf(judge(seen(1, 2, 3), three))).toEqual([]);
  });

  it('tells a message that never came from one that came late', () => {
    expect(judge(seen(1, 3), three)).toMatchObject({ lost: 1, overtaken: 0 });
    expect(judge(seen(1, 3, 2), three)).toMatchObject({ lost: 0, overtaken: 1 });
  });

  it('counts a repeat as a repeat, and not as disorder', () => {
    expect(judge(seen(1, 2, 1, 2, 3), three)).toMatchObject({ again: 2, overtaken: 0, lost: 0 });
  });

  it('finds what nobody sent', () => {
    expect(judge(seen(1, 2, 3, 4), three)).toMatchObject({ unknown: 1 });
    expect(judge([{ key: 'stranger', number: 1 }], new Map())).toMatchObject({ unknown: 1 });
  });

  it('is told with figures', () => {
    expect(faultsOf(judge(seen(1, 1, 3), three))).toEqual(['1 of 3 lost', '3 had 1 effects too many']);
    expect(faultsOf(judge(seen(1, 1, 3), three), ['again'])).toEqual(['1 of 3 lost']);
  });
});
