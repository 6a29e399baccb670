import { expect, it } from '@jest/globals';
import { admit } from './admit-payment.js';

const payment = (minor: number) => ({ amount: { currency: 'USD', minor } });

it('books a payment from one cent on', () => {
  expect(admit(payment(1), undefined)).toBe('new');
  expect(admit(payment(0), undefined)).toBe('refused');
  expect(admit(payment(-1), undefined)).toBe('refused');
});

it('knows a repetition by its reference, and a contradiction by its amount', () => {
  expect(admit(payment(5), { amountMinor: 5, currency: 'USD' })).toBe('repeated');
  expect(admit(payment(6), { amountMinor: 5, currency: 'USD' })).toBe('contradicts');
  expect(admit(payment(5), { amountMinor: 5, currency: 'EUR' })).toBe('contradicts');
});
