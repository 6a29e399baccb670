import { describe, expect, it } from '@jest/globals';
import type { InvoiceIssued } from '@railhead/contracts';
import { linesOf, readBack } from '../testing/read-back.js';
import { toInvoice } from './invoice.mapper.js';

const ORDER_ID = '018f0000-0000-7000-8000-000000000001';
const order = { orderId: ORDER_ID, partner: 'acme', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-03', echoes: [] };
const usd = (minor: number) => ({ currency: 'USD', minor });

function invoiced(change: Partial<InvoiceIssued['data']>): InvoiceIssued['data'] {
  const line = { lineId: '1', sku: 'RH-1', quantity: '10', unitCode: 'EA', unitPrice: '10' };
  return {
    ...{ orderId: ORDER_ID, invoiceId: ORDER_ID, shipmentId: ORDER_ID, invoiceNumber: 'INV-1', accountId: 'ACME' },
    ...{ purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-04', dueOn: '2026-03-06', allowanceCharges: [] },
    ...{ lines: [{ ...line, net: usd(10_000), tax: usd(0) }], net: usd(10_000), tax: usd(0), gross: usd(10_000) },
    ...change,
  };
}
const read = (change: Partial<InvoiceIssued['data']>) => readBack('810', toInvoice(order, invoiced(change)));

describe('allowances and charges of an invoice', () => {
  const sacsOf = (count: number, grossMinor: number) => {
    const allowanceCharges = Array.from({ length: count }, (_, n) => ({ isCharge: n < 20, amount: usd(100) }));
    return linesOf(read({ allowanceCharges, gross: usd(grossMinor) }), 'SAC');
  };

  it('stand for themselves as far as an 810 has room, and beyond that together', () => {
    expect(sacsOf(25, 11_500)).toHaveLength(25);
    expect(sacsOf(25, 11_500).at(-1)).toBe('A*ZZZZ***100');
    const merged = sacsOf(30, 11_007); // seven cents of rounding are the thirty-first
    expect([merged.length, merged.at(-1)]).toEqual([25, 'A*ZZZZ***593**********Other allowances and charges']);
  });
});

describe('the terms of an invoice', () => {
  it('are days as far as they have three digits, and words beyond', () => {
    expect(linesOf(read({ dueOn: '2028-10-30' }), 'ITD')).toEqual(['05*3*****999']);
    expect(linesOf(read({ dueOn: '2028-10-31' }), 'ITD')).toEqual(['14*3**********NET 1000 DAYS']);
  });
});

describe('the words of an invoice', () => {
  it('leave out a description that is blank', () => {
    const [line] = invoiced({}).lines;
    expect(linesOf(read({ lines: [{ ...line!, description: ' ' }] }), 'PID')).toEqual([]);
    expect(linesOf(read({ lines: [{ ...line!, description: 'x'.repeat(81) }] }), 'PID')).toEqual([
      `F****${'x'.repeat(80)}`,
    ]);
  });
});
