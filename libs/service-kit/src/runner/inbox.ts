import { bigintArray, prepared, textArray, type Tx } from '@railhead/database';
import type { DeliveredRecord } from '@railhead/bus';
import { Failure } from '../runtime/failure.js';
import { guardIsOff } from '../runtime/crash.js';
import { SEQ_HEADER } from './outbox.js';

/** Which stream a record belongs to and its number there. */
export interface StreamPlace {
  readonly source: string;
  readonly seq: number;
}

/** @throws Failure CONTRACT_VIOLATION for a record that no outbox of ours wrote. */
export function placeOf(record: DeliveredRecord): StreamPlace {
  const source = record.headers['ce_source'];
  const seq = Number(record.headers[SEQ_HEADER]);
  if (source === undefined || !Number.isSafeInteger(seq) || seq < 1) {
    throw Failure.permanent(
      'CONTRACT_VIOLATION',
      `no source or stream number in the headers (ce_source, ${SEQ_HEADER})`,
    );
  }
  return { source, seq };
}

/** Locks the streams in one order everywhere and moves them forward; says where each one stood before. */
const CLAIM = prepared(`
  INSERT INTO inbox AS i (topic, source, key, last_seq)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[]) AS t(topic, source, key, last_seq) ORDER BY key, topic, source
  ON CONFLICT (key, topic, source) DO UPDATE SET last_seq = greatest(i.last_seq, excluded.last_seq)
  RETURNING topic, source, key, old.last_seq AS before`);

/**
 * Leaves out what was taken over already: the records whose number is not above the stream's last one, and repeats within
 * the batch. The rest is marked as taken over in this transaction, and the streams stay locked to its end.
 */
export async function claimNew(tx: Tx, records: readonly DeliveredRecord[]): Promise<DeliveredRecord[]> {
  const streams = new Map<string, { topic: string; source: string; key: string; to: number; before: number }>();
  const places = records.map((record) => {
    const { source, seq } = placeOf(record);
    const name = `${record.topic}\n${source}\n${record.key}`;
    const stream = streams.get(name);
    if (stream === undefined) streams.set(name, { topic: record.topic, source, key: record.key, to: seq, before: 0 });
    else stream.to = Math.max(stream.to, seq);
    return { record, name, seq };
  });
  const wanted = [...streams.values()];
  const rows = await tx.query<{ topic: string; source: string; key: string; before: string | null }>(CLAIM, [
    textArray(wanted.map((stream) => stream.topic)),
    textArray(wanted.map((stream) => stream.source)),
    textArray(wanted.map((stream) => stream.key)),
    bigintArray(wanted.map((stream) => stream.to)),
  ]);
  if (guardIsOff('inbox')) return [...records];
  for (const row of rows) streams.get(`${row.topic}\n${row.source}\n${row.key}`)!.before = Number(row.before ?? 0);
  return places
    .filter(({ name, seq }) => {
      const stream = streams.get(name)!;
      if (seq <= stream.before) return false;
      stream.before = seq; // a repeat further on in the batch is old by then
      return true;
    })
    .map(({ record }) => record);
}
