import { Injectable } from '@nestjs/common';
import { byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';

/** An order with this content, from this document. */
export interface Capture {
  readonly orderId: string;
  /** In hex. */
  readonly contentHash: string;
  readonly documentId: string;
}

const CAPTURE = prepared(`
  INSERT INTO captures (order_id, content_hash, document_id)
  SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS r(o, h, d) ORDER BY o, h
  ON CONFLICT ON CONSTRAINT captures_once DO NOTHING RETURNING order_id AS "orderId", encode(content_hash, 'hex') AS "contentHash"`);
const ORIGINALS = prepared(`
  SELECT order_id AS "orderId", encode(content_hash, 'hex') AS "contentHash", document_id AS "documentId"
    FROM captures JOIN unnest($1::uuid[], $2::bytea[]) AS r(o, h) ON order_id = o AND content_hash = h`);

/** Orders that were captured here, by what was ordered. */
@Injectable()
export class CaptureStore {
  /** @returns the keys ({@link captureKey}) of those that are new: never captured here with this content. */
  async capture(captures: readonly Capture[], tx: Tx): Promise<Set<string>> {
    if (captures.length === 0) return new Set();
    const rows = await tx.query<Capture & Record<string, unknown>>(CAPTURE, [
      ...keysOf(captures),
      textArray(captures.map(({ documentId }) => documentId)),
    ]);
    return new Set(rows.map(captureKey));
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
