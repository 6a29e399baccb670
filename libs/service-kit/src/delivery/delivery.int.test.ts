import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database, migrate } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { fileURLToPath } from 'node:url';
import { Failure } from '../runtime/failure.js';
import { openLog } from '../runtime/log.js';
import { until } from '../testing/probe.js';
import { DeliveryWorker, planDeliveries, type Deliverer, type Delivery } from './delivery.js';

let db: Database;
let drop: () => Promise<void>;
let worker: DeliveryWorker | undefined;
/** What reached the other side, in order. */
let effects: string[];
let lookUps: number;

beforeEach(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await migrate(database.url, 'sender', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
  db = new Database({ url: database.url, schema: 'sender' });
  effects = [];
  lookUps = 0;
});
afterEach(async () => {
  await worker?.stop();
  await db.close();
  await drop();
});

const plan = (...keys: string[]): Promise<void> =>
  db.transaction((tx) =>
    planDeliveries(
      tx,
      keys.map((key) => ({ kind: 'letter', idempotencyKey: key, payload: Buffer.from(key) })),
    ),
  );
const rows = (): Promise<{ state: string; attempts: number; last_error: string }[]> =>
  db.query('SELECT state, attempts, last_error FROM delivery ORDER BY delivery_id');

/** Starts a worker whose partner behaves as `deliver` says; it remembers what it took and can be asked. */
function start(deliver: (delivery: Delivery, times: number) => Promise<void> | void): void {
  let times = 0;
  const deliverer: Deliverer = {
    kind: 'letter',
    deliver: async (delivery) => deliver(delivery, (times += 1)),
    lookUp: async ({ idempotencyKey }) => {
      lookUps += 1;
      return effects.includes(idempotencyKey) ? 'done' : 'not-done';
    },
  };
  const confirm = async ({ deliveryId }: Delivery): Promise<void> =>
    void (await db.query(`UPDATE delivery SET state = 'confirmed' WHERE delivery_id = $1`, [deliveryId]));
  worker = new DeliveryWorker(
    db,
    [deliverer],
    { attemptsMax: 3, delayMsFirst: 20, delayMsMax: 100 },
    openLog('test', 'silent'),
    confirm,
  );
  worker.start();
}
const take = ({ idempotencyKey }: Delivery): void => void effects.push(idempotencyKey);
const settled = (state: string) => until(async () => (await rows()).every((row) => row.state === state), state);

it('carries an effect out once that was planned twice', async () => {
  await plan('a', 'b');
  await plan('b', 'a', 'c');
  start(take);
  await settled('confirmed');
  expect(effects.sort()).toEqual(['a', 'b', 'c']);
});

it('has written down that it sends before it sends', async () => {
  await plan('a');
  let seen: string | undefined;
  start(async (delivery) => {
    seen = (await rows())[0]?.state;
    take(delivery);
  });
  await settled('confirmed');
  expect(seen).toBe('sending');
  expect(lookUps).toBe(0);
});

it('looks an effect up whose answer was lost, and does not do it again', async () => {
  await plan('a');
  start((delivery) => {
    take(delivery);
    throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'the answer was lost');
  });
  await settled('confirmed');
  expect(effects).toEqual(['a']);
  expect(lookUps).toBe(1);
});

it('looks up what a killed process left as sending', async () => {
  await plan('a', 'b');
  await db.query(`UPDATE delivery SET state = 'sending', attempts = 1`);
  effects.push('a');
  start(take);
  await settled('confirmed');
  expect(effects).toEqual(['a', 'b']);
});

it('sends again what is known not to have happened', async () => {
  await plan('a');
  start((delivery, times) => {
    if (times === 1) throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'the request was lost');
    take(delivery);
  });
  await settled('confirmed');
  expect(effects).toEqual(['a']);
});

it('gives up what the partner refuses, at once, and what keeps failing, after its attempts', async () => {
  await plan('refused', 'shaky');
  start(({ idempotencyKey }) => {
    if (idempotencyKey === 'refused') throw Failure.permanent('PARTNER_REJECTED', 'we do not know you');
    throw new Error('what is this');
  });
  await settled('failed');
  expect(await rows()).toMatchObject([
    { attempts: 1, last_error: 'we do not know you' },
    { attempts: 3, last_error: 'what is this' },
  ]);
});

it('spends no attempts on a partner that is away', async () => {
  await plan('a');
  start((delivery, times) => {
    if (times <= 5) throw Failure.transient('PARTNER_UNAVAILABLE', 'connection refused');
    take(delivery);
  });
  await settled('confirmed');
  expect(effects).toEqual(['a']);
  expect((await rows())[0]?.attempts).toBe(1);
});

it('leaves kinds alone that nobody here carries out', async () => {
  await db.transaction((tx) => planDeliveries(tx, [{ kind: 'parcel', idempotencyKey: 'p', payload: Buffer.alloc(0) }]));
  await plan('a');
  start(take);
  await until(() => effects.length === 1);
  expect((await rows()).map((row) => row.state)).toEqual(['planned', expect.any(String)]);
});
