// The judge must see what it is there to see.
import { describe, expect, it } from '@jest/globals';
import {
  answers,
  countedOnce,
  documentsSent,
  filesAgree,
  heldByErp,
  oneEffect,
  oneFate,
  tablesAgree,
} from './checks.mjs';
import { IsolationWatch } from './isolation-watch.mjs';
import { LedgerWatch } from './ledger-watch.mjs';
import { anEntry, entries, event, journalOf, life, without } from './testing/lives.mjs';

const orders = entries(anEntry());
const judge = (records, of = orders) => [...oneFate(journalOf(records), of), ...oneEffect(journalOf(records), of)];

describe('the judge', () => {
  it('has nothing to say about a life without a fault, even when every record stands twice in its topic', () => {
    expect(judge(life().flatMap((one) => [one, one]))).toEqual([]);
  });

  it('sees an order that was accepted and is gone', () => {
    expect(judge([])).toEqual(['accepted: PO-1 was accepted by edi and never captured']);
  });

  it('sees an order with two fates, none or the wrong one, one that waits for a person, and one that nobody sent', () => {
    expect(judge([...life(), event('order.rejected', {}, { seq: 10 })])).toEqual([
      'duplicate: PO-1 was judged 2 times',
    ]);
    expect(judge(without('order.validated'))).toEqual(['lost: PO-1 was never judged']);
    expect(judge(life(), entries(anEntry({ intent: 'rejects' })))).toEqual(['fate: PO-1 was validated']);
    expect(judge([...life(), event('hold.placed', {}, { seq: 10 })])).toEqual(['fate: PO-1 waits for a person']);
    expect(judge(life(), new Map())).toEqual(['unexpected: PO-1 was captured and nobody sent it']);
  });

  it('sees a bad document that became an order', () => {
    expect(judge(life(), entries(anEntry({ intent: 'malformed' })))).toEqual([
      'unexpected: PO-1 was captured although it is malformed',
    ]);
  });

  it('sees a second capture, shipment, invoice, payment and end', () => {
    const again = (at, change) => [...life(), { ...life()[at], id: 'again', seq: 10, ...change }];
    expect(judge(again(0, { key: 'o2' }))).toContain('duplicate: PO-1 was captured 2 times');
    for (const at of [2, 3, 4, 5, 6, 7, 8]) expect(judge(again(at))[0]).toMatch(/^duplicate: /);
  });

  it('sees every step that is missing', () => {
    const steps = ['shipment.requested', 'shipment.dispatched', 'invoice.issued', 'payment.applied', 'order.fulfilled'];
    for (const type of [...steps, 'order.settled']) expect(judge(without(type))[0]).toMatch(/^lost: /);
  });

  it('sees a handler that was called twice for one event, or never', () => {
    const journal = journalOf([event('order.settled')]);
    expect(countedOnce(journal, new Map([['order.settled.v1 o1', 1]]))).toEqual([]);
    expect(countedOnce(journal, new Map([['order.settled.v1 o1', 2]]))[0]).toContain('duplicate');
    expect(countedOnce(journal, new Map())[0]).toContain('lost');
  });

  it('sees a document that was not sent or was sent twice', () => {
    const sent = (kind, times) => entries(anEntry({ documents: new Map([...anEntry().documents, [kind, times]]) }));
    expect(documentsSent(orders)).toEqual([]);
    expect(documentsSent(sent('810', 2))).toEqual(['duplicate: 2 times 810 about PO-1']);
    expect(documentsSent(sent('855', 0))).toEqual(['lost: 0 times 855 about PO-1']);
  });

  it('sees money and goods that the tables do not agree about', () => {
    const totals = {
      judged: 1,
      fulfilling: 1,
      dispatched: 1,
      payments: 1,
      allocated: 0,
      unapplied: 0,
      shipped: 3,
      failedDeliveries: 0,
    };
    const money = { invoices: 1, open: 0, total: 0 };
    const check = (one, other) => tablesAgree(journalOf(life()), { ...totals, ...one }, { ...money, ...other }, orders);
    expect(check()).toEqual([]);
    expect(check({}, { total: 1 })).toEqual(['tables: cents the ledger is off: 1 instead of 0']);
    expect(check({ shipped: 4 })).toEqual(['tables: units shipped: 4 instead of 3']);
    expect(check({ failedDeliveries: 1 })).toEqual(['tables: deliveries that failed for good: 1 instead of 0']);
  });

  it('sees an order file with another end than its order has', () => {
    expect(filesAgree({ settled: 1 }, orders)).toEqual([]);
    expect(filesAgree({ shipped: 1 }, orders)).toHaveLength(2);
  });

  it('sees an order that the ERP holds twice, or not at all', () => {
    const journal = journalOf(life());
    expect(heldByErp(new Map([['r', 1]]), journal, orders)).toEqual([]);
    expect(heldByErp(new Map([['r', 2]]), journal, orders)).toEqual(['duplicate: the ERP holds r 2 times']);
    expect(heldByErp(new Map(), journal, orders)).toEqual(['lost: the ERP holds 0 orders instead of 1']);
  });
});

describe('an answer', () => {
  const answered = (outcome, change) =>
    answers(
      entries(
        anEntry({
          attempts: [
            { at: 0, outcome, ...change },
            { at: 1, outcome: 200 },
          ],
        }),
      ),
      new Map(),
    );

  it('may be lost, or say when to come again', () => {
    expect(answered('unknown')).toEqual([]);
    expect(answered(503, { saidWhen: true })).toEqual([]);
  });

  it('may not be an error that says nothing', () => {
    expect(answered(503)).toEqual(['answer: PO-1 was answered 503 without saying when to come again']);
    expect(answered(500)).toHaveLength(1);
  });

  it('may not refuse what is good, nor take what is forged', () => {
    const refused = anEntry({ accepted: undefined, refused: { at: 0, status: 400 } });
    expect(answers(entries(refused), new Map())[0]).toMatch(/^refused: PO-1/);
    expect(answers(entries(anEntry({ intent: 'forged' })), new Map())[0]).toMatch(/^forged: PO-1/);
    const report = { po: 'PO-1', attempts: [], copies: [], refused: { at: 0, status: 422 } };
    expect(answers(orders, new Map([['s1', report]]))[0]).toMatch(/^refused: the report s1/);
    expect(answers(orders, new Map([['s1|forged', report]]))).toEqual([]);
  });
});

describe('a read of the ledger', () => {
  const money = { total: 0, unbalanced: 0, receivable: 5, open: 5, unshipped: 0 };

  it('balances', () => {
    expect(LedgerWatch.faultsOf(money)).toEqual([]);
  });

  it.each([{ total: 1 }, { unbalanced: 1 }, { open: 4 }, { unshipped: 1 }])('does not with %j', (change) => {
    expect(LedgerWatch.faultsOf({ ...money, ...change })).toHaveLength(1);
  });
});

describe('what one customer is shown', () => {
  const look = (change) =>
    IsolationWatch.faultsOf({
      accountId: 'A',
      listed: [{ accountId: 'A' }],
      other: { po: 'X', status: 404 },
      ...change,
    });

  it('is its own', () => {
    expect(look()).toEqual([]);
    expect(look({ other: undefined })).toEqual([]);
  });

  it("is never another's, neither in the list nor by name", () => {
    expect(look({ listed: [{ accountId: 'B', purchaseOrderNumber: 'X' }] })).toEqual([
      'isolation: the list of A shows X of B',
    ]);
    expect(look({ other: { po: 'X', status: 200 } })).toHaveLength(1);
  });
});
