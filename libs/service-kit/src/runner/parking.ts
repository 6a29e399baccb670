import type { BusRecord, DeliveredRecord } from '@railhead/bus';
import {
  bigintArray,
  byteaArray,
  prepared,
  textArray,
  type Database,
  type Queryable,
  type Tx,
} from '@railhead/database';
import { placeOf } from './inbox.js';

export type ParkedState = 'retry' | 'awaiting' | 'waiting' | 'dead';

/** A message set aside. */
export interface Parked {
  readonly parkedId: string;
  readonly topic: string;
  readonly key: string;
  readonly eventId: string;
  readonly eventType: string;
  readonly state: ParkedState;
  readonly awaits: string | null;
  readonly attempts: number;
  readonly reason: string;
  readonly lastError: string;
  readonly firstParkedAt: Date;
  readonly nextAt: Date;
}

export interface ParkedRecord extends Parked {
  readonly record: DeliveredRecord;
  /** How long it has been looking for its fact, by the clock of the database; 0 when it is about to begin. */
  readonly waitedMs: number;
}

/** Why and until when a message is set aside. */
export interface ParkOrder {
  readonly record: DeliveredRecord;
  readonly state: ParkedState;
  readonly reason: string;
  readonly awaits?: string;
  readonly error?: string;
  readonly attempts?: number;
  readonly afterMs?: number;
}

const COLUMNS = `parked_id AS "parkedId", topic, key, event_id AS "eventId", event_type AS "eventType", state, awaits, attempts,
  reason, last_error AS "lastError", first_parked_at AS "firstParkedAt", next_at AS "nextAt"`;

/** FOR UPDATE waits for a worker that is about to finish a key: after it, the key is free or it is not. */
const BLOCKED = prepared(`
  SELECT topic, key FROM parked WHERE (topic, key) IN (SELECT * FROM unnest($1::text[], $2::text[])) FOR UPDATE`);

const PARK = prepared(`
  INSERT INTO parked (topic, key, source, seq, event_id, event_type, value, headers, state, awaits, attempts, next_at, reason, last_error, last_failed_at, awaits_since)
  SELECT topic, key, source, seq, event_id, event_type, value, headers, state, awaits, attempts,
         clock_timestamp() + after_ms * interval '1 millisecond', reason, last_error, CASE WHEN last_error <> '' THEN clock_timestamp() END,
         CASE WHEN state = 'awaiting' THEN clock_timestamp() END
    FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::text[], $6::text[], $7::bytea[], $8::text[], $9::text[], $10::text[], $11::int8[], $12::int8[], $13::text[], $14::text[])
      WITH ORDINALITY AS t(topic, key, source, seq, event_id, event_type, value, headers, state, awaits, attempts, after_ms, reason, last_error, place)
   ORDER BY place
  ON CONFLICT ON CONSTRAINT parked_once DO NOTHING`);

const HEADS_DUE = prepared(`
  SELECT ${COLUMNS}, source, seq, value, headers,
         coalesce(extract(epoch FROM clock_timestamp() - awaits_since) * 1000, 0)::float8 AS "waitedMs"
    FROM parked p
   WHERE state <> 'dead' AND next_at <= clock_timestamp()
     AND NOT EXISTS (SELECT 1 FROM parked b WHERE b.topic = p.topic AND b.key = p.key AND b.parked_id < p.parked_id)
   ORDER BY next_at LIMIT $1 FOR UPDATE SKIP LOCKED`);

interface ParkedRow extends Omit<Parked, 'attempts'> {
  attempts: number;
  value: Buffer | null;
  headers: string;
}

function recordOf(row: ParkedRow): DeliveredRecord {
  return {
    topic: row.topic,
    key: row.key,
    value: row.value,
    headers: JSON.parse(row.headers) as Record<string, string>,
    partition: -1,
    offset: -1n,
    publishedAtMs: 0,
  };
}

/** Tells the records whose key has a message of its topic set aside: they queue up behind it. */
export async function blockedAmong(
  tx: Tx,
  records: readonly DeliveredRecord[],
): Promise<(record: DeliveredRecord) => boolean> {
  const nameOf = ({ topic, key }: { topic: string; key: string }): string => `${topic}\n${key}`;
  const rows = await tx.query<{ topic: string; key: string }>(BLOCKED, [
    textArray(records.map((record) => record.topic)),
    textArray(records.map((record) => record.key)),
  ]);
  const blocked = new Set(rows.map(nameOf));
  return (record) => blocked.has(nameOf(record));
}

/** Sets messages aside, in the order given. A message that stands there already is left as it is. */
export async function park(tx: Tx, orders: readonly ParkOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const placed = orders.map((order) => ({ order, place: safePlace(order.record) }));
  await tx.query(PARK, [
    textArray(orders.map(({ record }) => record.topic)),
    textArray(orders.map(({ record }) => record.key)),
    textArray(placed.map(({ place }) => place.source)),
    bigintArray(placed.map(({ place }) => place.seq)),
    textArray(orders.map(({ record }) => record.headers['ce_id'] ?? '')),
    textArray(orders.map(({ record }) => record.headers['ce_type'] ?? '')),
    byteaArray(orders.map(({ record }) => record.value)),
    textArray(orders.map(({ record }) => JSON.stringify(record.headers))),
    textArray(orders.map(({ state }) => state)),
    textArray(orders.map(({ awaits }) => awaits)),
    bigintArray(orders.map(({ attempts }) => attempts ?? 0)),
    bigintArray(orders.map(({ afterMs }) => Math.round(afterMs ?? 0))),
    textArray(orders.map(({ reason }) => reason)),
    textArray(orders.map(({ error }) => (error ?? '').slice(0, 2000))),
  ]);
}

/** A record without a place is set aside all the same; its offset tells it from others. */
function safePlace(record: DeliveredRecord): { source: string; seq: number | bigint } {
  try {
    return placeOf(record);
  } catch {
    return { source: `partition ${record.partition}`, seq: record.offset };
  }
}

/** The first messages of their keys whose time has come, locked to the end of the transaction. */
export async function headsDue(tx: Tx, limit: number): Promise<ParkedRecord[]> {
  const rows = await tx.query<ParkedRow & { waitedMs: number }>(HEADS_DUE, [limit]);
  return rows.map((row) => ({ ...row, record: recordOf(row) }));
}

export async function removeParked(tx: Tx, parkedIds: readonly string[]): Promise<void> {
  await tx.query('DELETE FROM parked WHERE parked_id = ANY($1::int8[])', [
    bigintArray(parkedIds.map((id) => BigInt(id))),
  ]);
}

export async function rescheduleParked(
  tx: Tx,
  parkedId: string,
  change: {
    state: ParkedState;
    attempts: number;
    afterMs: number;
    reason: string;
    error: string;
    awaits?: string | undefined;
  },
): Promise<void> {
  await tx.query(
    `UPDATE parked SET state = $2, attempts = $3, next_at = clock_timestamp() + $4 * interval '1 millisecond', reason = $5,
            last_error = $6, awaits = $7, last_failed_at = clock_timestamp(),
            awaits_since = CASE WHEN $2 = 'awaiting' THEN coalesce(awaits_since, clock_timestamp()) END WHERE parked_id = $1`,
    [
      parkedId,
      change.state,
      change.attempts,
      Math.round(change.afterMs),
      change.reason,
      change.error.slice(0, 2000),
      change.awaits ?? null,
    ],
  );
}

/** A fact arrived for these keys: whoever awaits one looks again now. */
export async function wakeAwaiting(on: Queryable, keys: readonly string[]): Promise<void> {
  await on.query(
    `UPDATE parked SET next_at = clock_timestamp() WHERE state = 'awaiting' AND key = ANY($1::text[]) AND next_at > clock_timestamp()`,
    [textArray(keys)],
  );
}

/** What is set aside in this service, for people: oldest first. */
export class ParkedMessages {
  constructor(private readonly db: Database) {}

  async list(filter: { state?: ParkedState | undefined; limit?: number } = {}): Promise<Parked[]> {
    return this.db.query<Parked & Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM parked WHERE $1::text IS NULL OR state = $1 ORDER BY parked_id LIMIT $2`,
      [filter.state ?? null, filter.limit ?? 100],
    );
  }

  async find(
    parkedId: string,
  ): Promise<(Parked & { headers: Record<string, string>; valueBase64: string }) | undefined> {
    const [row] = await this.db.query<ParkedRow & Record<string, unknown>>(
      `SELECT ${COLUMNS}, value, headers FROM parked WHERE parked_id = $1`,
      [parkedId],
    );
    if (row === undefined) return undefined;
    const { value, headers, ...parked } = row;
    return {
      ...parked,
      headers: JSON.parse(headers) as Record<string, string>,
      valueBase64: value?.toString('base64') ?? '',
    };
  }

  async counts(): Promise<Record<string, number>> {
    const rows = await this.db.query<{ state: string; count: number }>(
      'SELECT state, count(*)::int AS count FROM parked GROUP BY state',
    );
    return Object.fromEntries(rows.map((row) => [row.state, row.count]));
  }

  /** Hands a dead message in again, at the head of its key. False when it is not dead any more: somebody was faster. */
  async replay(parkedId: string, actor: string, reason: string): Promise<boolean> {
    return this.decide(
      'replay',
      parkedId,
      actor,
      reason,
      `UPDATE parked SET state = 'retry', attempts = 0, next_at = clock_timestamp() WHERE parked_id = $1 AND state = 'dead' RETURNING event_id`,
    );
  }

  /** Gives a dead message up, with a name and a reason; what queued behind it goes on. */
  async discard(parkedId: string, actor: string, reason: string): Promise<boolean> {
    return this.decide(
      'discard',
      parkedId,
      actor,
      reason,
      `DELETE FROM parked WHERE parked_id = $1 AND state = 'dead' RETURNING event_id`,
    );
  }

  private async decide(action: string, parkedId: string, actor: string, reason: string, sql: string): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [row] = await tx.query<{ event_id: string }>(sql, [parkedId]);
      if (row === undefined) return false;
      await tx.query(
        'INSERT INTO parked_decisions (parked_id, event_id, action, actor, reason) VALUES ($1, $2, $3, $4, $5)',
        [parkedId, row.event_id, action, actor, reason],
      );
      return true;
    });
  }
}

/** A dead message as ordinary Kafka tools see it on the dead-letter topic: the bytes untouched, the reason in headers. */
export function deadLetterOf(record: DeliveredRecord, consumer: string, reason: string, error: string): BusRecord {
  return {
    topic: `${record.topic}.dlq`,
    key: record.key,
    value: record.value,
    headers: {
      ...record.headers,
      rh_dlq_consumer: consumer,
      rh_dlq_reason: reason,
      rh_dlq_error: error.replace(/[\r\n]+/g, ' ').slice(0, 500),
    },
  };
}
