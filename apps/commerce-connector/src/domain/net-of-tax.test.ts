import { expect, it } from '@jest/globals';
import { extend, formatMinor } from '@railhead/money';
import fc from 'fast-check';
import { netLine } from './net-of-tax.js';

it('leaves prices without tax as they are', () => {
  expect(
    netLine({
      quantity: '3',
      ordered: '3',
      price: '12.50',
      discounts: ['1.00', '0.49'],
      taxes: ['9.99'],
      taxesIncluded: false,
      currency: 'USD',
    }),
  ).toEqual({
    unitPrice: '12.5',
    discount: { currency: 'USD', minor: 149 },
  });
});

it('ties to the minor unit for any line with the tax in its price: quantity × price − discount + tax is what was charged', () => {
  const minor = fc.integer({ min: 0, max: 10_000_000 });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5000 }),
      minor,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 27 }),
      fc.constantFrom('USD', 'JPY', 'KWD'),
      (quantity, price, share, rate, currency) => {
        const text = (amount: number): string => formatMinor({ currency, minor: amount });
        const discount = Math.floor(quantity * price * share);
        const charged = quantity * price - discount;
        const tax = Math.round((charged * rate) / (100 + rate));
        const net = netLine({
          quantity: String(quantity),
          ordered: String(quantity),
          price: text(price),
          discounts: [text(discount)],
          taxes: [text(tax)],
          taxesIncluded: true,
          currency,
        });
        expect(extend(String(quantity), net.unitPrice, currency).minor - net.discount.minor + tax).toBe(charged);
      },
    ),
    { numRuns: 500 },
  );
});
