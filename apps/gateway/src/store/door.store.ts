import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';

/** A document as a door of the gateway got it. */
export interface KeptDocument {
  readonly documentId: string;
  readonly kind: 'order' | 'shipment' | 'payment';
  readonly callerId: string;
  readonly receivedAt: Date;
  readonly sha256: Buffer;
  readonly body: Buffer;
}

export interface StoredAnswer {
  readonly sha256: Buffer;
  readonly status: number;
  readonly answer: string;
}

/** What the doors of the gateway keep: raw documents, what they became, and what was answered. */
@Injectable()
export class DoorStore {
  async keep(document: KeptDocument, outcome: 'accepted' | 'duplicate' | 'rejected', tx: Tx): Promise<void> {
    const { documentId, kind, callerId, receivedAt, sha256, body } = document;
    await tx.query(
      'INSERT INTO documents (document_id, kind, caller_id, received_at, sha256, outcome, body) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [documentId, kind, callerId, receivedAt, sha256, outcome, body],
    );
  }

  /**
   * Takes an idempotency key for this transaction. Whoever comes second waits for the first to commit.
   * Returns what was answered before when the key is taken.
   */
  async takeKey(
    callerId: string,
    key: string,
    sha256: Buffer,
    usedAt: Date,
    tx: Tx,
  ): Promise<StoredAnswer | undefined> {
    const taken = await tx.query(
      `INSERT INTO idempotency_keys (caller_id, key, sha256, used_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT idempotency_keys_once DO NOTHING RETURNING key`,
      [callerId, key, sha256, usedAt],
    );
    if (taken.length > 0) return undefined;
    const [before] = await tx.query<StoredAnswer & { sha256: Buffer }>(
      'SELECT sha256, status, answer FROM idempotency_keys WHERE caller_id = $1 AND key = $2',
      [callerId, key],
    );
    return before;
  }

  async saveAnswer(callerId: string, key: string, status: number, answer: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE idempotency_keys SET status = $3, answer = $4 WHERE caller_id = $1 AND key = $2', [
      callerId,
      key,
      status,
      answer,
    ]);
  }

  /** The document that ordered the same before; undefined when this one is the first, which is remembered. */
  async captured(orderId: string, contentHash: string, documentId: string, tx: Tx): Promise<string | undefined> {
    const hash = Buffer.from(contentHash, 'hex');
    const first = await tx.query(
      `INSERT INTO captures (order_id, content_hash, document_id) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT captures_once DO NOTHING RETURNING document_id`,
      [orderId, hash, documentId],
    );
    if (first.length > 0) return undefined;
    const [before] = await tx.query<{ document_id: string }>(
      'SELECT document_id FROM captures WHERE order_id = $1 AND content_hash = $2',
      [orderId, hash],
    );
    return before!.document_id;
  }

  /** What was reported under this identity before; undefined when this is the first report, which is remembered. */
  async reported(
    report: { kind: 'shipment' | 'payment'; identity: string; contentHash: Buffer; documentId: string },
    tx: Tx,
  ): Promise<{ documentId: string; isSame: boolean } | undefined> {
    const { kind, identity, contentHash, documentId } = report;
    const first = await tx.query(
      `INSERT INTO reports (kind, identity, content_hash, document_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT ON CONSTRAINT reports_once DO NOTHING RETURNING identity`,
      [kind, identity, contentHash, documentId],
    );
    if (first.length > 0) return undefined;
    const [before] = await tx.query<{ document_id: string; content_hash: Buffer }>(
      'SELECT document_id, content_hash FROM reports WHERE kind = $1 AND identity = $2',
      [kind, identity],
    );
    return { documentId: before!.document_id, isSame: before!.content_hash.equals(contentHash) };
  }
}
