import { describe, expect, it } from '@jest/globals';
import {
  completeOrder,
  type CanonicalOrder,
  type DraftLine,
  type OrderDraft,
  type OrderValidated,
} from '@railhead/contracts';
import { billableOrder } from './billable-order.js';

function captured(lines: readonly Partial<DraftLine>[], change: Partial<OrderDraft> = {}): CanonicalOrder {
  const completed = completeOrder({
    channel: 'api',
    purchaseOrderNumber: 'PO-1',
    issuedOn: '2026-02-03',
    currency: 'USD',
    parties: [{ role: 'buyer', accountId: 'ACME' }],
    lines: lines.map((line, index) => ({
      lineId: String(index + 1),
      item: { sellersItemId: 'SKU-1' },
      quantity: { value: '12', unitCode: 'EA' },
      price: { amount: '3.75' },
      ...line,
    })),
    provenance: {
      system: 'api',
      documentType: 'order',
      documentId: 'PO-1',
      receivedAt: '2026-02-03T10:00:00.000Z',
      rawSha256: '0'.repeat(64),
      mapping: 'test@1',
      fields: {},
    },
    ...change,
  });
  if (!completed.ok) throw new Error(JSON.stringify(completed.issues));
  return completed.order;
}

function validated(order: CanonicalOrder): OrderValidated['data'] {
  const { orderId, purchaseOrderNumber, currency } = order;
  const lines = order.lines.map(({ lineId, quantity, price, taxPercent }) => ({
    lineId,
    sku: 'SKU-1',
    quantity: quantity.value,
    unitCode: 'EA',
    unitPrice: price.amount,
    taxPercent,
  }));
  return {
    orderId,
    accountId: 'ACME',
    purchaseOrderNumber,
    currency,
    total: order.totals.payable,
    netDays: 30,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    lines,
    order: new Uint8Array(),
  };
}

const billable = (order: CanonicalOrder): ReturnType<typeof billableOrder> => billableOrder(validated(order), order);
const usd = (minor: number) => ({ currency: 'USD', minor });

describe('what can be invoiced of an order', () => {
  it('takes the allowances and charges of a line together', () => {
    const order = captured([
      {
        allowanceCharges: [
          { isCharge: false, reason: 'rebate', amount: usd(100) },
          { isCharge: true, reason: 'engraving', amount: usd(30) },
        ],
      },
      {},
    ]);
    expect(billable(order).lines.map((line) => line.adjustmentMinor)).toEqual([-70, 0]);
  });

  it('computes the tax of each line from its percentage', () => {
    expect(
      billable(captured([{ taxPercent: '10' }, { taxPercent: '0' }, {}])).lines.map((line) => line.taxMinor),
    ).toEqual([450, 0, 0]);
  });

  it('spreads a tax that the order states without percentages over the lines by their amounts', () => {
    const order = captured([{}, { price: { amount: '7.50' } }], { tax: usd(100) });
    expect(billable(order).lines.map((line) => line.taxMinor)).toEqual([33, 67]);
  });

  it('lets a stated tax win over a cent of difference to the percentages', () => {
    const order = captured([{ taxPercent: '10' }, { taxPercent: '10' }], { tax: usd(901) });
    expect(billable(order).lines.reduce((sum, line) => sum + line.taxMinor, 0)).toBe(901);
  });

  it('does not use the stated tax once the verdict changed a price', () => {
    const order = captured([{ taxPercent: '10' }], { tax: usd(500) });
    const verdict = validated(order);
    const cheaper = { ...verdict, lines: verdict.lines.map((line) => ({ ...line, unitPrice: '3.00' })) };
    expect(billableOrder(cheaper, order).lines[0]?.taxMinor).toBe(360);
  });

  it('keeps the allowances of the whole order for its invoices', () => {
    const allowance = { isCharge: false, reason: 'spring sale', amount: usd(500) };
    expect(billable(captured([{}], { allowanceCharges: [allowance] })).allowanceCharges).toEqual([allowance]);
  });
});
