import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Database, migrate } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Failure } from '../runtime/failure.js';
import { openLog } from '../runtime/log.js';
import { until } from '../testing/probe.js';
import { CLAIM, DeliveryStore } from './delivery.store.js';
import { DeliveryWorker } from './delivery-worker.js';
import { planDeliveries, type Deliverer, type Delivery } from './delivery.js';

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

type Partner = Partial<Omit<Deliverer, 'deliver'>> & {
  deliver(delivery: Delivery, times: number): Promise<string | void> | void;
};

/** Starts a worker whose partner behaves as it says; else it remembers what it took and can be asked. */
function start(partner: Partner['deliver'] | Partner): void {
  const { deliver, ...rest } = typeof partner === 'function' ? { deliver: partner } : partner;
  let times = 0;
  const deliverer: Deliverer = {
    kind: 'letter',
    deliver: async (delivery) => deliver(delivery, (times += 1)),
    lookUp: async ({ idempotencyKey }) => {
      lookUps += 1;
      return effects.includes(idempotencyKey) ? 'done' : 'not-done';
    },
    ...rest,
  };
  worker = new DeliveryWorker(
    db,
    [deliverer],
    { attemptsMax: 3, delayMsFirst: 20, delayMsMax: 100 },
    openLog('test', 'silent'),
    { run: (work) => db.transaction((tx) => work(tx, () => {})) },
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

it('does not count the claims of processes that were killed before they sent, unless there is no end of them', async () => {
  await plan('unlucky', 'deadly');
  const store = new DeliveryStore(db);
  const killed = async (times: number, names: string[]): Promise<void> => {
    for (let time = 0; time < times; time++) {
      await db.query('UPDATE delivery SET next_at = now() WHERE idempotency_key = ANY($1)', [names]);
      await store.claim('letter', 10);
    }
  };
  await killed(20, ['unlucky', 'deadly']);
  await killed(20, ['deadly']);
  await db.query('UPDATE delivery SET next_at = now()');
  let tries = 0;
  start((delivery) => {
    take(delivery);
    tries = delivery.tries;
  });
  await until(async () => (await rows()).every(({ state }) => state !== 'sending'), 'neither is under way');
  expect(effects).toEqual(['unlucky']);
  expect(tries).toBe(21); // whoever asks whether it may have left hears of them all
  expect(await rows()).toMatchObject([
    { state: 'confirmed' },
    { state: 'failed', last_error: 'sent 3 times, and it is not there' },
  ]);
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

it('tells what became of a delivery once, with the number that the partner gave it', async () => {
  const told: string[] = [];
  const remember = async ({ idempotencyKey }: Delivery, _tx: unknown, _say: unknown, what: unknown): Promise<void> =>
    void told.push(`${idempotencyKey} ${what instanceof Error ? what.message : String(what)}`);
  await plan('a', 'b', 'refused');
  start({
    deliver: async (delivery) => {
      if (delivery.idempotencyKey === 'refused') throw Failure.permanent('PARTNER_REJECTED', 'no such customer');
      if (delivery.idempotencyKey === 'b') throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'the answer was lost');
      return 'SO-1';
    },
    lookUp: async () => ({ receipt: 'SO-2' }),
    confirmed: remember,
    failed: remember,
  });
  await until(() => told.length === 3);
  expect(told.sort()).toEqual(['a SO-1', 'b SO-2', 'refused no such customer']);
});

it('gives up an effect whose answer was lost only after it was looked for once more', async () => {
  await plan('late', 'never');
  start((delivery) => {
    if (delivery.idempotencyKey === 'late' && delivery.attempts === 3) take(delivery);
    throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', 'the answer was lost');
  });
  await until(async () => (await rows()).every(({ state }) => state !== 'sending' && state !== 'unknown'));
  expect(await rows()).toMatchObject([
    { state: 'confirmed' },
    { state: 'failed', last_error: 'sent 3 times, and it is not there' },
  ]);
});

it('leaves a delivery alone that somebody else has taken over while we were paused', async () => {
  await plan('a');
  let isAwake = false;
  start(async (delivery) => {
    // What another process does with a claim that ran out: it takes the row over and gets it done.
    await db.query(`UPDATE delivery SET attempts = 2, state = 'confirmed'`);
    isAwake = true;
    throw Failure.transient('PARTNER_OUTCOME_UNKNOWN', `${delivery.idempotencyKey}: we wake up and the call is lost`);
  });
  await until(() => isAwake);
  await worker?.stop(); // it has written what it would write
  expect(await rows()).toMatchObject([{ state: 'confirmed', attempts: 2, last_error: '' }]);
});

it('says nothing more when our answer comes after somebody else has looked the effect up and said so', async () => {
  await plan('a');
  let saidAgain = false;
  let isAnswered = false;
  start({
    deliver: async () => {
      await db.query(`UPDATE delivery SET attempts = 2, state = 'confirmed'`);
      isAnswered = true;
    },
    confirmed: async () => void (saidAgain = true),
  });
  await until(() => isAnswered);
  await worker?.stop();
  expect(saidAgain).toBe(false);
});

it('sends nothing under a claim that ran out while we were paused', async () => {
  await plan('a');
  await db.query(`UPDATE delivery SET state = 'unknown'`);
  const clock = performance.now.bind(performance);
  let pausedMs = 0;
  const steps = jest.spyOn(performance, 'now').mockImplementation(() => clock() + pausedMs);
  start({
    deliver: take,
    lookUp: async () => {
      pausedMs = 16_000;
      lookUps += 1;
      return 'not-done';
    },
  });
  await until(() => lookUps === 1);
  await worker?.stop();
  steps.mockRestore();
  expect(effects).toEqual([]);
  expect(await rows()).toMatchObject([{ state: 'sending', attempts: 1 }]);
});

it('does not wait for a call that hangs with what else is to be done', async () => {
  await plan('hangs', ...Array.from({ length: 30 }, (_, n) => `${n}`));
  let release = (): void => {};
  start((delivery) => {
    if (delivery.idempotencyKey === 'hangs') return new Promise((resolve) => (release = resolve));
    return take(delivery);
  });
  await until(() => effects.length === 30);
  release();
  await settled('confirmed');
});

describe('one place for all', () => {
  it('is not called more often at once than it bears', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `${n}`);
    await plan(...keys);
    let now = 0;
    let most = 0;
    start({
      onePlace: { callsMax: 3 },
      deliver: async (delivery) => {
        most = Math.max(most, (now += 1));
        await pause(10);
        now -= 1;
        take(delivery);
      },
    });
    await settled('confirmed');
    expect(most).toBe(3);
  });

  it.each(['PARTNER_UNAVAILABLE', 'RATE_LIMITED'] as const)(
    'is tried with the oldest while it says %s, and gets the rest in turn, at no cost of attempts',
    async (code) => {
      const keys = Array.from({ length: 40 }, (_, n) => `k${n}`);
      await plan(...keys);
      let isAway = true;
      const tried: string[] = [];
      start({
        onePlace: { callsMax: 1 },
        deliver: (delivery) => {
          tried.push(delivery.idempotencyKey);
          if (isAway) throw Failure.transient(code, 'not now');
          return take(delivery);
        },
      });
      await until(() => tried.length >= 6);
      isAway = false;
      expect(new Set(tried)).toEqual(new Set(['k0']));
      await settled('confirmed');
      expect(effects).toEqual(keys);
      expect((await rows()).map(({ attempts }) => attempts)).toEqual(keys.map(() => 1));
    },
  );

  it('is left in peace for as long as it asks', async () => {
    await plan('a', 'b');
    const calls: number[] = [];
    start({
      onePlace: { callsMax: 2 },
      deliver: (delivery) => {
        calls.push(performance.now());
        if (calls.length <= 2) throw Failure.transient('RATE_LIMITED', 'slow down', { retryAfterMs: 700 });
        return take(delivery);
      },
    });
    await settled('confirmed');
    expect(calls[2]! - calls[1]!).toBeGreaterThanOrEqual(699);
  });
});

it.each(['before', 'after'])(
  'reads little to find what is due among tens of thousands that are not, %s the table is analyzed',
  async (when) => {
    await db.query(`
      INSERT INTO delivery (kind, idempotency_key, payload, state, next_at)
      SELECT 'letter', 'away ' || n, convert_to(repeat('x', 500), 'UTF8'), 'unknown', clock_timestamp() + interval '1 hour'
        FROM generate_series(1, 50000) AS n`);
    await plan('due');
    if (when === 'after') await db.query('ANALYZE delivery');
    const [explained] = await db.query<{ 'QUERY PLAN': { Plan: Record<string, number> }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${CLAIM}`,
      ['letter', 20, 20],
    );
    const { Plan: top } = explained!['QUERY PLAN'][0]!;
    expect(top['Actual Rows']).toBe(1);
    expect(top['Shared Hit Blocks']! + top['Shared Read Blocks']!).toBeLessThan(1_000); // 4,000 with each of them read
  },
);
