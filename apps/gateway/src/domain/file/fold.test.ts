import { describe, expect, it } from '@jest/globals';
import {
  derivedUuid,
  OrderChanged,
  PaymentReceived,
  ShipmentFailed,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import { anOrder } from '@railhead/testing';
import fc from 'fast-check';
import { anyArrival, anyStory } from '../../testing/any-story.js';
import { ORDER, ORDER_ID, Story } from '../../testing/story.js';
import { keptTasksOf } from '../task-row.js';
import { orderFileOf } from './fold.js';
import type { OrderFile } from './order-file.js';
import { OrderFile as OrderFileSchema } from './order-file.js';

function fileOf(tell: (story: Story) => void): OrderFile {
  const story = new Story();
  tell(story);
  return orderFileOf(ORDER_ID, story.facts)!;
}

describe('the order file', () => {
  it('is the same for any order of arrival and any repetition', () => {
    const arrivals = anyStory.chain((facts) => fc.tuple(fc.constant(facts), anyArrival(facts)));
    fc.assert(
      fc.property(arrivals, ([facts, arrival]) =>
        expect(orderFileOf(ORDER_ID, arrival)).toEqual(orderFileOf(ORDER_ID, facts)),
      ),
    );
  });

  it('keeps its promise about its own shape, whatever the facts say', () => {
    fc.assert(
      fc.property(anyStory, (facts) =>
        expect(OrderFileSchema.safeParse(orderFileOf(ORDER_ID, facts)).error).toBeUndefined(),
      ),
    );
  });

  it('never shows more waiting than is left to ship, nor less than nothing open', () => {
    fc.assert(
      fc.property(anyStory, (facts) => {
        const file = orderFileOf(ORDER_ID, facts)!;
        for (const line of file.lines) {
          const left = Math.max(0, Number(line.ordered) - Number(line.cancelled) - Number(line.shipped));
          expect(Number(line.backordered)).toBeLessThanOrEqual(left);
          expect(Number(line.backordered)).toBeGreaterThanOrEqual(0);
        }
        for (const invoice of file.invoices) expect(invoice.open.minor).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('always names a next owner, until the order has come to its end', () => {
    fc.assert(
      fc.property(anyStory, (facts) => {
        const { status, nextStep } = orderFileOf(ORDER_ID, facts)!;
        expect(nextStep === null).toBe(['rejected', 'cancelled', 'settled'].includes(status));
      }),
    );
  });

  it('names whoever decides about another copy, but of an order that has ended nobody', () => {
    const conflict = (s: Story) => {
      s.validated(s.captured());
      const second = s.captured({ name: 'second' }, anOrder({ purchaseOrderNumber: 'PO-7' }));
      s.hold('CONFLICTING_COPY', { cause: second.id });
    };
    expect(fileOf(conflict).nextStep?.what).toMatch(/says otherwise/);
    const ended = fileOf((s) => {
      conflict(s);
      s.settled(13_500);
    });
    expect([ended.status, ended.nextStep]).toEqual(['settled', null]);
    expect(ended.conflictingCopies).toMatchObject([{ state: 'waiting' }]);
  });

  it.each([
    ['before it is cancelled is decided with it', 5, 'released', 'decided'],
    ['after it was cancelled waits: it may be an order anew', 0, 'active', 'waiting'],
  ])('with another copy that comes %s', (_when, cancelledAtMinute, hold, copy) => {
    const file = fileOf((s) => {
      s.validated(s.captured());
      const second = s.captured({ name: 'second' }, anOrder({ purchaseOrderNumber: 'PO-7' }));
      s.hold('CONFLICTING_COPY', { cause: second.id, minute: 1 });
      s.cancelled({ '1': '10', '2': '5' }, { minute: cancelledAtMinute });
    });
    expect(file.status).toBe('cancelled');
    expect([file.holds[0]?.state, file.conflictingCopies[0]?.state]).toEqual([hold, copy]);
    expect(keptTasksOf(file)).toMatchObject([{ state: hold === 'active' ? 'open' : 'closed' }]);
  });

  it('shows the price that counts: one that was refused is told again by a later change of the quantity', () => {
    const told = (action: 'price' | 'quantity', accepted = true): OrderFile =>
      fileOf((s) => {
        s.validated(s.captured());
        const [line] = (s.changed(1, { '1': '10' }).data as OrderChanged['data']).lines;
        const answers = [{ lineId: '1', action, accepted }];
        const change = { orderId: ORDER_ID, sequence: 2, revision: 2, answers };
        s.tell(OrderChanged, { ...change, lines: [{ ...line!, unitPrice: '99' }] });
      });
    const before = fileOf((s) => s.validated(s.captured()));
    for (const file of [told('quantity'), told('price', false)])
      expect([file.lines[0]?.unitPrice, file.total]).toEqual([before.lines[0]?.unitPrice, before.total]);
    const file = told('price');
    expect(file.lines[0]?.unitPrice).toBe('99');
    expect(file.total?.minor).not.toBe(before.total?.minor);
  });

  it('is nothing when nothing is known', () => {
    expect(orderFileOf(ORDER_ID, [])).toBeUndefined();
  });
});

describe('an order that its buyer changed', () => {
  it('shows its lines as the last change made them, with those it added, whatever came first', () => {
    const file = fileOf((s) => {
      s.changed(2, { '1': '7', '9': '1' }, { minute: 4 });
      s.changed(1, { '1': '8' }, { minute: 5 });
      const judged = s.captured({ minute: 1 });
      s.validated(judged, { minute: 2 });
    });
    expect(file.lines.map(({ lineId, ordered }) => [lineId, ordered])).toEqual([
      ['1', '7'],
      ['2', '5'],
      ['9', '1'],
    ]);
  });

  it('comes to what its lines come to now, taxed as the order is', () => {
    const changed = (tell: (story: Story) => void) => fileOf(tell).total;
    const [ten, seven] = [ORDER.totals.payable.minor, ORDER.totals.payable.minor - 3 * 1250];
    expect(changed((s) => void s.captured())?.minor).toBe(ten);
    expect(changed((s) => void s.validated(s.captured()))?.minor).toBe(ten);
    const change = (s: Story) => void [s.changed(1, { '1': '8' }), s.changed(2, { '1': '7' })];
    expect(changed((s) => void [s.captured(), change(s)])?.minor).toBe(seven); // while it is held
    expect(changed((s) => void [s.validated(s.captured()), change(s)])?.minor).toBe(seven);
    expect(changed((s) => void [s.validated(s.captured()), s.changed(1, { '1': '10', '9': '3' })])?.minor).toBe(
      ten + 300,
    );
    expect(changed((s) => void [s.validated(s.captured()), s.changed(1, { '1': '0' })])?.minor).toBe(ten - 12500);
  });
});

describe('the copy that counts', () => {
  const other = anOrder({
    purchaseOrderNumber: 'PO-7',
    totals: undefined,
    lines: [{ ...ORDER.lines[0]!, quantity: { value: '99', unitCode: 'EA' } }],
  } as never);

  it('is the earliest while nothing is judged; another copy stands beside it', () => {
    const file = fileOf((s) => {
      s.captured({ minute: 5 }, other);
      s.captured({ minute: 1 });
    });
    expect(file.order?.lines[0]?.quantity.value).toBe('10');
    expect(file.conflictingCopies).toMatchObject([{ total: { minor: other.totals.payable.minor } }]);
  });

  it('is the one validation judged, also when an earlier one turns up late', () => {
    const file = fileOf((s) => {
      s.captured({ minute: 1, name: 'early' }, other);
      const judged = s.captured({ minute: 5 });
      s.validated(judged, { minute: 6 });
    });
    expect(file.order?.lines[0]?.quantity.value).toBe('10');
  });

  it('is not the one a hold for a conflicting copy is about', () => {
    const file = fileOf((s) => {
      const judged = s.captured({ minute: 2 });
      const held = s.captured({ minute: 1 }, other); // through a door whose clock is behind
      s.hold('CONFLICTING_COPY', { cause: held.id, minute: 3 });
      s.hold('CREDIT_LIMIT', { cause: judged.id, minute: 4 });
    });
    expect(file.order?.lines[0]?.quantity.value).toBe('10');
    expect(file.holds).toHaveLength(2);
  });

  it('is the correction of one that was refused, and no conflict with it', () => {
    const refused = (s: Story): void => {
      const first = s.captured({}, other);
      const hold = s.hold('CREDIT_LIMIT', { cause: first.id });
      s.changed(1, { '1': '77' });
      s.released(hold, 'CREDIT_LIMIT');
      s.rejected(false, { cause: first.id });
    };
    expect(fileOf(refused).status).toBe('rejected');
    const captured = fileOf((s) => (refused(s), s.captured({ name: 'corrected' })));
    expect([captured.status, captured.conflictingCopies[0]?.holdId]).toEqual(['rejected', undefined]);
    const file = fileOf((s) => (refused(s), s.validated(s.captured({ name: 'corrected' }))));
    expect(file).toMatchObject({ status: 'accepted', rejection: null, holds: [], conflictingCopies: [] });
    expect(file.order).toEqual(ORDER);
    expect(file.lines[0]!.ordered).toBe('10');
    expect(file.total).toEqual(ORDER.totals.payable);
    expect(file.timeline.map(({ type }) => type)).toContain('order.rejected.v1');
    expect(fileOf((s) => (refused(s), s.rejected(false, { cause: s.captured().id }))).status).toBe('rejected');
  });

  it('has no conflict with the same order through another door', () => {
    const file = fileOf((s) => {
      s.captured({ minute: 1 });
      s.captured({ minute: 2, name: 'again' }, { ...ORDER, channel: 'edi' });
    });
    expect(file.conflictingCopies).toEqual([]);
  });
});

describe('the one word for where an order stands', () => {
  const all = { '1': '10', '2': '5' };

  it('follows the order from capture to settlement', () => {
    const story = new Story();
    const status = (): string => orderFileOf(ORDER_ID, story.facts)!.status;
    const captured = story.captured();
    expect(status()).toBe('received');
    const hold = story.hold('CREDIT_LIMIT', { cause: captured.id });
    expect(status()).toBe('on-hold');
    expect(orderFileOf(ORDER_ID, story.facts)!.nextStep).toMatchObject({ owner: 'credit' });
    story.released(hold, 'CREDIT_LIMIT');
    story.validated(captured);
    expect(status()).toBe('accepted');
    story.backordered(all);
    expect(status()).toBe('backordered');
    story.allocated({ '1': '10', '2': '3' });
    story.backordered({ '2': '2' });
    story.requested(1, { '1': '10', '2': '3' });
    expect(status()).toBe('in-fulfillment');
    story.dispatched(1, { '1': '10', '2': '3' });
    expect(status()).toBe('partially-shipped');
    story.requested(2, { '2': '2' });
    story.dispatched(2, { '2': '2' });
    expect(status()).toBe('shipped');
    story.delivered(1);
    expect(status()).toBe('shipped');
    story.delivered(2);
    expect(status()).toBe('delivered');
    story.invoiced(1, { '1': '10', '2': '3' }, 13_100);
    expect(status()).toBe('delivered');
    story.invoiced(2, { '2': '2' }, 400);
    expect(status()).toBe('invoiced');
    story.settled(13_500);
    expect(status()).toBe('settled');
  });

  it('is cancelled when nothing is left of any line, and only then', () => {
    expect(fileOf((s) => (s.validated(s.captured()), s.cancelled(all))).status).toBe('cancelled');
    expect(fileOf((s) => (s.validated(s.captured()), s.cancelled({ '1': '10' }))).status).toBe('accepted');
  });

  it('is rejected, or cancelled when the buyer withdrew in time', () => {
    expect(fileOf((s) => (s.captured(), s.rejected())).status).toBe('rejected');
    expect(fileOf((s) => (s.captured(), s.rejected(true))).status).toBe('cancelled');
  });

  it('counts what was shipped and cancelled together as nothing left', () => {
    const file = fileOf((s) => (s.validated(s.captured()), s.dispatched(1, { '1': '10' }), s.cancelled({ '2': '5' })));
    expect(file.status).toBe('shipped');
  });
});

describe('the quantities of a line', () => {
  it('are counted once per shipment and invoice, however often they are told', () => {
    const file = fileOf((s) => {
      s.validated(s.captured());
      s.dispatched(1, { '1': '4' });
      s.dispatched(1, { '1': '4' }, { name: 'once more' });
      s.invoiced(1, { '1': '4' }, 5000);
      s.delivered(1);
    });
    expect(file.lines[0]).toMatchObject({ ordered: '10', shipped: '4', delivered: '4', invoiced: '4', cancelled: '0' });
  });

  it('wait for stock only until stock is promised', () => {
    const waiting = (s: Story): void =>
      void (s.validated(s.captured()), s.allocated({ '1': '6' }), s.backordered({ '1': '4' }));
    expect(fileOf(waiting).lines[0]).toMatchObject({ allocated: '6', backordered: '4' });
    expect(fileOf((s) => (waiting(s), s.allocated({ '1': '10' }))).lines[0]).toMatchObject({
      allocated: '10',
      backordered: '0',
    });
  });

  it('do not wait for what was cancelled', () => {
    const file = fileOf((s) => {
      s.validated(s.captured());
      s.allocated({ '1': '6' });
      s.backordered({ '1': '4' });
      s.cancelled({ '1': '4' });
    });
    expect(file.lines[0]).toMatchObject({ allocated: '6', backordered: '0', cancelled: '4' });
  });

  it('wait again when the warehouse ships short', () => {
    const file = fileOf((s) => {
      s.validated(s.captured());
      s.allocated({ '1': '10' });
      s.dispatched(1, { '1': '6' });
      s.allocated({ '1': '6' });
      s.backordered({ '1': '4' });
    });
    expect(file.lines[0]).toMatchObject({ shipped: '6', backordered: '4' });
  });
});

describe('money', () => {
  it('shows what is open on an invoice, and whose payment it was', () => {
    const file = fileOf((s) => {
      s.invoiced(1, { '1': '10' }, 12_500);
      const applied = s.paid(1, 5000, 7500);
      const { paymentId } = applied.data as { paymentId: string };
      s.tell(PaymentReceived, {
        paymentId,
        reference: 'WIRE-1',
        payerAccountId: 'ACME',
        receivedOn: '2026-02-04',
        amount: { currency: 'USD', minor: 5000 },
        remittance: [],
      });
    });
    expect(file.invoices[0]).toMatchObject({ state: 'partly-paid', paid: { minor: 5000 }, open: { minor: 7500 } });
    expect(file.payments[0]).toMatchObject({ reference: 'WIRE-1', invoiceNumber: 'INV-1' });
  });

  it('takes billing’s word that nothing is open, also where a discount was taken', () => {
    const file = fileOf((s) => (s.invoiced(1, { '1': '10' }, 12_500), s.paid(1, 12_250, 0), s.invoicePaid(1, 12_500)));
    expect(file.invoices[0]).toMatchObject({ state: 'paid', open: { minor: 0 } });
  });
});

describe('a shipment', () => {
  it('shows its scans in the carrier’s time, not in the order they came', () => {
    const file = fileOf((s) => {
      s.dispatched(1, { '1': '10' });
      s.tracked(1, 'delivered', '2026-02-05T10:00:00.000Z');
      s.tracked(1, 'in_transit', '2026-02-04T10:00:00.000Z');
    });
    expect(file.shipments[0]?.scans.map((scan) => scan.status)).toEqual(['in_transit', 'delivered']);
  });

  it('with a parcel that is lost waits for one of us, until it is delivered after all', () => {
    const lost = (s: Story): void => {
      s.validated(s.captured());
      s.requested(1, { '1': '10', '2': '5' });
      const { shipmentId } = s.dispatched(1, { '1': '10', '2': '5' }).data as { shipmentId: string };
      const reasons = [{ code: 'PARCEL_LOST', detail: 'parcel 1Z1: lost since 2026-02-05T10:00:00.000Z' }];
      s.tell(ShipmentFailed, { orderId: ORDER_ID, shipmentId, reasons });
    };
    const file = fileOf(lost);
    expect(file.nextStep).toMatchObject({ owner: 'ops', what: expect.stringContaining('1Z1: lost') });
    expect(file.timeline.at(-1)?.what).toMatch(/^trouble on the way: parcel 1Z1/);
    expect(fileOf((s) => (lost(s), s.delivered(1))).nextStep).toMatchObject({ owner: 'billing' });
    const at = '2026-02-05T11:00:00.000Z';
    const task = { orderId: ORDER_ID, taskId: derivedUuid('lost'), at };
    const opened = (s: Story): void => {
      lost(s);
      s.tell(TaskOpened, { ...task, kind: 'parcel-lost', ownerRole: 'ops', detail: 'claim it' });
    };
    expect(fileOf(opened).nextStep).toMatchObject({ owner: 'ops', what: 'claim it' });
    const found = fileOf((s) => (opened(s), s.tell(TaskClosed, { ...task, outcome: 'found: in_transit' })));
    expect(found.nextStep).toMatchObject({ owner: 'carrier' });
  });

  it('whose confirmation was refused still waits for the warehouse', () => {
    const file = fileOf((s) => {
      s.validated(s.captured());
      const { shipmentId } = s.requested(1, { '1': '10' }).data as { shipmentId: string };
      s.tell(ShipmentFailed, {
        orderId: ORDER_ID,
        shipmentId,
        reasons: [{ code: 'TOO_MUCH', detail: 'more than asked for' }],
      });
    });
    expect(file.shipments[0]).toMatchObject({ state: 'requested', problems: [{ code: 'TOO_MUCH' }] });
    expect(file.nextStep).toMatchObject({ owner: 'warehouse', what: expect.stringContaining('again') });
  });
});
