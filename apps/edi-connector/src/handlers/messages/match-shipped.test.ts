import { describe, expect, it } from '@jest/globals';
import { farFromAsked } from './match-shipped.js';

describe('how much of a line left', () => {
  const far = (quantity: string, percent: string) =>
    farFromAsked([['1', 'RH-1', '200']], [{ lineId: '1', quantity }], percent);

  it.each([
    ['200', '0', 0],
    ['199', '0', 1],
    ['196', '2', 0],
    ['195.99', '2', 1],
    ['204', '2', 0],
    ['204.01', '2', 1],
    ['0', '100', 0],
  ])('%s of 200, where %s per cent will do', (quantity, percent, count) => {
    expect(far(quantity, percent)).toHaveLength(count);
  });

  it('is added up over its packs; a line that is not named did not leave', () => {
    const asked = [
      ['1', 'RH-1', '10'],
      ['2', 'RH-2', '5'],
    ] as const;
    const packs = ['6', '4'].map((quantity) => ({ lineId: '1', quantity }));
    expect(farFromAsked(asked, packs, '5')).toEqual(['line 2: 0 of RH-2 shipped, 5 asked for']);
  });
});
