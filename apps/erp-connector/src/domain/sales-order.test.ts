import { describe, expect, it } from '@jest/globals';
import type { OrderValidated } from '@railhead/contracts';
import { anOrder } from '@railhead/testing';
import { externalReferenceOf, toSalesOrder } from './sales-order.js';

const ORDER_ID = '11111111-1111-4111-8111-111111111111';

const validated = (change: Partial<OrderValidated['data']> = {}): OrderValidated['data'] => ({
  orderId: ORDER_ID,
  accountId: 'ACME',
  purchaseOrderNumber: 'PO-1',
  currency: 'USD',
  total: { currency: 'USD', minor: 4550 },
  netDays: 30,
  partialDeliveryAllowed: true,
  backorderAllowed: true,
  lines: [{ lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA', unitPrice: '3.75' }],
  order: new Uint8Array(),
  ...change,
});

describe('the key of a write to the ERP', () => {
  it('is the same for the same order, in every process and for ever', () => {
    expect(externalReferenceOf(ORDER_ID)).toBe(externalReferenceOf(ORDER_ID, 'create', 1));
    expect(externalReferenceOf(ORDER_ID)).toBe('44a7b0e0-407d-878f-935b-6f5d53027d6d');
  });

  it('is another for another order and another revision, and is not the order id', () => {
    const keys = [
      ORDER_ID,
      externalReferenceOf(ORDER_ID),
      externalReferenceOf(ORDER_ID, 'create', 2),
      externalReferenceOf(ORDER_ID.replace('1', '2')),
    ];
    expect(new Set(keys).size).toBe(4);
  });
});

describe('a sales order', () => {
  it('has goods, quantities and prices of the verdict, not of what the buyer wrote', () => {
    const lines = [
      { lineId: '1', sku: 'OURS-7', quantity: '10', unitCode: 'EA', unitPrice: '4.0001', baseQuantity: '100' },
    ];
    expect(toSalesOrder(validated({ lines }), anOrder()).lines).toMatchObject([
      { line: '1', sku: 'OURS-7', quantity: '10', unitPrice: '4.0001', priceUnits: '100' },
    ]);
  });

  it('says who buys, under which number, for how much, and when and where it is wanted', () => {
    const captured = anOrder({ delivery: { requestedFrom: '2026-02-10', requestedDespatchOn: '2026-02-08' } });
    expect(toSalesOrder(validated(), captured)).toMatchObject({
      externalReference: externalReferenceOf(ORDER_ID),
      orderId: ORDER_ID,
      purchaseOrderNumber: 'PO-1',
      customer: 'ACME',
      currency: 'USD',
      orderedOn: '2026-02-03',
      requestedOn: '2026-02-10',
      netDays: 30,
      shipTo: { name: 'Acme DC 7', lines: ['1 Main St'], city: 'New York', postalCode: '10001', country: 'US' },
      total: '45.50',
    });
  });

  it('takes the day it should leave where no day of delivery is named, and no day where none is', () => {
    const by = anOrder({ delivery: { requestedTo: '2026-02-12', requestedDespatchOn: '2026-02-08' } });
    expect(toSalesOrder(validated(), by).requestedOn).toBe('2026-02-12');
    const leaving = anOrder({ delivery: { requestedDespatchOn: '2026-02-08' } });
    expect(toSalesOrder(validated(), leaving).requestedOn).toBe('2026-02-08');
    expect(toSalesOrder(validated(), anOrder()).requestedOn).toBeUndefined();
  });

  it('has charges above zero and allowances below, of lines and of the whole', () => {
    const usd = (minor: number): { currency: string; minor: number } => ({ currency: 'USD', minor });
    const captured = {
      ...anOrder(),
      allowanceCharges: [
        { isCharge: true, reason: 'Freight', amount: usd(500) },
        { isCharge: false, reasonCode: '95', amount: usd(5) },
      ],
    };
    captured.lines = captured.lines.map((line) => ({
      ...line,
      allowanceCharges: [{ isCharge: false, amount: usd(100) }],
    }));
    const made = toSalesOrder(validated(), captured);
    expect(made.adjustments).toEqual([
      { reason: 'Freight', amount: '5.00' },
      { reason: '95', amount: '-0.05' },
    ]);
    expect(made.lines[0]!.adjustments).toEqual([{ reason: 'allowance', amount: '-1.00' }]);
  });
});
