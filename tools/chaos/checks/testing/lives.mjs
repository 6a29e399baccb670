import { Journal } from '../journal.mjs';

let ids = 0;

/** An event as the journal is given it. */
export const event = (type, data = {}, change = {}) => ({
  topic: 'orders',
  key: 'o1',
  id: `e${(ids += 1)}`,
  type: `${type}.v1`,
  source: 's',
  seq: 1,
  data,
  ...change,
});

/** A whole life of the order `PO-1` without a fault. */
export const life = () =>
  [
    ['order.captured', { orderId: 'o1', purchaseOrderNumber: 'PO-1' }],
    ['order.validated', { orderId: 'o1' }],
    ['shipment.requested', { shipmentId: 's1' }],
    ['shipment.dispatched', { shipmentId: 's1', lines: [{ lineId: '1', quantity: '3' }] }],
    ['invoice.issued', { shipmentId: 's1', invoiceId: 'i1', gross: { minor: 11 } }],
    ['payment.applied', { invoiceId: 'i1', amount: { minor: 11 } }],
    ['invoice.paid', { invoiceId: 'i1' }],
    ['order.fulfilled', {}],
    ['order.settled', {}],
  ].map(([type, data], at) => event(type, data, { seq: at + 1 }));

/** The life without its events of one type. */
export const without = (type) => life().filter((one) => one.type !== `${type}.v1`);

export function journalOf(records) {
  const journal = new Journal();
  for (const record of records) journal.take(record);
  return journal;
}

/** The order `PO-1` in its sender's books. */
export const anEntry = (change = {}) => ({
  po: 'PO-1',
  channel: 'edi',
  intent: 'sells',
  lines: [{ sku: 'RH-1003', quantity: 3, price: '0.0375' }],
  expectedGrossMinor: 11,
  attempts: [{ at: 0, outcome: 200 }],
  copies: [],
  documents: new Map([
    ['855', 1],
    ['856', 1],
    ['810', 1],
  ]),
  accepted: { at: 0, status: 200 },
  ...change,
});

export const entries = (...orders) => new Map(orders.map((order) => [order.po, order]));
