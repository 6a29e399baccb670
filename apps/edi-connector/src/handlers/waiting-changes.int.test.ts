import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentReceived,
  OrderCancelRequested,
  OrderCaptured,
  OrderChangeRequested,
  orderIdOf,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { OrderStore } from '../store/order.store.js';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 100;

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '20000' });
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const idOf = (purchaseOrderNumber: string, release?: string): string =>
  orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber, release });
const order = (po: string, sender = 'ACMESTORES') => edi.post(interchange({ po, control: (control += 1), sender }));
const change860 = (po: string, sequence: number | '', quantity: string, release = '') =>
  interchange({
    control: (control += 1),
    code: '860',
    functionalId: 'PC',
    sets: [
      [`BCH*04*SA*${po}*${release}*${sequence}*20260203`, `POC*10*PQ*${quantity}*${quantity}*EA***VP*RH-1001`, 'CTT*1'],
    ],
  });
const change = (...args: Parameters<typeof change860>) => edi.post(change860(...args));
const cancel = (po: string) =>
  edi.post(
    interchange({ control: (control += 1), code: '860', functionalId: 'PC', sets: [[`BCH*01*SA*${po}***20260203`]] }),
  );
const heldOf = (po: string) =>
  edi.rows<{ state: string; messageId: string }>(
    `SELECT state, message_id AS "messageId" FROM messages WHERE reference = $1 AND state = 'held'`,
    [po],
  );
/** What is said about an order, in the order in which it is said. */
const story = (orderId: string): readonly string[] =>
  edi
    .heard()
    .filter(({ subject, type }) => subject === orderId && type.startsWith('order.'))
    .map(({ type }) => type);

describe('an 860 that comes before its 850', () => {
  it('goes on by itself when the order is captured, after it', async () => {
    await change('SWIFT', 1, '8');
    await edi.idle();
    expect(await heldOf('SWIFT')).toHaveLength(1);
    await order('SWIFT');
    const [wish] = await edi.until(OrderChangeRequested, 1, idOf('SWIFT'));
    expect(wish!.data).toMatchObject({ sequence: 1, changes: [{ lineId: '1', action: 'quantity', quantity: '8' }] });
    await edi.idle();
    expect(story(idOf('SWIFT'))).toEqual(['order.captured.v1', 'order.change-requested.v1']);
    expect(await heldOf('SWIFT')).toEqual([]);
    // The file of the order has it, as if it had come after the order, and nobody has to see to it any more.
    const documents = await edi.until(DocumentReceived, 2, idOf('SWIFT'));
    expect(documents.map(({ data }) => data.documentType).sort()).toEqual(['850', '860']);
    const opened = (await edi.until(TaskOpened)).filter(({ data }) => data.detail.includes('SWIFT'));
    const closed = (await edi.until(TaskClosed)).map(({ data }) => data.taskId);
    expect(opened.map(({ data }) => closed.includes(data.taskId))).toEqual([true]);
  });

  it('and others of its interchange that have no numbers go on as they stand there, a second time as well', async () => {
    const sets = ['12', '10', '12', '8', '9', '12'].map((quantity) => [
      'BCH*04*SA*TURNS***20260203',
      `POC*10*PQ*${quantity}*${quantity}*EA***VP*RH-1001`,
      'CTT*1',
    ]);
    await edi.post(interchange({ control: (control += 1), code: '860', functionalId: 'PC', sets }));
    await order('TURNS');
    const wishes = await edi.until(OrderChangeRequested, 6, idOf('TURNS'));
    expect(wishes.map(({ data }) => data.changes[0]!.quantity)).toEqual(['12', '10', '12', '8', '9', '12']);
  });

  it('is known when it comes again', async () => {
    await change('ONCE', 1, '8');
    await order('ONCE');
    await change('ONCE', 1, '8');
    await order('ONCE');
    await edi.until(OrderChangeRequested, 1, idOf('ONCE'));
    await edi.idle();
    expect(story(idOf('ONCE')).filter((type) => type === OrderChangeRequested.type)).toHaveLength(1);
  });

  it('follows the ones that the buyer numbered before it', async () => {
    await change('TURN', 3, '6');
    await change('TURN', 1, '8');
    await change('TURN', 2, '7');
    await order('TURN');
    const wishes = await edi.until(OrderChangeRequested, 3, idOf('TURN'));
    expect(wishes.map(({ data }) => [data.sequence, data.changes[0]!.quantity])).toEqual([
      [1, '8'],
      [2, '7'],
      [3, '6'],
    ]);
  });

  it('cancels the order where it says so', async () => {
    await cancel('NEVERMIND');
    await order('NEVERMIND');
    await edi.until(OrderCancelRequested, 1, idOf('NEVERMIND'));
    await edi.idle();
    expect(story(idOf('NEVERMIND'))).toEqual(['order.captured.v1', 'order.cancel-requested.v1']);
  });

  it('goes on for its own order only: not for another release, another number, or the order of another partner', async () => {
    await change('MINE', 1, '8', 'R7');
    await change('MINE-2', 1, '8');
    await order('MINE');
    await order('MINE-2', 'BOLTTOOLS');
    await edi.until(OrderCaptured, 1, idOf('MINE'));
    await edi.idle();
    expect([await heldOf('MINE'), await heldOf('MINE-2')].map((rows) => rows.length)).toEqual([1, 1]);
    await order('mine-2'); // the same number
    await edi.until(OrderChangeRequested, 1, idOf('MINE-2'));
  });

  it('stays discarded when a person discarded it', async () => {
    await change('GONE', 1, '8');
    const [held] = await heldOf('GONE');
    const body = '{"action":"discard","actor":"carla"}';
    await edi.post(body, { 'content-type': 'application/json' }, `/ops/edi-connector/messages/${held!.messageId}`);
    await order('GONE');
    await edi.until(OrderCaptured, 1, idOf('GONE'));
    await edi.idle();
    expect(story(idOf('GONE'))).toEqual(['order.captured.v1']);
  });

  it('goes on when its order is one of very many in a large document', async () => {
    await change('BULK-150', 1, '8');
    const sets = Array.from({ length: 200 }, (_, n) => orderBody(`BULK-${n}`));
    const { status } = await edi.post(interchange({ control: (control += 1), sets }));
    expect(status).toBe(202);
    await edi.until(OrderChangeRequested, 1, idOf('BULK-150'));
    expect(await heldOf('BULK-150')).toEqual([]);
  });

  it('goes on, once, though both come at the same time', async () => {
    const numbers = Array.from({ length: 40 }, (_, n) => `RACE-${n}`);
    await Promise.all(
      numbers.flatMap((po, n) => (n % 2 === 0 ? [change(po, 1, '8'), order(po)] : [order(po), change(po, 1, '8')])),
    );
    for (const po of numbers) await edi.until(OrderChangeRequested, 1, idOf(po));
    await edi.idle();
    expect(numbers.map((po) => story(idOf(po)))).toEqual(
      numbers.map(() => ['order.captured.v1', 'order.change-requested.v1']),
    );
    expect(await edi.rows(`SELECT 1 FROM messages WHERE reference LIKE 'RACE-%' AND state = 'held'`)).toEqual([]);
  }, 60_000);

  it('goes on when it is held in the very moment in which its order is captured', async () => {
    await change('MOMENT', 1, '8');
    await edi.rows(`UPDATE messages SET state = 'discarded' WHERE reference = 'MOMENT'`);
    const posted = await edi.service.context.db.transaction(async (tx) => {
      await edi.service.app.get(OrderStore).keepOut(idOf('MOMENT'), tx);
      const capturing = order('MOMENT');
      const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      while ((await edi.rows(waits)).length === 0) await pause(20);
      await tx.query(`UPDATE messages SET state = 'held' WHERE reference = 'MOMENT'`);
      return { capturing }; // as it is: it ends after this transaction
    });
    await posted.capturing;
    await edi.until(OrderChangeRequested, 1, idOf('MOMENT'));
    expect(await heldOf('MOMENT')).toEqual([]);
  });
});
