import { unpackHeaders, type Bus, type BusRecord } from '@railhead/bus';
import { bigintArray, intArray, prepared, type Database } from '@railhead/database';
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { crashPoint, guardIsOff } from '../runtime/crash.js';
import type { Log } from '../runtime/log.js';
import { BUCKETS } from './outbox.js';

const LIMIT = 500;
/** Of one round together, unless a single row is larger: a broker refuses a batch as it refuses a record above 1 MiB. */
const ROUND_BYTES_MAX = 700_000;
const POLL_MS = 250;
/** After a small round: more is on its way. */
const LINGER_MS = 20;
const LEASE_EVERY_MS = 5_000;
const BACKOFF_MS_MAX = 10_000;

const NEXT = prepared(`
  SELECT id, topic, key, value, headers FROM outbox WHERE bucket = ANY($1::int[]) ORDER BY id LIMIT ${LIMIT}`);
const DELETE = prepared('DELETE FROM outbox WHERE id = ANY($1::int8[])');

/**
 * Publishes what the outbox holds, any number of instances side by side. Each owns some of 64 buckets by session locks;
 * a key's rows are always sent lowest first and deleted only after the acknowledgement, so whoever sends them, the first
 * appearance of number n on the topic follows the first appearance of n - 1. What appears twice the inbox drops.
 *
 * @see docs/adr/0005-outbox-and-inbox.md
 */
export class Relay {
  private readonly lockClass: number;
  private session: Client | undefined;
  private mine: number[] = [];
  private leasedAt = -Infinity;
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private wake: () => void = () => {};
  private woken = false;
  private failures = 0;

  constructor(
    private readonly db: Database,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {
    this.lockClass = createHash('sha1').update(`railhead relay ${db.schema}`).digest().readInt32BE(0);
  }

  start(): void {
    this.running = true;
    this.loop = this.run();
  }

  /** Something was committed to the outbox. */
  nudge(): void {
    this.woken = true;
    this.wake();
  }

  async stop(): Promise<void> {
    this.running = false;
    this.nudge();
    await this.loop;
    await this.session?.end().catch(() => {});
  }

  private async run(): Promise<void> {
    while (this.running) {
      this.woken = false;
      try {
        const sent = await this.round();
        this.failures = 0;
        if (sent === 0 && !this.woken) await this.sleep(POLL_MS);
        else if (sent < LIMIT / 2) await pause(LINGER_MS);
      } catch (error) {
        this.failures += 1;
        this.log.warn({ err: error, failures: this.failures }, 'outbox relay will try the same rows again');
        await this.sleep(Math.min(100 * 2 ** this.failures, BACKOFF_MS_MAX) * (0.5 + Math.random() / 2));
      }
    }
  }

  private async sleep(ms: number): Promise<void> {
    if (!this.running) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wake = () => {};
  }

  private async round(): Promise<number> {
    await this.lease();
    if (this.mine.length === 0) return 0;
    const rows = await this.db.query<{ id: string; topic: string; key: string; value: Buffer | null; headers: Buffer }>(
      NEXT,
      [intArray(this.mine)],
    );
    if (rows.length === 0) return 0;
    rows.length = countWithin(
      rows.map((row) => row.value?.length ?? 0),
      ROUND_BYTES_MAX,
    );
    const records = rows.map((row): BusRecord => ({
      topic: row.topic,
      key: row.key,
      value: row.value,
      headers: unpackHeaders(row.headers, row),
    }));
    crashPoint('relay.before-publish');
    await this.bus.publish(records);
    crashPoint('relay.after-publish');
    await this.db.query(DELETE, [bigintArray(rows.map((row) => BigInt(row.id)))]);
    crashPoint('relay.after-delete');
    return rows.length;
  }

  /** Takes a fair share of the buckets. Losing the session loses them all: then nothing is sent until it is back. */
  private async lease(): Promise<void> {
    if (guardIsOff('bucket-lease')) {
      this.mine = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
      return;
    }
    if (this.session !== undefined && performance.now() - this.leasedAt < LEASE_EVERY_MS) return;
    try {
      await this.share(this.session ?? (await this.connect()));
    } catch (error) {
      this.lose(this.session); // of a session that does not answer nobody knows what it still holds
      throw error;
    }
    this.leasedAt = performance.now();
  }

  private async share(session: Client): Promise<void> {
    const { rows } = await session.query<{ instances: number }>(
      `SELECT count(DISTINCT pid)::int AS instances FROM pg_locks
        WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND classid::bigint = $1 AND objid = $2 AND granted`,
      [this.lockClass >>> 0, BUCKETS],
    );
    const share = Math.min(BUCKETS, Math.ceil(BUCKETS / Math.max(1, rows[0]?.instances ?? 1)));
    while (this.mine.length > share) {
      await session.query('SELECT pg_advisory_unlock($1, $2)', [this.lockClass, this.mine.pop()]);
    }
    for (let bucket = 0; bucket < BUCKETS && this.mine.length < share; bucket++) {
      if (this.mine.includes(bucket)) continue;
      const got = await session.query<{ got: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS got', [
        this.lockClass,
        bucket,
      ]);
      if (got.rows[0]?.got === true) this.mine.push(bucket);
    }
  }

  private async connect(): Promise<Client> {
    const session = await this.db.dedicated();
    session.on('error', () => this.lose(session));
    session.on('end', () => this.lose(session));
    this.session = session;
    this.mine = [];
    await session.query('SELECT pg_advisory_lock_shared($1, $2)', [this.lockClass, BUCKETS]); // "I am here"
    return session;
  }

  private lose(session: Client | undefined): void {
    if (session === undefined || this.session !== session) return;
    this.session = undefined;
    this.mine = [];
    session.end().catch(() => undefined);
  }
}

/** How many sizes from the first one on fit together; at least one. */
export function countWithin(sizes: readonly number[], bytesMax: number): number {
  let bytes = 0;
  const over = sizes.findIndex((size) => (bytes += size) > bytesMax);
  return over === -1 ? sizes.length : Math.max(1, over);
}
