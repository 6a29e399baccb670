// The judge must see what it is there to see.
import { describe, expect, it } from '@jest/globals';
import {
  countedOnce,
  documentsSent,
  filesAgree,
  oneEffect,
  oneFate,
  orderKept,
  reactedOnce,
  tablesAgree,
} from './checks.mjs';
import { expectedGross, plannedOrder } from './documents.mjs';
import { dice } from './random.mjs';

const order = {
  n: 0,
  po: 'PO-1',
  channel: 'edi',
  sells: true,
  lines: [{ sku: 'RH-1003', quantity: 3, price: '0.0375' }],
};
const accepted = new Map([[order.po, order]]);
const known = new Set([order.po]);
let ids = 0;
const event = (type, data = {}, change = {}) => ({
  topic: 'orders',
  key: 'o1',
  id: `e${(ids += 1)}`,
  type: `${type}.v1`,
  source: 's',
  seq: 1,
  data,
  ...change,
});

/** A whole life without a fault. */
const life = () => [
  event('order.captured', { orderId: 'o1', purchaseOrderNumber: 'PO-1' }),
  event('order.validated', { orderId: 'o1' }),
  event('shipment.requested', { shipmentId: 's1' }),
  event('shipment.dispatched', { shipmentId: 's1', lines: [{ lineId: '1', quantity: '3' }] }),
  event('invoice.issued', { shipmentId: 's1', invoiceId: 'i1', gross: { minor: 11 } }),
  event('payment.applied', { invoiceId: 'i1', amount: { minor: 11 } }),
  event('invoice.paid', { invoiceId: 'i1' }),
  event('order.fulfilled'),
  event('order.settled'),
];
const without = (type) => life().filter((one) => one.type !== `${type}.v1`);

describe('the judge', () => {
  it('has nothing to say about a life without a fault, even when every record stands twice in its topic', () => {
    const records = life().flatMap((one) => [one, one]);
    expect([...oneFate(records, accepted, known), ...oneEffect(records, accepted), ...reactedOnce(records)]).toEqual(
      [],
    );
  });

  it('sees an order that was accepted and is gone', () => {
    expect(oneFate([], accepted, known)).toEqual(['lost: PO-1 was accepted and never captured']);
  });

  it('sees an order with two fates or none, or one that nobody sent', () => {
    expect(oneFate([...life(), event('order.rejected')], accepted, known)).toEqual(['fate: PO-1 has 2 verdicts']);
    expect(oneFate(without('order.validated'), accepted, known)).toEqual(['fate: PO-1 has 0 verdicts']);
    expect(oneFate(life(), new Map(), new Set())).toEqual(['unexpected: PO-1 was captured and nobody sent it']);
  });

  it('sees a second capture, shipment, invoice, payment and end', () => {
    expect(oneFate([...life(), life()[0]], accepted, known)).toEqual(['duplicate: PO-1 was captured 2 times']);
    for (const at of [2, 3, 4, 5, 6, 7, 8]) expect(oneEffect([...life(), life()[at]], accepted)).not.toEqual([]);
  });

  it('sees every step that is missing', () => {
    for (const type of [
      'shipment.requested',
      'shipment.dispatched',
      'invoice.issued',
      'payment.applied',
      'order.fulfilled',
      'order.settled',
    ]) {
      expect(oneEffect(without(type), accepted)).not.toEqual([]);
    }
  });

  it('sees a gap, a wrong order and a number used twice, but not a repeat', () => {
    const numbered = (...seqs) => seqs.map((seq) => event('x', {}, { seq, id: `n${seq}` }));
    expect(orderKept(numbered(1, 2, 2, 1, 3))).toEqual([]);
    expect(orderKept(numbered(1, 3, 2))).toEqual(['order: s orders o1 jumps from 1 to 3']);
    expect(orderKept([...numbered(1, 2), event('x', {}, { seq: 2, id: 'other' })])).toEqual([
      'order: s orders o1 has two events numbered 2',
    ]);
  });

  it('sees one event that was reacted to twice', () => {
    const twice = [
      event('order.validated', { orderId: 'o1' }, { cause: 'c' }),
      event('order.validated', { orderId: 'o1' }, { cause: 'c' }),
    ];
    expect(reactedOnce(twice)).toHaveLength(1);
  });

  it('sees a handler that was called twice for one event, or never', () => {
    const records = [event('order.settled')];
    expect(countedOnce(records, new Map([['order.settled.v1 o1', 1]]))).toEqual([]);
    expect(countedOnce(records, new Map([['order.settled.v1 o1', 2]]))[0]).toContain('duplicate');
    expect(countedOnce(records, new Map())[0]).toContain('lost');
  });

  it('sees a document that was not sent or was sent twice', () => {
    const files = ['855', '856', '810'].map((kind) => ({ kind, po: 'PO-1' }));
    expect(documentsSent(files, [order])).toEqual([]);
    expect(documentsSent([...files, files[2]], [order])).toEqual(['duplicate: 2 times 810 about PO-1']);
    expect(documentsSent(files.slice(1), [order])).toEqual(['lost: 0 times 855 about PO-1']);
  });

  it('sees money and goods that the tables do not agree about', () => {
    const totals = {
      judged: 1,
      fulfilling: 1,
      dispatched: 1,
      payments: 1,
      allocated: 0,
      unapplied: 0,
      shipped: [{ quantity: 3 }],
    };
    const money = { invoices: 1, open: 0, total: 0 };
    expect(tablesAgree(life(), totals, money, [order])).toEqual([]);
    expect(tablesAgree(life(), totals, { ...money, total: 1 }, [order])).toEqual([
      'tables: cents the ledger is off: 1 instead of 0',
    ]);
    expect(tablesAgree(life(), { ...totals, shipped: [{ quantity: 4 }] }, money, [order])).toEqual([
      'tables: units shipped: 4 instead of 3',
    ]);
  });
});

it('sees an order file with another end than its order has', () => {
  expect(filesAgree({ settled: 1 }, [order])).toEqual([]);
  expect(filesAgree({ shipped: 1 }, [order])).toEqual([
    'order files: 1 are shipped instead of 0',
    'order files: 0 are settled instead of 1',
  ]);
});

describe('the plan of a run', () => {
  it('is the same for the same seed', () => {
    expect(plannedOrder(3, 'R', dice(7))).toEqual(plannedOrder(3, 'R', dice(7)));
  });

  it('knows what an order costs to the cent: each line rounded half up', () => {
    expect(expectedGross(order)).toBe(11);
    expect(
      expectedGross({
        lines: [
          { quantity: 2, price: '0.0375' },
          { quantity: 1, price: '12.50' },
        ],
      }),
    ).toBe(1258);
  });
});
