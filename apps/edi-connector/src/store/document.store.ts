import { Injectable } from '@nestjs/common';
import { byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';

/** A document as it came. */
export interface RawDocument {
  readonly documentId: string;
  readonly partner: string;
  readonly channel: 'folder' | 'http';
  /** What tells a file from every other, also after a crash. */
  readonly fileIdentity?: string | undefined;
  readonly sha256: Buffer;
  readonly bytes: Buffer;
  readonly receivedAt: Date;
}

export interface InterchangeKey {
  readonly sender: string;
  readonly receiver: string;
  readonly controlNumber: string;
}

/** An interchange that was answered before. */
export interface AnsweredInterchange {
  readonly sha256: Buffer;
  readonly documentId: string;
  readonly captured: boolean;
  readonly answer: Buffer;
  readonly summary: string;
}

export interface Capture {
  readonly orderId: string;
  readonly contentHash: string;
  readonly documentId: string;
}

const KEEP = prepared(`
  INSERT INTO documents (document_id, partner, channel, file_identity, sha256, bytes, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT ON CONSTRAINT documents_file_once DO NOTHING RETURNING document_id`);

// The row is made first, so that of two deliveries at once the second waits here for the answer of the first.
const CLAIM = prepared(`
  INSERT INTO interchanges (sender, receiver, control_number, sha256, document_id, captured, answer, summary)
  VALUES ($1, $2, $3, $4, $5, false, '', '') ON CONFLICT ON CONSTRAINT interchanges_once DO NOTHING RETURNING 1 AS claimed`);
const FIND = prepared(`
  SELECT sha256, document_id AS "documentId", captured, answer, summary FROM interchanges
   WHERE sender = $1 AND receiver = $2 AND control_number = $3 FOR UPDATE`);
const ANSWER = prepared(`
  UPDATE interchanges SET sha256 = $4, document_id = $5, captured = $6, answer = $7, summary = $8
   WHERE sender = $1 AND receiver = $2 AND control_number = $3`);

const CAPTURE = prepared(`
  INSERT INTO captures (order_id, content_hash, document_id)
  SELECT * FROM unnest($1::uuid[], $2::bytea[], $3::text[]) AS r(o, h, d) ORDER BY o, h
  ON CONFLICT ON CONSTRAINT captures_once DO NOTHING RETURNING order_id AS "orderId", encode(content_hash, 'hex') AS "contentHash"`);

/** Documents, the interchanges in them, and the orders that were captured from those. */
@Injectable()
export class DocumentStore {
  /** @returns false when this very file was taken before. */
  async keep(document: RawDocument, tx: Tx): Promise<boolean> {
    const { documentId, partner, channel, fileIdentity, sha256, bytes, receivedAt } = document;
    const rows = await tx.query(KEEP, [documentId, partner, channel, fileIdentity ?? null, sha256, bytes, receivedAt]);
    return rows.length > 0;
  }

  async settle(documentId: string, outcome: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE documents SET outcome = $2 WHERE document_id = $1', [documentId, outcome]);
  }

  /** @returns the earlier answer to an interchange of this number, or `undefined` when it is the first. */
  async claim(
    key: InterchangeKey,
    sha256: Buffer,
    documentId: string,
    tx: Tx,
  ): Promise<AnsweredInterchange | undefined> {
    const place = [key.sender, key.receiver, key.controlNumber];
    const claimed = await tx.query(CLAIM, [...place, sha256, documentId]);
    if (claimed.length > 0) return undefined;
    const [found] = await tx.query<AnsweredInterchange & Record<string, unknown>>(FIND, place);
    return found;
  }

  async answer(key: InterchangeKey, given: AnsweredInterchange, tx: Tx): Promise<void> {
    const { sha256, documentId, captured, answer, summary } = given;
    await tx.query(ANSWER, [
      key.sender,
      key.receiver,
      key.controlNumber,
      sha256,
      documentId,
      captured,
      answer,
      summary,
    ]);
  }

  /** @returns those that are new: never captured here with this content. */
  async capture(captures: readonly Capture[], tx: Tx): Promise<ReadonlySet<string>> {
    if (captures.length === 0) return new Set();
    const rows = await tx.query<{ orderId: string; contentHash: string }>(CAPTURE, [
      uuidArray(captures.map(({ orderId }) => orderId)),
      byteaArray(captures.map(({ contentHash }) => Buffer.from(contentHash, 'hex'))),
      textArray(captures.map(({ documentId }) => documentId)),
    ]);
    return new Set(rows.map(({ orderId, contentHash }) => `${orderId}:${contentHash}`));
  }

  /** The document an order was first captured from with this content. */
  async originalOf(orderId: string, contentHash: string, tx: Tx): Promise<string | undefined> {
    const [row] = await tx.query<{ documentId: string }>(
      'SELECT document_id AS "documentId" FROM captures WHERE order_id = $1 AND content_hash = $2',
      [orderId, Buffer.from(contentHash, 'hex')],
    );
    return row?.documentId;
  }
}
