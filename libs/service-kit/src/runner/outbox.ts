import { isTransactional, partitionOf, type Bus, type BusRecord } from '@railhead/bus';
import { bigintArray, byteaArray, intArray, prepared, textArray, type Tx } from '@railhead/database';
import type { Event } from '@railhead/contracts';
import type { Announcement } from '../events/announcement.js';
import type { EventCodec } from '../events/event-codec.js';
import { childTraceparent } from '../events/tracing.js';
import type { Clock } from '../runtime/clock.js';
import { Failure } from '../runtime/failure.js';
import { uuidv7 } from '../runtime/ids.js';

export const BUCKETS = 64;
/** Below what a Kafka topic takes (1 MiB): a larger event must fail where it is made, it would block the relay for ever. */
const VALUE_BYTES_MAX = 900_000;
/** Number of an event in its stream: one writer, one topic, one key; 1, 2, 3 … without gaps. */
export const SEQ_HEADER = 'rh_seq';

/** Keys in one order everywhere: two transactions that write about the same keys must not wait for each other in a circle. */
const ADVANCE_HEADS = prepared(`
  INSERT INTO stream_head AS h (topic, key, seq)
  SELECT * FROM unnest($1::text[], $2::text[], $3::int8[]) AS t(topic, key, seq) ORDER BY key, topic
  ON CONFLICT (key, topic) DO UPDATE SET seq = h.seq + excluded.seq
  RETURNING topic, key, seq`);

const INSERT = prepared(`
  INSERT INTO outbox (bucket, topic, key, value, headers)
  SELECT bucket, topic, key, value, headers
    FROM unnest($1::int[], $2::text[], $3::text[], $4::bytea[], $5::text[]) WITH ORDINALITY AS t(bucket, topic, key, value, headers, place)
   ORDER BY place`);

/**
 * Stores events in the transaction of the change they tell about. On a bus that lives in the same database they go
 * straight into its log; on Kafka into the outbox table, from which the relay publishes them.
 */
export class Outbox {
  constructor(
    private readonly source: string,
    private readonly codec: EventCodec,
    private readonly bus: Bus,
    private readonly clock: Clock,
    private readonly onStored: () => void,
  ) {}

  /** Returns the records as stored, to be handed to {@link committed} after the commit. */
  async append(tx: Tx, announcements: readonly Announcement[]): Promise<readonly BusRecord[]> {
    if (announcements.length === 0) return [];
    return this.store(
      tx,
      await this.numbered(
        tx,
        announcements.map((one) => this.recordOf(one)),
      ),
    );
  }

  /** Stores records that are complete already, e.g. a dead message on its way to the dead-letter topic. */
  async appendRaw(tx: Tx, records: readonly BusRecord[]): Promise<readonly BusRecord[]> {
    return records.length === 0 ? [] : this.store(tx, records);
  }

  /** To be called after the commit: wakes whoever publishes or reads. */
  committed(records: readonly BusRecord[]): void {
    if (records.length === 0) return;
    if (isTransactional(this.bus)) this.bus.announce(records);
    else this.onStored();
  }

  private recordOf({ definition, subject, data, cause, correlationId }: Announcement): BusRecord {
    const event: Event = {
      id: uuidv7(),
      type: definition.type,
      source: this.source,
      subject,
      time: this.clock.now().toISOString(),
      correlationId: cause?.correlationId ?? correlationId ?? uuidv7(),
      causationId: cause?.id,
      traceparent: childTraceparent(cause?.traceparent),
      data,
    };
    const record = this.codec.encode(event, definition);
    const bytes = record.value?.length ?? 0;
    if (bytes > VALUE_BYTES_MAX && !isTransactional(this.bus))
      throw Failure.permanent('CONTRACT_VIOLATION', `${event.type} is too large for the bus`, { context: { bytes } });
    return record;
  }

  private async numbered(tx: Tx, records: readonly BusRecord[]): Promise<BusRecord[]> {
    const counts = new Map<string, { topic: string; key: string; count: number; next: number }>();
    for (const { topic, key } of records) {
      const stream = counts.get(`${topic}\n${key}`);
      if (stream === undefined) counts.set(`${topic}\n${key}`, { topic, key, count: 1, next: 0 });
      else stream.count += 1;
    }
    const streams = [...counts.values()];
    const heads = await tx.query<{ topic: string; key: string; seq: string }>(ADVANCE_HEADS, [
      textArray(streams.map((stream) => stream.topic)),
      textArray(streams.map((stream) => stream.key)),
      bigintArray(streams.map((stream) => stream.count)),
    ]);
    for (const head of heads) {
      const stream = counts.get(`${head.topic}\n${head.key}`)!;
      stream.next = Number(head.seq) - stream.count + 1;
    }
    return records.map((record) => {
      const stream = counts.get(`${record.topic}\n${record.key}`)!;
      return { ...record, headers: { ...record.headers, [SEQ_HEADER]: String(stream.next++) } };
    });
  }

  private async store(tx: Tx, records: readonly BusRecord[]): Promise<readonly BusRecord[]> {
    if (isTransactional(this.bus)) {
      await this.bus.appendWithin(tx, records);
      return records;
    }
    await tx.query(INSERT, [
      intArray(records.map((record) => partitionOf(record.key, BUCKETS))),
      textArray(records.map((record) => record.topic)),
      textArray(records.map((record) => record.key)),
      byteaArray(records.map((record) => record.value)),
      textArray(records.map((record) => JSON.stringify(record.headers))),
    ]);
    return records;
  }
}
