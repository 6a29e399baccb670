import { describe, expect, it } from '@jest/globals';
import type { AllowanceCharge, InvoiceIssued } from '@railhead/contracts';
import { extend } from '@railhead/money';
import type { TransactionSet } from '@railhead/x12';
import fc from 'fast-check';
import { linesOf, partnerWith, readBack } from '../testing/read-back.js';
import { toCreditMemo, toInvoice } from './invoice.mapper.js';

const ORDER_ID = '018f0000-0000-7000-8000-000000000001';
const ids = [
  { qualifier: 'VP', value: 'RH-1' },
  { qualifier: 'IN', value: 'A-77' },
];
const order = {
  ...{ orderId: ORDER_ID, partner: 'acme', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-03' },
  echoes: [{ lineId: '1', buyerLineId: '10', unit: 'EA', ids }],
  shipTo: { role: 'ST', name: 'Acme DC 7', idQualifier: '92', id: '0007' },
};
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

describe.each(['004010', '005010'] as const)('an 810 in release %s', (version) => {
  const partner = partnerWith({ version });

  it('adds up to the invoice to the cent, whatever allowances, tax, price bases and rounding', () => {
    fc.assert(
      fc.property(anyInvoice, (invoice) => {
        const set = readBack('810', toInvoice(order, invoice), partner);
        expect(Number(linesOf(set, 'TDS')[0])).toBe(invoice.gross.minor);
        expect(sumToldBy(set)).toBe(invoice.gross.minor);
      }),
      { numRuns: 150 },
    );
  });

  it('that gives credit says so, names its invoice, and has positive amounts', () => {
    const [invoice] = fc.sample(anyInvoice, 1);
    const memo = { ...invoice!, creditMemoId: '018f0000-0000-7000-8000-00000000000c', reason: 'damaged' };
    const set = readBack('810', toCreditMemo(order, memo), partner);
    expect(linesOf(set, 'BIG')[0]).toMatch(/^20260204\*CM[0-9A-Z]{16}\*20260203\*PO-1\*\*\*CR/);
    expect(linesOf(set, 'REF')).toEqual([`IV*${memo.invoiceNumber}`]);
    expect(sumToldBy(set)).toBe(memo.gross.minor);
  });
});

const anyItem: fc.Arbitrary<AllowanceCharge> = fc.record({
  isCharge: fc.boolean(),
  reasonCode: fc.constantFrom('D240', 'C310', 'other'),
  reason: fc.constantFrom('Freight', 'Rebate'),
  amount: fc.integer({ min: 0, max: 5_000 }).map(usd),
});

const anyLine = fc
  .record({
    quantity: fc.integer({ min: 1, max: 999 }).map(String),
    unitPrice: fc
      .tuple(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 9999 }))
      .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`),
    baseQuantity: fc.constantFrom(undefined, '1', '100', '1000'),
    adjustment: fc.integer({ min: -300, max: 300 }),
    tax: fc.integer({ min: 0, max: 900 }),
  })
  .map(({ adjustment, tax, baseQuantity, ...line }) => {
    const goods = extend(
      line.quantity,
      line.unitPrice,
      'USD',
      baseQuantity === undefined ? {} : { baseQuantity },
    ).minor;
    const priced = { ...line, ...(baseQuantity !== undefined && { baseQuantity }) };
    return {
      lineId: '1',
      sku: 'RH-1',
      unitCode: 'EA',
      ...priced,
      net: usd(Math.max(0, goods + adjustment)),
      tax: usd(tax),
    };
  });

/** An invoice whose sums are right, as billing writes it. */
const anyInvoice: fc.Arbitrary<InvoiceIssued['data']> = fc
  .record({ lines: fc.array(anyLine, { minLength: 1, maxLength: 4 }), items: fc.array(anyItem, { maxLength: 3 }) })
  .map(({ lines, items }) => {
    const goods = lines.reduce((sum, line) => sum + line.net.minor, 0);
    const extra = items.reduce((sum, { isCharge, amount }) => sum + (isCharge ? amount.minor : -amount.minor), 0);
    const tax = lines.reduce((sum, line) => sum + line.tax.minor, 0);
    const ids = { orderId: ORDER_ID, invoiceId: ORDER_ID, shipmentId: ORDER_ID, accountId: 'ACME' };
    return {
      ...{ ...ids, invoiceNumber: 'INV-1', purchaseOrderNumber: 'PO-1', issuedOn: '2026-02-04', dueOn: '2026-03-06' },
      ...{ lines, allowanceCharges: items, net: usd(goods + extra), tax: usd(tax), gross: usd(goods + extra + tax) },
    };
  })
  .filter(({ gross }) => gross.minor >= 0);

/** What a buyer's program comes to: lines, charges less allowances, tax; in hundredths. */
function sumToldBy(set: TransactionSet): number {
  const goods = linesOf(set, 'IT1').map((line) => line.split('*'));
  const sacs = linesOf(set, 'SAC').map((sac) => sac.split('*'));
  const taxes = linesOf(set, 'TXI').map((txi) => txi.split('*'));
  return (
    goods.reduce((sum, [, quantity, , price]) => sum + extend(quantity!, price!, 'USD').minor, 0) +
    sacs.reduce((sum, sac) => sum + (sac[0] === 'C' ? 1 : -1) * Number(sac[4]), 0) +
    taxes.reduce((sum, [, amount]) => sum + Math.round(Number(amount) * 100), 0)
  );
}
