import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Database, migrate } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { fileURLToPath } from 'node:url';
import { Failure } from '../runtime/failure.js';
import { openLog } from '../runtime/log.js';
import { until } from '../testing/probe.js';
import { DeliveryWorker } from './delivery-worker.js';
import { planDeliveries, type Deliverer } from './delivery.js';
import { GivenUpDeliveries } from './given-up.js';

let db: Database;
let drop: () => Promise<void>;
let worker: DeliveryWorker | undefined;
let givenUp: GivenUpDeliveries;
/** Keys that were sent, and what the other side has. */
let sent: string[];
let there: Set<string>;
let refuses: boolean;

const work = {
  run: <T>(job: (tx: never, say: never) => Promise<T>) => db.transaction((tx) => job(tx as never, (() => {}) as never)),
};

beforeEach(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await migrate(database.url, 'sender', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
  db = new Database({ url: database.url, schema: 'sender' });
  givenUp = new GivenUpDeliveries(db, work as never);
  [sent, there, refuses] = [[], new Set(), true];
});
afterEach(async () => {
  await worker?.stop();
  await db.close();
  await drop();
});

/** A partner that says no while `refuses` is true, and can be asked. */
function start(more: Partial<Deliverer> = {}, delayMsFirst = 20): void {
  const deliverer: Deliverer = {
    kind: 'letter',
    deliver: async ({ idempotencyKey }) => {
      sent.push(idempotencyKey);
      if (refuses) throw Failure.permanent('PARTNER_REJECTED', 'we do not know you');
      there.add(idempotencyKey);
    },
    lookUp: async ({ idempotencyKey }) => (there.has(idempotencyKey) ? 'done' : 'not-done'),
    ...more,
  };
  givenUp.know([deliverer]);
  const retry = { attemptsMax: 3, delayMsFirst, delayMsMax: Math.max(100, delayMsFirst) };
  worker = new DeliveryWorker(db, [deliverer], retry, openLog('test', 'silent'), work as never);
  worker.start();
}
const plan = (...keys: string[]): Promise<void> =>
  db.transaction((tx) =>
    planDeliveries(
      tx,
      keys.map((idempotencyKey) => ({ kind: 'letter', idempotencyKey, payload: Buffer.from(idempotencyKey) })),
    ),
  );
const failed = () => givenUp.list({ state: 'failed', limit: 10 });
const inState = async (state: 'failed' | 'confirmed' | 'discarded'): Promise<void> =>
  until(async () => (await givenUp.list({ state, limit: 10 })).length > 0, state);
const decisions = () => db.query('SELECT action, actor, reason FROM delivery_decisions ORDER BY decision_id');

describe('a delivery that was given up', () => {
  let id: string;
  const giveUp = async (more: Partial<Deliverer> = {}): Promise<void> => {
    await plan('a');
    start(more);
    await inState('failed');
    id = (await failed())[0]!.deliveryId;
  };

  it('is listed with what is known of it, and shown with what is to be sent', async () => {
    await giveUp();
    expect(await failed()).toMatchObject([
      { kind: 'letter', idempotencyKey: 'a', attempts: 1, lastError: 'we do not know you', sizeBytes: 1 },
    ]);
    expect(await givenUp.find(id)).toMatchObject({ state: 'failed', payloadBase64: 'YQ==' });
    expect(await givenUp.find('999')).toBeUndefined();
  });

  it('is tried once more under the same key, however often a person says so; who and why is kept', async () => {
    await giveUp();
    refuses = false;
    const replayed = await Promise.all([1, 2, 3].map((n) => givenUp.replay(id, `olga ${n}`, 'address was mended')));
    expect(replayed.filter(Boolean)).toHaveLength(1);
    await inState('confirmed');
    expect(await givenUp.replay(id, 'olga', 'once more')).toBe(false);
    expect(sent).toEqual(['a', 'a']);
    expect(await decisions()).toMatchObject([{ action: 'replay', reason: 'address was mended' }]);
  });

  it('is not sent again when the other side has it', async () => {
    await giveUp();
    there.add('a');
    await givenUp.replay(id, 'olga', 'they say they have it');
    await inState('confirmed');
    expect(sent).toEqual(['a']);
  });

  it('has all its tries anew, and is given up again after them', async () => {
    await giveUp({
      deliver: async ({ idempotencyKey }) => {
        sent.push(idempotencyKey);
        throw new Error('what is this');
      },
    });
    expect(sent).toHaveLength(3);
    await givenUp.replay(id, 'olga', 'try again');
    await until(() => sent.length === 6);
    await inState('failed');
    expect((await failed())[0]).toMatchObject({ attempts: 6 });
  });

  it('stays given up when its deliverer has something against it', async () => {
    await giveUp({ replayed: async () => Promise.reject(new Error('it was withdrawn')) });
    await expect(givenUp.replay(id, 'olga', 'try again')).rejects.toThrow('it was withdrawn');
    expect(await failed()).toHaveLength(1);
    expect(await decisions()).toEqual([]);
  });

  it('that is dropped is not tried again by anybody', async () => {
    await giveUp();
    expect(await givenUp.discard(id, 'olga', 'sent on paper')).toBe(true);
    expect(await givenUp.replay(id, 'olga', 'or not')).toBe(false);
    expect(await failed()).toEqual([]);
    expect(await decisions()).toMatchObject([{ action: 'discard', actor: 'olga', reason: 'sent on paper' }]);
  });
});

it('answers that are lost on the way to one place delay nobody else', async () => {
  await plan(...Array.from({ length: 25 }, (_, n) => `dead-${n}`), 'alive');
  start(
    {
      deliver: async ({ idempotencyKey }) => {
        if (idempotencyKey !== 'alive') throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'no answer');
        there.add(idempotencyKey);
      },
    },
    600_000,
  );
  // Left in peace after twenty lost answers, that place would be asked for one of them at a time, for minutes.
  await until(() => there.has('alive'), 'the answer of another place');
  expect(await db.query(`SELECT 1 FROM delivery WHERE attempts > 1`)).toEqual([]);
});
