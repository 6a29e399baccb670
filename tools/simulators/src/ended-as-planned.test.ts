import { describe, expect, it } from '@jest/globals';
import { Books, type OrderEntry } from './books.js';
import { erpHoldings, reportSurprises, surprises } from './ended-as-planned.js';
import { planOrders } from './plan/plan-orders.js';
import type { PlannedOrder } from './plan/planned-order.js';
import { tally, tallyChannels, tallyFaults } from './tally.js';

const taken = { at: 1, status: 202 };
const [anOrder] = planOrders({ orders: 1, seed: 1, channels: ['edi'], faults: { unknownGoods: 0 } }) as [PlannedOrder];

function anEntry(order: PlannedOrder, change: Partial<OrderEntry> = {}): OrderEntry {
  const { po, channel, intent, lines, expectedGrossMinor } = order;
  return {
    po,
    channel,
    intent,
    lines,
    expectedGrossMinor,
    attempts: [],
    copies: [],
    documents: new Map(['855', '856', '810'].map((kind) => [kind, 1])),
    invoicedMinor: expectedGrossMinor,
    accepted: taken,
    settledAt: 1,
    ...change,
  };
}

describe('an order that is sold', () => {
  const told = (change: Partial<OrderEntry>): string[] => surprises(anOrder, anEntry(anOrder, change));

  it('surprises nobody when it was taken, settled, and its buyer has one of each document', () => {
    expect(told({ copies: [{ attempts: [], accepted: taken }] })).toEqual([]);
  });

  it.each<[string, Partial<OrderEntry>, string]>([
    [
      'refused',
      { accepted: undefined, refused: { at: 1, status: 422, text: 'no\nlong story' } },
      'was refused with 422 no',
    ],
    ['never answered', { accepted: undefined }, 'was never answered'],
    ['not settled', { settledAt: undefined }, 'was not settled'],
    ['rejected', { rejectedAt: 1 }, 'was rejected'],
    [
      'refused the second time',
      { copies: [{ attempts: [], refused: { at: 1, status: 409 } }] },
      'its copy was refused with 409',
    ],
    [
      'left without an 856',
      {
        documents: new Map([
          ['855', 1],
          ['810', 1],
        ]),
      },
      'its buyer received 0 of 1 856',
    ],
    [
      'invoiced twice',
      {
        documents: new Map([
          ['855', 1],
          ['856', 1],
          ['810', 2],
        ]),
      },
      'its buyer received 2 of 1 810',
    ],
    [
      'invoiced a cent too high',
      { invoicedMinor: anOrder.expectedGrossMinor + 1 },
      `was invoiced at ${anOrder.expectedGrossMinor + 1} cents instead of ${anOrder.expectedGrossMinor}`,
    ],
  ])('is told when it was %s', (_what, change, sentence) => {
    expect(told(change)).toEqual([sentence]);
  });

  it('was never sent', () => {
    expect(surprises(anOrder, undefined)).toEqual(['was never sent']);
  });

  it('is not judged by what nobody could see', () => {
    const entry = anEntry(anOrder, { settledAt: undefined, documents: new Map() });
    expect(surprises(anOrder, entry, { documents: false, ends: false })).toEqual([]);
  });

  it('is held by the ERP once, not never and not twice', () => {
    const held = (count: number) =>
      surprises(anOrder, anEntry(anOrder), { documents: true, ends: true, erpHolds: () => count });
    expect([held(0), held(1), held(2)].map(({ length }) => length)).toEqual([1, 0, 1]);
  });
});

describe('an order that is not to be sold', () => {
  const nothing = { documents: new Map<string, number>(), invoicedMinor: 0, settledAt: undefined };

  it('for goods that nobody sells is taken, rejected, and answered with an 855 alone', () => {
    const order = { ...anOrder, intent: 'rejects' } as const;
    const rejected = anEntry(order, { ...nothing, documents: new Map([['855', 1]]), rejectedAt: 1 });
    expect(surprises(order, rejected)).toEqual([]);
    expect(surprises(order, { ...rejected, rejectedAt: undefined, settledAt: 1 })).toEqual([
      'was not rejected',
      'was settled',
    ]);
  });

  it('whose document is malformed is refused, whatever the status says', () => {
    const order = { ...anOrder, intent: 'malformed', flaw: 'segment-count' } as const;
    const refused = anEntry(order, { ...nothing, accepted: undefined, refused: { at: 1, status: 200 } });
    expect(surprises(order, refused)).toEqual([]);
    expect(surprises(order, anEntry(order, nothing))).toEqual(['was accepted with 202 although it is segment-count']);
    expect(surprises(order, { ...refused, settledAt: 1 })).toEqual(['went on although it is segment-count']);
  });

  it.each([
    [401, []],
    [404, []],
    [400, ['is forged and was refused with 400 instead of 401']],
  ])('that is forged is refused with 401, or 404 where the address is the secret: %i', (status, sentences) => {
    const order = { ...anOrder, intent: 'forged' } as const;
    expect(surprises(order, anEntry(order, { ...nothing, accepted: undefined, refused: { at: 1, status } }))).toEqual(
      sentences,
    );
  });
});

describe('what warehouse, carrier, payer and partner report', () => {
  it('is accepted, and refused with 401 where it is forged', () => {
    const books = new Books();
    books.report(books.shipmentsConfirmed, 's-1', 'PO').accepted = taken;
    books.report(books.scansSent, 'T1|delivered|forged', 'PO').refused = { at: 1, status: 401 };
    expect(reportSurprises(books)).toEqual([]);
    books.report(books.scansSent, 'T2|delivered|forged', 'PO').accepted = taken;
    books.report(books.paymentsSent, 'PAY-1', 'PO').refused = { at: 1, status: 409, text: 'taken' };
    books.acknowledgmentsSent.set('800000001', { attempts: [] });
    expect(reportSurprises(books)).toEqual([
      'the scan T2|delivered|forged of PO was accepted with 202 although its signature is wrong',
      'the payment PAY-1 of PO was refused with 409 taken',
      'the 997 800000001 of the partner was never answered',
    ]);
  });
});

describe('an ERP book', () => {
  it('is counted by purchase order, also what comes later', () => {
    const held = (po: string) => ({ number: 'SO1', externalReference: 'x', order: { purchaseOrderNumber: po } });
    const all = [held('A'), held('B')];
    const holds = erpHoldings({ all });
    expect([holds('A'), holds('C')]).toEqual([1, 0]);
    all.push(held('A'));
    expect([holds('A'), holds('B')]).toEqual([2, 1]);
  });
});

describe('a tally', () => {
  const plan = planOrders({
    orders: 10,
    seed: 2,
    channels: ['edi', 'json'],
    faults: { unknownGoods: 0.2, duplicates: 0.3 },
  });
  const books = new Books();
  for (const order of plan) {
    const end =
      order.intent === 'sells'
        ? {}
        : { settledAt: undefined, rejectedAt: 1, documents: new Map([['855', 1]]), invoicedMinor: 0 };
    books.orders.set(order.po, anEntry(order, end));
  }

  it('counts what was sent, answered, settled and refused as planned', () => {
    expect(tally('all', plan, books)).toEqual({
      name: 'all',
      orders: 10,
      sent: 10,
      answered: 10,
      settled: 8,
      refusedAsPlanned: 2,
      unexpected: 0,
    });
  });

  it('has a row for each channel that was used and each fault that hit', () => {
    expect(tallyChannels(plan, books).map(({ name, orders }) => [name, orders])).toEqual([
      ['edi', 5],
      ['json', 5],
    ]);
    expect(tallyFaults(plan, books).map(({ name }) => name)).toEqual(['duplicates', 'unknownGoods']);
  });

  it('counts a surprise once, and not as planned', () => {
    const rejected = plan.find(({ intent }) => intent === 'rejects')!;
    const odd = new Books();
    for (const [po, entry] of books.orders)
      odd.orders.set(po, po === rejected.po ? { ...entry, rejectedAt: undefined } : entry);
    expect(tally('all', plan, odd)).toMatchObject({ refusedAsPlanned: 1, unexpected: 1 });
  });
});
