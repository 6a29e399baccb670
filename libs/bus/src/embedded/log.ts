import {
  bigintArray,
  byteaArray,
  intArray,
  prepared,
  textArray,
  type Database,
  type Queryable,
} from '@railhead/database';
import type { BusRecord, DeliveredRecord, PartitionLag, TopicSpec } from '../bus.js';
import { packHeaders, unpackHeaders } from '../headers.js';
import { partitionOf } from '../partition.js';

interface Topic {
  readonly topicId: number;
  readonly name: string;
  readonly partitions: number;
}

/** One partition of one topic. */
export interface Slot {
  readonly topicId: number;
  readonly topic: string;
  readonly partition: number;
}

/** A slot and the offset a reader has come to by itself. */
export interface Cursor {
  readonly slot: Slot;
  readonly from: bigint;
}

/** What was found in a slot: wanted records, and the offset up to which nothing else is wanted. */
export interface Fetched {
  readonly slot: Slot;
  readonly records: readonly DeliveredRecord[];
  upTo: bigint;
}

interface FetchedRow extends Record<string, unknown> {
  readonly place: number;
  readonly end: string;
  readonly offset: string | null;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: Buffer;
  readonly type: string;
  readonly at: string;
}

function recordOf(slot: Slot, row: FetchedRow, offset: string): DeliveredRecord {
  return {
    topic: slot.topic,
    partition: slot.partition,
    offset: BigInt(offset),
    key: row.key,
    value: row.value,
    headers: unpackHeaders(row.headers, row),
    publishedAtMs: Number(row.at),
  };
}

function typeOf(record: BusRecord): string {
  return record.headers['ce_type'] ?? '';
}

/** Takes the row locks in one order everywhere, so that two writers never wait for each other in a circle. */
const APPEND = prepared(`
  WITH input AS (
    SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::bytea[], $6::bytea[], $7::text[])
      AS t(topic_id, partition, place, key, value, headers, type)
  ), wanted AS (
    SELECT topic_id, partition, count(*) AS records FROM input GROUP BY 1, 2
  ), locked AS MATERIALIZED (
    SELECT p.topic_id, p.partition, w.records
      FROM bus.partitions p JOIN wanted w USING (topic_id, partition)
     ORDER BY p.topic_id, p.partition FOR UPDATE OF p
  ), moved AS (
    UPDATE bus.partitions p SET next_offset = p.next_offset + l.records
      FROM locked l WHERE p.topic_id = l.topic_id AND p.partition = l.partition
    RETURNING p.topic_id, p.partition, old.next_offset AS base
  )
  INSERT INTO bus.log (topic_id, partition, "offset", key, value, headers, type)
  SELECT i.topic_id, i.partition, m.base + i.place, i.key, i.value, i.headers, i.type
    FROM input i JOIN moved m USING (topic_id, partition)`);

/** One row a slot at least, with the slot's end as of the same snapshot: what was not returned up to there is not wanted. */
const FETCH = prepared(`
  SELECT s.place::int, n.next_offset AS "end", l."offset", l.key, l.value, l.headers, l.type, extract(epoch FROM l.published_at) * 1000 AS at
    FROM unnest($1::int[], $2::int[], $3::int8[]) WITH ORDINALITY AS s(topic_id, partition, cursor, place)
    JOIN bus.partitions n ON n.topic_id = s.topic_id AND n.partition = s.partition
    LEFT JOIN bus.positions p ON p.group_name = $4 AND p.topic_id = s.topic_id AND p.partition = s.partition
    LEFT JOIN LATERAL (
      SELECT * FROM bus.log l
       WHERE l.topic_id = s.topic_id AND l.partition = s.partition AND l."offset" >= greatest(p.committed, s.cursor)
         AND ($6::text[] IS NULL OR l.type = ANY($6))
       ORDER BY l."offset" LIMIT $5
    ) l ON true
   ORDER BY s.place, l."offset"`);

const COMMIT = prepared(`
  INSERT INTO bus.positions AS p (group_name, topic_id, partition, committed)
  SELECT $1, t, n, c FROM unnest($2::int[], $3::int[], $4::int8[]) AS r(t, n, c) ORDER BY t, n
  ON CONFLICT (group_name, topic_id, partition) DO UPDATE SET committed = greatest(p.committed, excluded.committed)`);

/** The tables of the embedded bus: topics, append, fetch, positions. */
export class Log {
  private readonly topics = new Map<string, Topic>();

  constructor(private readonly db: Database) {}

  async ensureTopics(specs: readonly TopicSpec[]): Promise<void> {
    for (const spec of specs) {
      await this.db.query(
        `INSERT INTO topics (name, partitions, compacted, retention_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (name) DO NOTHING`,
        [spec.name, spec.partitions, spec.compacted ?? false, spec.retentionMs ?? null],
      );
    }
    await this.db.query(
      `INSERT INTO partitions (topic_id, partition)
       SELECT topic_id, partition FROM topics, generate_series(0, partitions - 1) AS partition ON CONFLICT DO NOTHING`,
    );
  }

  /** @throws Error when the topic was never created. */
  async topic(name: string): Promise<Topic> {
    const known = this.topics.get(name);
    if (known !== undefined) return known;
    const [row] = await this.db.query<{ topic_id: number; partitions: number }>(
      'SELECT topic_id, partitions FROM topics WHERE name = $1',
      [name],
    );
    if (row === undefined) throw new Error(`topic ${name} does not exist: create it with ensureTopics`);
    const topic = { topicId: row.topic_id, name, partitions: row.partitions };
    this.topics.set(name, topic);
    return topic;
  }

  async slotsOf(topics: readonly string[]): Promise<Slot[]> {
    const found = await Promise.all(topics.map((name) => this.topic(name)));
    return found.flatMap((topic) =>
      Array.from({ length: topic.partitions }, (_, partition) => ({
        topicId: topic.topicId,
        topic: topic.name,
        partition,
      })),
    );
  }

  async append(on: Queryable, records: readonly BusRecord[]): Promise<void> {
    if (records.length === 0) return;
    const topics = new Map<string, Topic>();
    for (const { topic } of records) if (!topics.has(topic)) topics.set(topic, await this.topic(topic));
    const used = new Map<string, number>();
    const slots = records.map((record) => {
      const topic = topics.get(record.topic)!;
      const partition = partitionOf(record.key, topic.partitions);
      const slot = `${topic.topicId}/${partition}`;
      const place = used.get(slot) ?? 0;
      used.set(slot, place + 1);
      return { topicId: topic.topicId, partition, place };
    });
    await on.query(APPEND, [
      intArray(slots.map((slot) => slot.topicId)),
      intArray(slots.map((slot) => slot.partition)),
      intArray(slots.map((slot) => slot.place)),
      textArray(records.map((record) => record.key)),
      byteaArray(records.map((record) => record.value)),
      byteaArray(records.map((record) => packHeaders(record.headers, { key: record.key, type: typeOf(record) }))),
      textArray(records.map(typeOf)),
    ]);
  }

  /** What waits in the slots after the group's positions and the reader's own cursors, at most `limit` records each. */
  async fetch(
    group: string,
    slots: readonly Cursor[],
    limit: number,
    types: readonly string[] | undefined,
  ): Promise<Fetched[]> {
    const rows = await this.db.query<FetchedRow>(FETCH, [
      intArray(slots.map(({ slot }) => slot.topicId)),
      intArray(slots.map(({ slot }) => slot.partition)),
      bigintArray(slots.map(({ from }) => from)),
      group,
      limit,
      types === undefined ? null : textArray(types),
    ]);
    const fetched = slots.map(({ slot }): Fetched & { records: DeliveredRecord[] } => ({
      slot,
      records: [],
      upTo: 0n,
    }));
    for (const row of rows) {
      const one = fetched[row.place - 1]!;
      if (row.offset !== null) one.records.push(recordOf(one.slot, row, row.offset));
      // A full batch may have left wanted records behind it; a smaller one has seen everything up to the end.
      one.upTo = one.records.length === limit ? one.records.at(-1)!.offset + 1n : BigInt(row.end);
    }
    return fetched;
  }

  /** Moves a group's positions forward, never back. */
  async commit(group: string, positions: readonly { readonly slot: Slot; readonly upTo: bigint }[]): Promise<void> {
    await this.db.query(COMMIT, [
      group,
      intArray(positions.map(({ slot }) => slot.topicId)),
      intArray(positions.map(({ slot }) => slot.partition)),
      bigintArray(positions.map(({ upTo }) => upTo)),
    ]);
  }

  /** Gives a new group its first position at the end of the log. */
  async beginAtEnd(group: string, topics: readonly string[]): Promise<void> {
    await this.db.query(
      `INSERT INTO positions (group_name, topic_id, partition, committed)
       SELECT $1, topic_id, partition, next_offset FROM partitions JOIN topics USING (topic_id) WHERE name = ANY($2)
       ON CONFLICT DO NOTHING`,
      [group, topics],
    );
  }

  async lag(group: string, topics: readonly string[]): Promise<PartitionLag[]> {
    const rows = await this.db.query<{
      name: string;
      partition: number;
      committed: string | null;
      next_offset: string;
      low: string;
    }>(
      `SELECT t.name, n.partition, p.committed, n.next_offset,
              coalesce((SELECT l."offset" FROM log l WHERE l.topic_id = n.topic_id AND l.partition = n.partition ORDER BY l."offset" LIMIT 1), n.next_offset) AS low
         FROM topics t JOIN partitions n USING (topic_id)
         LEFT JOIN positions p ON p.group_name = $1 AND p.topic_id = n.topic_id AND p.partition = n.partition
        WHERE t.name = ANY($2) ORDER BY t.name, n.partition`,
      [group, topics],
    );
    return rows.map((row) => {
      const end = BigInt(row.next_offset);
      const committed = row.committed === null ? undefined : BigInt(row.committed);
      const from = committed ?? BigInt(row.low);
      return { group, topic: row.name, partition: row.partition, committed, end, lag: end > from ? end - from : 0n };
    });
  }

  /**
   * Removes what is older than its topic keeps, except what a group that is reading has not come to; of a compacted topic,
   * what a newer record of the same key replaced.
   */
  async retain(): Promise<void> {
    await this.db.query(
      `DELETE FROM log l USING topics t
        WHERE t.topic_id = l.topic_id AND t.retention_ms IS NOT NULL AND NOT t.compacted
          AND l.published_at < clock_timestamp() - t.retention_ms * interval '1 millisecond'
          AND NOT EXISTS (
            SELECT FROM leases r LEFT JOIN positions p USING (group_name, topic_id, partition)
             WHERE r.topic_id = l.topic_id AND r.partition = l.partition AND r.until > clock_timestamp()
               AND coalesce(p.committed, 0) <= l."offset")`,
    );
    await this.db.query(
      // Sorted once: to look for the newer record of each would read the whole partition for each.
      `DELETE FROM log l USING (
         SELECT topic_id, partition, "offset", lead(1) OVER (PARTITION BY topic_id, partition, key ORDER BY "offset") AS newer
           FROM log JOIN topics USING (topic_id) WHERE compacted) r
        WHERE r.newer = 1 AND l.topic_id = r.topic_id AND l.partition = r.partition AND l."offset" = r."offset"`,
    );
  }
}
