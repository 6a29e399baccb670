import { expect, it } from '@jest/globals';
import { asInvoiceNumber, invoiceNumber } from './invoice-number.js';

it('counts on after the last digit is used up', () => {
  expect(invoiceNumber('INV-', 7)).toBe('INV-00000007');
  expect(invoiceNumber('INV-', 100_000_000)).toBe('INV-100000000');
});

it('knows its own numbers as payers write them', () => expect(asInvoiceNumber(' inv-00000007 ')).toBe('INV-00000007'));
