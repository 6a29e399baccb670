import type { BillableLine, BillableOrder } from '../invoicing/domain/billable-order.js';
import type { InvoiceDates, ShippedGoods } from '../invoicing/domain/issue-invoice.js';
import type { AllowanceCharge } from '@railhead/contracts';

/** A line of twelve at 3.75, untaxed. Names only what the test is about. */
export function aBillableLine(change: Partial<BillableLine> = {}): BillableLine {
  return {
    lineId: '1',
    sku: 'SKU-1',
    quantity: '12',
    unitCode: 'EA',
    unitPrice: '3.75',
    adjustmentMinor: 0,
    taxMinor: 0,
    ...change,
  };
}

export const ORDER_ID = '018f0000-0000-7000-8000-000000000001';

/** An order over 45.00 USD, one line. */
export function aBillableOrder(change: Partial<BillableOrder> = {}): BillableOrder {
  return {
    orderId: ORDER_ID,
    accountId: 'ACME',
    purchaseOrderNumber: 'PO-1',
    currency: 'USD',
    netDays: 30,
    lines: [aBillableLine()],
    allowanceCharges: [],
    ...change,
  };
}

/** Goods of the first line, or of the lines given. */
export function goods(shipmentId: string, quantity: string | Readonly<Record<string, string>>): ShippedGoods {
  const lines = typeof quantity === 'string' ? { '1': quantity } : quantity;
  return { shipmentId, lines: Object.entries(lines).map(([lineId, value]) => ({ lineId, quantity: value })) };
}

export const DATES: InvoiceDates = {
  invoiceId: '018f0000-0000-7000-8000-00000000000a',
  issuedOn: '2026-02-03',
  dueOn: '2026-03-05',
};

export function anAllowance(minor: number, change: Partial<AllowanceCharge> = {}): AllowanceCharge {
  return { isCharge: false, reason: 'rebate', amount: { currency: 'USD', minor }, ...change };
}

export function aCharge(minor: number): AllowanceCharge {
  return { isCharge: true, reason: 'freight', amount: { currency: 'USD', minor } };
}
