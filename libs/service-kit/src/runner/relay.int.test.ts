import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unpackHeaders, type BusRecord } from '@railhead/bus';
import { Database, migrate } from '@railhead/database';
import { freshDatabase, silentWire } from '@railhead/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { EventCodec } from '../events/event-codec.js';
import { BuiltInSchemaIds } from '../events/schema-ids.js';
import { openLog } from '../runtime/log.js';
import { systemClock } from '../runtime/clock.js';
import { until } from '../testing/probe.js';
import { ScriptedBus } from '../testing/scripted-bus.js';
import { Outbox } from './outbox.js';
import { Relay } from './relay.js';

let db: Database;
let drop: () => Promise<void>;
let bus: ScriptedBus;
const relays: Relay[] = [];

beforeEach(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await migrate(database.url, 'sender', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
  db = new Database({ url: database.url, schema: 'sender', connectionsMax: 12 });
  bus = new ScriptedBus();
});
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await db.close();
  await drop();
});

function relay(): Relay {
  const one = new Relay(db, bus, openLog('test', 'silent'));
  relays.push(one);
  return one;
}

/** Writes `perKey` numbered rows for each of `keys` keys, several writers at once, as services do. */
async function write(keys: number, perKey: number): Promise<void> {
  const outbox = new Outbox('sender', new EventCodec(new BuiltInSchemaIds([]), ''), bus, systemClock, () => {});
  const rows = (from: number, n: number): BusRecord[] =>
    Array.from({ length: keys / 4 }, (_, key) => ({
      topic: 'orders',
      key: `k${from + key}`,
      value: Buffer.from('x'),
      headers: { rh_seq: String(n) },
    }));
  const writer = async (from: number): Promise<void> => {
    for (let n = 1; n <= perKey; n++) await db.transaction((tx) => outbox.appendRaw(tx, rows(from, n)));
  };
  await Promise.all([0, 1, 2, 3].map((part) => writer((part * keys) / 4)));
}

/** Where a number appears for the first time without the one before it having appeared. */
function inversions(records: readonly BusRecord[]): number {
  const last = new Map<string, number>();
  let found = 0;
  for (const { key, headers } of records) {
    const seq = Number(headers['rh_seq']);
    const before = last.get(key) ?? 0;
    if (seq > before + 1) found += 1;
    if (seq > before) last.set(key, seq);
  }
  return found;
}
const different = (): number => new Set(bus.published.map((one) => `${one.key}/${one.headers['rh_seq']}`)).size;
const outboxIsEmpty = async (): Promise<boolean> => (await db.query('SELECT 1 FROM outbox LIMIT 1')).length === 0;

describe('the relay', () => {
  it('sends the same rows again after an error, in the same order, and leaves nothing out', async () => {
    const attempts: string[][] = [];
    bus.onPublish = async (records) => {
      attempts.push(records.map((one) => `${one.key}/${one.headers['rh_seq']}`));
      if (attempts.length < 3) throw new Error('no leader');
    };
    await write(4, 3);
    relay().start();
    await until(outboxIsEmpty);
    expect(attempts[1]).toEqual(attempts[0]);
    expect(attempts[2]).toEqual(attempts[0]);
    expect(bus.published).toHaveLength(12);
    expect(inversions(bus.published)).toBe(0);
  });

  it('never hands the broker more than it takes at once', async () => {
    const sizes: number[] = [];
    bus.onPublish = async (records) => void sizes.push(records.reduce((sum, one) => sum + (one.value?.length ?? 0), 0));
    const outbox = new Outbox('sender', new EventCodec(new BuiltInSchemaIds([]), ''), bus, systemClock, () => {});
    const large = Array.from({ length: 40 }, (_, n): BusRecord => ({
      topic: 'orders',
      key: 'k',
      value: Buffer.alloc(100_000),
      headers: { rh_seq: String(n + 1) },
    }));
    await db.transaction((tx) => outbox.appendRaw(tx, large));
    relay().start();
    await until(outboxIsEmpty);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1_000_000);
    expect(inversions(bus.published)).toBe(0);
  });

  it('deletes nothing that was not acknowledged', async () => {
    bus.onPublish = () => Promise.reject(new Error('the broker is away'));
    await write(4, 2);
    relay().start();
    await pause(600);
    expect(await db.query('SELECT 1 FROM outbox')).toHaveLength(8);
  });

  it('keeps the order of every key with a second relay beside it, lost answers, and sessions that break: 10,000 events', async () => {
    let calls = 0;
    bus.onPublish = async (records) => {
      calls += 1;
      await pause((calls * 7) % 11);
      if (calls % 5 !== 0) return;
      bus.published.push(...records); // taken by the broker, the answer lost
      throw new Error('timed out');
    };
    relay().start();
    const writing = write(100, 100);
    await pause(300);
    relay().start();
    const breaking = (async () => {
      for (let n = 0; n < 5; n++) {
        await pause(400);
        await db.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'railhead-sender-session' AND datname = current_database()`,
        );
      }
    })();
    await Promise.all([writing, breaking]);
    await until(outboxIsEmpty);
    expect(different()).toBe(10_000);
    expect(inversions(bus.published)).toBe(0);
    expect(bus.published.length).toBeGreaterThan(10_000);
  });

  it('goes on by itself when the network falls silent, and nobody says that it broke', async () => {
    const wire = await silentWire(db.url);
    const far = new Database({ url: wire.url, schema: 'sender', silenceMsMax: 500 });
    const one = new Relay(far, bus, openLog('test', 'silent'));
    one.start();
    await write(4, 1);
    await until(() => bus.published.length === 4, 'the first rows');
    wire.silence();
    wire.serverLetsGo();
    await pause(5_200); // by now it asks for its buckets anew
    await write(4, 1);
    await until(async () => (await db.query('SELECT 1 FROM outbox')).length === 0, 'what was written since');
    expect(bus.published.length).toBeGreaterThanOrEqual(8);
    await one.stop();
    await wire.close();
    await far.close();
  });

  it('shares the buckets: two relays do not send the same row', async () => {
    const shares = async (): Promise<string> => {
      const buckets = await db.query<{ pid: number; held: number }>(
        `SELECT pid, count(*)::int AS held FROM pg_locks WHERE locktype = 'advisory' AND objid < 64 AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) GROUP BY pid`,
      );
      return buckets.map((one) => one.held).join(' ');
    };
    relay().start();
    relay().start();
    await until(async () => (await shares()) === '32 32', 'each to have half of them');
    bus.onPublish = () => pause(5);
    await write(64, 20);
    await until(outboxIsEmpty);
    expect(await shares()).toBe('32 32');
    expect(bus.published).toHaveLength(64 * 20);
    expect(inversions(bus.published)).toBe(0);
  });
});

describe('the check of this file', () => {
  it('sees the disorder of a relay that skips locked rows', async () => {
    bus.onPublish = () => pause(Math.random() * 8);
    await write(40, 200);
    const skipping = async (): Promise<void> => {
      for (let sent = 1; sent > 0;) {
        sent = await db.transaction(async (tx) => {
          const rows = await tx.query<{ id: string; key: string; headers: Buffer }>(
            'SELECT id, key, headers FROM outbox ORDER BY id LIMIT 50 FOR UPDATE SKIP LOCKED',
          );
          await bus.publish(
            rows.map((row) => ({
              topic: 'orders',
              key: row.key,
              value: null,
              headers: unpackHeaders(row.headers, row),
            })),
          );
          await tx.query('DELETE FROM outbox WHERE id = ANY($1::int8[])', [rows.map((row) => row.id)]);
          return rows.length;
        });
      }
    };
    await Promise.all([skipping(), skipping(), skipping()]);
    expect(inversions(bus.published)).toBeGreaterThan(0);
  });
});
