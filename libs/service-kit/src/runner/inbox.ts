import { bigintArray, prepared, uuidArray, type Tx } from '@railhead/database';
import type { DeliveredRecord } from '@railhead/bus';
import { Failure } from '../runtime/failure.js';
import { guardIsOff } from '../runtime/crash.js';
import { SEQ_HEADER } from './outbox.js';
import { orTooEarly, streamId } from './stream-id.js';

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

/**
 * Locks the streams in one order everywhere and moves them forward; says where each one stood before. MERGE and not
 * ON CONFLICT, which writes a third more to the log; two that begin a stream at once then violate its key.
 */
const CLAIM = prepared(`
  MERGE INTO inbox AS i
  USING (SELECT * FROM unnest($1::uuid[], $2::int8[]) AS t(stream, last_seq) ORDER BY stream) AS t ON i.stream = t.stream
  WHEN MATCHED THEN UPDATE SET last_seq = greatest(i.last_seq, t.last_seq)
  WHEN NOT MATCHED THEN INSERT (stream, last_seq) VALUES (t.stream, t.last_seq)
  RETURNING i.stream, old.last_seq AS before`);

/**
 * Leaves out what was taken over already: the records whose number is not above the stream's last one, and repeats within
 * the batch. The rest is marked as taken over in this transaction, and the streams stay locked to its end.
 */
export async function claimNew(tx: Tx, records: readonly DeliveredRecord[]): Promise<DeliveredRecord[]> {
  const streams = new Map<string, { to: number; before: number }>();
  const places = records.map((record) => {
    const { source, seq } = placeOf(record);
    const id = streamId(record.topic, source, record.key);
    const stream = streams.get(id);
    if (stream === undefined) streams.set(id, { to: seq, before: 0 });
    else stream.to = Math.max(stream.to, seq);
    return { record, id, seq };
  });
  const rows = await orTooEarly(
    tx.query<{ stream: string; before: string | null }>(CLAIM, [
      uuidArray([...streams.keys()]),
      bigintArray([...streams.values()].map(({ to }) => to)),
    ]),
  );
  if (guardIsOff('inbox')) return [...records];
  for (const row of rows) streams.get(row.stream)!.before = Number(row.before ?? 0);
  return places
    .filter(({ id, seq }) => {
      const stream = streams.get(id)!;
      if (seq <= stream.before) return false;
      stream.before = seq; // a repeat further on in the batch is old by then
      return true;
    })
    .map(({ record }) => record);
}
