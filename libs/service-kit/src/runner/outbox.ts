import { isTransactional, packHeaders, partitionOf, type Bus, type BusRecord } from '@railhead/bus';
import { bigintArray, byteaArray, intArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { Event } from '@railhead/contracts';
import type { Announcement } from '../events/announcement.js';
import type { EventCodec } from '../events/event-codec.js';
import { childTraceparent } from '../events/tracing.js';
import type { Clock } from '../runtime/clock.js';
import { Failure } from '../runtime/failure.js';
import { uuidv7 } from '../runtime/ids.js';
import { orTooEarly, streamId } from './stream-id.js';

export const BUCKETS = 64;
/** Below what a Kafka topic takes (1 MiB): a larger event must fail where it is made, it would block the relay for ever. */
const VALUE_BYTES_MAX = 900_000;
/** Number of an event in its stream: one writer, one topic, one key; 1, 2, 3 … without gaps. */
export const SEQ_HEADER = 'rh_seq';

/** Streams in one order everywhere: two transactions that write about the same keys must not wait for each other in a circle. */
const STREAMS = 'SELECT * FROM unnest($1::uuid[], $2::int8[]) AS t(stream, seq) ORDER BY stream';

const ADVANCE = {
  /** Whoever begins a stream second waits for the first. */
  shared: prepared(`
    INSERT INTO stream_head AS h (stream, seq) ${STREAMS}
    ON CONFLICT (stream) DO UPDATE SET seq = h.seq + excluded.seq
    RETURNING stream, seq`),
  /** Writes a third less to the log; whoever begins a stream second violates its key. */
  own: prepared(`
    MERGE INTO stream_head AS h USING (${STREAMS}) AS t ON h.stream = t.stream
    WHEN MATCHED THEN UPDATE SET seq = h.seq + t.seq
    WHEN NOT MATCHED THEN INSERT (stream, seq) VALUES (t.stream, t.seq)
    RETURNING h.stream, h.seq`),
} as const;

/** Whether others may write about the same keys at the same time (a door), or hardly ever (a reader of partitions). */
export type Keys = keyof typeof ADVANCE;

const INSERT = prepared(`
  INSERT INTO outbox (bucket, topic, key, value, headers)
  SELECT bucket, topic, key, value, headers
    FROM unnest($1::int[], $2::text[], $3::text[], $4::bytea[], $5::bytea[]) WITH ORDINALITY AS t(bucket, topic, key, value, headers, place)
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
  async append(tx: Tx, announcements: readonly Announcement[], keys: Keys = 'shared'): Promise<readonly BusRecord[]> {
    if (announcements.length === 0) return [];
    return this.store(
      tx,
      await this.numbered(
        tx,
        announcements.map((one) => this.recordOf(one)),
        keys,
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

  private async numbered(tx: Tx, records: readonly BusRecord[], keys: Keys): Promise<BusRecord[]> {
    const streams = new Map<string, { count: number; next: number }>();
    const ids = records.map(({ topic, key }) => {
      const id = streamId(topic, key);
      const stream = streams.get(id);
      if (stream === undefined) streams.set(id, { count: 1, next: 0 });
      else stream.count += 1;
      return id;
    });
    const heads = await orTooEarly(
      tx.query<{ stream: string; seq: string }>(ADVANCE[keys], [
        uuidArray([...streams.keys()]),
        bigintArray([...streams.values()].map(({ count }) => count)),
      ]),
    );
    for (const head of heads) {
      const stream = streams.get(head.stream)!;
      stream.next = Number(head.seq) - stream.count + 1;
    }
    return records.map((record, at) => {
      const stream = streams.get(ids[at]!)!;
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
      byteaArray(records.map((record) => packHeaders(record.headers, record))),
    ]);
    return records;
  }
}
