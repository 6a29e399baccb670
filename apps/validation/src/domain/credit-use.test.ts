import { describe, expect, it } from '@jest/globals';
import { creditUsedBy } from './credit-use.js';

describe('the credit that an order uses', () => {
  it('is what it comes to, and nothing where nothing is owed', () => {
    expect(creditUsedBy({ currency: 'USD', minor: 4_500 }, { currency: 'USD' })).toBe(4_500);
    expect(creditUsedBy({ currency: 'USD', minor: -1 }, { currency: 'USD' })).toBe(0);
  });

  it('is not counted in another currency: a hundred thousand yen are not a thousand dollars', () => {
    expect(creditUsedBy({ currency: 'JPY', minor: 100_000 }, { currency: 'USD' })).toBe(0);
  });
});
