import { describe, expect, it } from '@jest/globals';
import { priceOfOne, toldPrice } from './told-price.js';

describe('a price in an answer to the buyer', () => {
  it('is for a hundred where it was for a hundred', () => {
    expect(toldPrice({ unitPrice: '3.75', baseQuantity: '100' })).toEqual({ unitPrice: '3.75', priceBasis: 'HP' });
    expect(toldPrice({ unitPrice: '150', baseQuantity: '12' })).toEqual({ unitPrice: '150', priceBasis: 'PD' });
  });

  it('is for one where it was for one, or for a number that X12 has no code for', () => {
    expect(toldPrice({ unitPrice: '3.75' })).toEqual({ unitPrice: '3.75' });
    expect(toldPrice({ unitPrice: '3.75', baseQuantity: '1' })).toEqual({ unitPrice: '3.75' });
    expect(toldPrice({ unitPrice: '3', baseQuantity: '8' })).toEqual({ unitPrice: '0.375' });
  });

  it('is for one in an invoice, to ten decimals', () => {
    expect(priceOfOne({ unitPrice: '3.75', baseQuantity: '100' })).toBe('0.0375');
    expect(priceOfOne({ unitPrice: '1', baseQuantity: '12' })).toBe('0.0833333333');
  });
});
