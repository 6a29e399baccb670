import { describe, expect, it } from '@jest/globals';
import { becomesSettled, type OrderBalance } from './settlement.js';

const balance = (change: Partial<OrderBalance> = {}): OrderBalance => ({
  shipments: 2,
  invoices: 2,
  openInvoices: 0,
  settled: false,
  ...change,
});

describe('an order is settled', () => {
  it('when nothing is left to ship and all of it is invoiced and paid', () =>
    expect(becomesSettled(balance())).toBe(true));
  it('not while something may still ship', () => expect(becomesSettled(balance({ shipments: undefined }))).toBe(false));
  it('not while a shipment has no invoice', () => expect(becomesSettled(balance({ invoices: 1 }))).toBe(false));
  it('not while an invoice is open', () => expect(becomesSettled(balance({ openInvoices: 1 }))).toBe(false));
  it('not twice', () => expect(becomesSettled(balance({ settled: true }))).toBe(false));
  it('not when nothing ever shipped', () => expect(becomesSettled(balance({ shipments: 0, invoices: 0 }))).toBe(false));
});
