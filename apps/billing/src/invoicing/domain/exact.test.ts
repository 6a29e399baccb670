import { describe, expect, it } from '@jest/globals';
import { extend } from '@railhead/money';
import fc from 'fast-check';
import { extendAdjusted, percentOfMinor, shareOf, spread } from './exact.js';

const price = { unitPrice: '3.75', baseQuantity: '1', ordered: '12', adjustmentMinor: 0, currencyDigits: 2 };

describe('a share of an amount', () => {
  it('rounds half a cent away from zero, on both sides of zero', () => {
    expect(shareOf(1, '1', '2')).toBe(1);
    expect(shareOf(-1, '1', '2')).toBe(-1);
    expect(shareOf(1, '49', '100')).toBe(0);
  });

  it('of nothing is nothing', () => expect(shareOf(100, '0', '0')).toBe(0));

  it('refuses what a number cannot hold exactly', () => {
    expect(() => shareOf(9_000_000_000_000_000, '2', '1')).toThrow(RangeError);
  });
});

describe('per cent of an amount', () => {
  it('is rounded once', () => {
    expect(percentOfMinor(4500, '8.875')).toBe(399); // 399.375
    expect(percentOfMinor(200, '0.25')).toBe(1); // 0.5
    expect(percentOfMinor(199, '0.25')).toBe(0);
  });
});

describe('an adjusted line', () => {
  it('without adjustment costs what extending it gives', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999 }),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.constantFrom('1', '100', '2.5'),
        (quantity, tenThousandths, baseQuantity) => {
          const unitPrice = `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`;
          const expected = extend(String(quantity), unitPrice, 'USD', { baseQuantity }).minor;
          expect(extendAdjusted(String(quantity), { ...price, unitPrice, baseQuantity })).toBe(expected);
        },
      ),
    );
  });

  it('carries the whole adjustment when all of it is taken, and its share before', () => {
    expect(extendAdjusted('12', { ...price, adjustmentMinor: -100 })).toBe(4400);
    expect(extendAdjusted('6', { ...price, adjustmentMinor: -100 })).toBe(2200);
    expect(extendAdjusted('1', { ...price, adjustmentMinor: -100 })).toBe(367); // 375 - 8.33
  });

  it('of which nothing is ordered costs nothing', () =>
    expect(extendAdjusted('0', { ...price, ordered: '0', adjustmentMinor: 5 })).toBe(0));
});

describe('spreading an amount', () => {
  it('gives parts that add up to it, whatever the weights', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 100_000 }),
        fc.array(fc.nat(50_000), { minLength: 1, maxLength: 9 }),
        (amount, weights) => {
          expect(spread(amount, weights).reduce((sum, part) => sum + part, 0)).toBe(amount);
        },
      ),
    );
  });

  it('gives all of it to the first when no weight counts', () => expect(spread(7, [0, 0])).toEqual([7, 0]));
});
