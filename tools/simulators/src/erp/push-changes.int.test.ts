import { afterEach, describe, expect, it } from '@jest/globals';
import { TaskClosed, TaskOpened } from '@railhead/contracts';
import type { ErpOrder } from './erp-book.js';
import { Pushing } from './testing/pushing.js';

let pushing: Pushing;
afterEach(() => pushing.stop());

const heldOf = (orderId: string): ErpOrder[] =>
  pushing.erp.book.all.filter(({ order }) => order['orderId'] === orderId);
const quantityIn = ({ order }: ErpOrder): string => (order['lines'] as { quantity: string }[])[0]!.quantity;
const isRising = (revisions: readonly number[]): boolean =>
  revisions.every((revision, at) => at === 0 || revision > revisions[at - 1]!);

describe('an order that is changed after the ERP was told of it', () => {
  it('is changed there, under its number, and the order file is told', async () => {
    pushing = await Pushing.start({ seed: 1 });
    const [orderId] = await pushing.tell(1);
    await pushing.settled(1);
    await pushing.change(orderId!, 1, '20');
    await pushing.toldAll();
    const [held, ...more] = heldOf(orderId!);
    expect(more).toEqual([]);
    expect(held).toMatchObject({
      revisions: [1],
      order: { revision: 1, status: 'open', total: '75.00', purchaseOrderNumber: 'PO-1', lines: [{ quantity: '20' }] },
    });
    expect(pushing.erp.requests.map(({ outcome }) => outcome)).toEqual(['created', 'changed']);
    expect(new Set(pushing.erp.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
    expect(pushing.acknowledged().at(-1)!.data).toMatchObject({
      documentType: 'sales-order-change',
      accepted: true,
      reference: held!.number,
      orderId,
    });
  });

  it('is cancelled there when nothing of it is wanted any more', async () => {
    pushing = await Pushing.start({ seed: 1 });
    const [orderId] = await pushing.tell(1);
    await pushing.cancel(orderId!, '5');
    await pushing.toldAll();
    expect(heldOf(orderId!)).toMatchObject([{ order: { status: 'open', lines: [{ quantity: '7' }] } }]);
    await pushing.cancel(orderId!, '7');
    await pushing.toldAll();
    expect(heldOf(orderId!)).toMatchObject([{ order: { status: 'cancelled', total: '0.00' } }]);
  });

  it('is not changed before it is there, however often; then it is what it is by now', async () => {
    pushing = await Pushing.start({ seed: 6 }, { ERP_CALLS_MAX: '1' });
    pushing.erp.away(true);
    const orderIds = await pushing.tell(20);
    for (const orderId of orderIds) {
      await pushing.change(orderId, 1, '20');
      await pushing.change(orderId, 2, '21');
    }
    await pushing.until(() => pushing.erp.requests.length >= 3, 'three tries');
    pushing.erp.away(false);
    await pushing.toldAll();
    for (const orderId of orderIds) {
      expect(heldOf(orderId).map(quantityIn)).toEqual(['21']);
      expect(heldOf(orderId)[0]!.revisions).toEqual([2]); // two changes that waited are told as one
    }
  });

  it('that was changed before it was validated is told as it was validated', async () => {
    pushing = await Pushing.start({ seed: 1 });
    await pushing.change('22222222-2222-4222-8222-222222222222', 1, '20');
    await pushing.tell(1);
    await pushing.settled(1);
    expect(pushing.erp.requests.map(({ outcome }) => outcome)).toEqual(['created']);
  });

  it('is there once, each change once and in turn, though half of the answers are lost', async () => {
    const faults = { createThenHang: 0.3, errorAfterCreate: 0.1, drop: 0.1 };
    pushing = await Pushing.start({ seed: 26, faults }, { ERP_TIMEOUT_MS: '150', HANDLER_ATTEMPTS_MAX: '20' });
    const orderIds = await pushing.tell(60);
    const other = await pushing.another();
    for (const revision of [1, 2, 3])
      await Promise.all(orderIds.map((orderId) => pushing.change(orderId, revision, String(20 + revision))));
    await pushing.until(() => pushing.erp.book.all.some(({ revisions }) => revisions.length > 0), 'a first change');
    await pushing.test.idle(); // it has read all that it will read
    await other.context.db.close(); // what its calls bring about from now on is never written down
    await pushing.test.restart();
    await pushing.toldAll(); // once its claims have run out: sooner, and its calls may still be on their way
    expect(pushing.erp.book.all).toHaveLength(60);
    for (const held of pushing.erp.book.all) {
      expect([quantityIn(held), held.revisions.at(-1)]).toEqual(['23', 3]);
      expect([held.revisions, isRising(held.revisions)]).toEqual([held.revisions, true]);
    }
    expect((await pushing.states()).map(({ state }) => state)).toEqual(['confirmed']);
  }, 120_000);

  it('that the ERP refused waits for a person, and so do its changes', async () => {
    pushing = await Pushing.start({ seed: 3, faults: { refuse: 1 } });
    const [orderId] = await pushing.tell(1);
    await pushing.settled(1);
    await pushing.change(orderId!, 1, '20');
    await pushing.toldAll();
    expect(await pushing.states()).toMatchObject([{ state: 'failed', orders: 1 }]);
    pushing.erp.misbehave({});
    expect(await pushing.replay('')).toBe(200);
    await pushing.toldAll();
    await pushing.until(() => heldOf(orderId!).some(({ revisions }) => revisions.length > 0), 'the change');
    expect(heldOf(orderId!).map(quantityIn)).toEqual(['20']);
    const tasks = pushing.test.heard().filter(({ type }) => type.startsWith('task.'));
    expect(tasks.map(({ type, subject, data }) => [type, subject, (data as { outcome?: string }).outcome])).toEqual([
      [TaskOpened.type, orderId, undefined],
      [TaskClosed.type, orderId, 'taken'],
    ]);
  });

  it('that the ERP refuses again when a person has it tried anew is still one task', async () => {
    pushing = await Pushing.start({ seed: 3, faults: { refuse: 1 } });
    const [orderId] = await pushing.tell(1);
    await pushing.settled(1);
    expect(await pushing.replay('')).toBe(200);
    await pushing.toldAll();
    expect(pushing.erp.requests.filter(({ outcome }) => outcome === 'refused')).toHaveLength(2);
    pushing.erp.misbehave({});
    expect(await pushing.replay('')).toBe(200);
    await pushing.toldAll();
    const tasks = pushing.test.heard().filter(({ type }) => type.startsWith('task.'));
    expect(tasks.map(({ type, subject }) => [type, subject])).toEqual([
      [TaskOpened.type, orderId],
      [TaskClosed.type, orderId],
    ]);
  });

  it('whose change was given up is not made what an older one says when people have them tried anew', async () => {
    pushing = await Pushing.start({ seed: 5 }, { HANDLER_ATTEMPTS_MAX: '2', ERP_TIMEOUT_MS: '300' });
    const [orderId] = await pushing.tell(1);
    await pushing.settled(1);
    pushing.erp.misbehave({ error: 1 });
    for (const revision of [1, 2]) {
      await pushing.change(orderId!, revision, String(20 + revision));
      await pushing.toldAll();
    }
    expect(await pushing.states()).toMatchObject([
      { state: 'confirmed', orders: 1 },
      { state: 'failed', orders: 2 },
    ]);
    pushing.erp.misbehave({});
    pushing.erp.away(true);
    expect([await pushing.replay(1), await pushing.replay(2)]).toEqual([409, 200]);
    await pushing.change(orderId!, 3, '23'); // while the second is under way again
    await pushing.until(() => pushing.erp.requests.at(-1)?.outcome === 'outage', 'a try');
    pushing.erp.away(false);
    await pushing.until(() => heldOf(orderId!)[0]!.revisions.includes(3), 'the third');
    expect(heldOf(orderId!)).toMatchObject([{ revisions: [2, 3], order: { lines: [{ quantity: '23' }] } }]);
  });
});
