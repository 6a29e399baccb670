import { Injectable } from '@nestjs/common';
import { byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';

/** An order with this content, from this document. */
export interface Capture {
  readonly orderId: string;
  /** In hex. */
  readonly contentHash: string;
  readonly documentId: string;
}

/** What became of some captures. */
export interface Captured {
  /** The keys ({@link captureKey}) of those that are new: never captured here with this content. */
  readonly fresh: Set<string>;
  /** Changes of this partner are held that came before their orders; of these orders, or of others. */
  readonly changesWait: boolean;
}

/** Asks on the way, once for all of them, whether changes of this partner wait for their orders: hardly ever any do. */
const CAPTURE = prepared(`
  INSERT INTO captures (order_id, content_hash, document_id)
  SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS r(o, h, d) ORDER BY o, h
  ON CONFLICT ON CONSTRAINT captures_once DO NOTHING RETURNING order_id AS "orderId", encode(content_hash, 'hex') AS "contentHash",
    EXISTS (SELECT 1 FROM messages WHERE partner = $4 AND state = 'held' AND document_type = '860') AS "changesWait"`);
const ORIGINALS = prepared(`
  SELECT order_id AS "orderId", encode(content_hash, 'hex') AS "contentHash", document_id AS "documentId"
    FROM captures JOIN unnest($1::uuid[], $2::bytea[]) AS r(o, h) ON order_id = o AND content_hash = h`);

/** Orders that were captured here, by what was ordered. */
@Injectable()
export class CaptureStore {
  /** @param partner - Whose they are. */
  async capture(captures: readonly Capture[], partner: string, tx: Tx): Promise<Captured> {
    if (captures.length === 0) return { fresh: new Set(), changesWait: false };
    const rows = await tx.query<Capture & { changesWait: boolean } & Record<string, unknown>>(CAPTURE, [
      ...keysOf(captures),
      textArray(captures.map(({ documentId }) => documentId)),
      partner,
    ]);
    return { fresh: new Set(rows.map(captureKey)), changesWait: rows[0]?.changesWait === true };
  }

  /** The documents that orders were first captured from with this content, by {@link captureKey}. */
  async originals(captures: readonly Capture[], tx: Tx): Promise<ReadonlyMap<string, string>> {
    if (captures.length === 0) return new Map();
    const rows = await tx.query<Capture & Record<string, unknown>>(ORIGINALS, keysOf(captures));
    return new Map(rows.map((row) => [captureKey(row), row.documentId]));
  }
}

/** What tells one capture from another. */
export function captureKey({ orderId, contentHash }: Pick<Capture, 'orderId' | 'contentHash'>): string {
  return `${orderId}:${contentHash}`;
}

function keysOf(captures: readonly Capture[]): unknown[] {
  return [
    uuidArray(captures.map(({ orderId }) => orderId)),
    byteaArray(captures.map(({ contentHash }) => Buffer.from(contentHash, 'hex'))),
  ];
}
