import { describe, expect, it } from '@jest/globals';
import { aStock } from '../testing/builders.js';
import { StockBook } from './stock-book.js';

describe('a count of stock', () => {
  it('replaces what was known, less what left after it was true', () => {
    const stock = aStock({ A: '10' });
    expect(stock.count('A', '30', 2000, '4')).toBe(true);
    expect(stock.available('A')).toBe('26');
    expect(stock.onOffer()).toEqual(['A']);
  });

  it('that is older than the one that stands changes nothing', () => {
    const stock = aStock({ A: '10' });
    expect(stock.count('A', '30', 999, '0')).toBe(false);
    expect(stock.changes()).toEqual([]);
  });

  it('of the same instant corrects the one that stands', () => {
    const stock = aStock({ A: '10' });
    expect(stock.count('A', '8', 1000, '0')).toBe(true);
    expect(stock.available('A')).toBe('8');
  });

  it('is the first for a product never counted', () => {
    const stock = new StockBook([{ sku: 'A', onHand: '0', allocated: '0' }]);
    expect(stock.count('A', '3', 1, '0')).toBe(true);
  });

  it('below what is promised makes nothing available and offers nothing', () => {
    const stock = aStock({ A: '10' });
    stock.promise('A', '8');
    stock.count('A', '5', 2000, '0');
    expect(stock.available('A')).toBe('0');
    expect(stock.onOffer()).toEqual([]);
  });
});

describe('a promise', () => {
  it('may take the last piece', () => {
    const stock = aStock({ A: '10' });
    stock.promise('A', '10');
    expect(stock.available('A')).toBe('0');
  });

  it('is refused for more than there is', () => {
    expect(() => aStock({ A: '10' }).promise('A', '10.01')).toThrow(RangeError);
  });

  it('is refused for a product that was not locked', () => {
    expect(() => aStock({}).promise('A', '1')).toThrow('was not locked');
  });
});
