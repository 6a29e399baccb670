import { expect, it } from '@jest/globals';
import { overTheLimit } from './over-the-limit.js';

const usd = (minor: number) => ({ currency: 'USD', minor });

it('an order over the credit limit says so in amounts, not in cents', () => {
  expect(overTheLimit(usd(178_000), 'ordered', usd(100_000))).toEqual({
    code: 'CREDIT_LIMIT',
    detail: '1780.00 USD ordered, 1000.00 USD of the credit limit left',
  });
});

it('a limit that is used up, and more, leaves nothing', () => {
  const { detail } = overTheLimit({ currency: 'JPY', minor: 5 }, 'more', usd(-1));
  expect(detail).toBe('5 JPY more, 0.00 USD of the credit limit left');
});
