import { describe, expect, it } from '@jest/globals';
import { farFromAsked, inOtherUnits } from './match-shipped.js';

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

describe('the unit of what left', () => {
  const told = (unit?: string, asked: string | undefined = 'CA') =>
    inOtherUnits([['1', 'RH-1', '10', asked]], [{ sku: 'RH-1', quantity: '10', ...(unit && { unit }) }], { CS: 'CA' });

  it('is the one that was asked for, in the words of either, or nobody knows how much left', () => {
    expect([told('CA'), told('CS'), told()]).toEqual([[], [], []]);
    expect([told('EA', 'C62'), told('KG', 'KGM')]).toEqual([[], []]); // as the 940 writes them
    expect(told('EA')).toEqual(['RH-1 is told in EA, it was asked for in CA']);
  });

  it('is not looked at where it was not kept', () => {
    expect(inOtherUnits([['1', 'RH-1', '10']], [{ sku: 'RH-1', quantity: '10', unit: 'EA' }], {})).toEqual([]);
  });
});
