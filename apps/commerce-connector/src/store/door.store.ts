import { Injectable } from '@nestjs/common';
import type { DocumentIssue } from '@railhead/contracts';
import { prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { KnownOrder } from '../domain/judge-copy.js';

/** A document as it came. */
export interface RawDocument {
  readonly documentId: string;
  readonly shop: string;
  readonly topic: string;
  readonly reference?: string | undefined;
  readonly sha256: Buffer;
  readonly bytes: Buffer;
  readonly receivedAt: Date;
}

/** What became of a document. `noted`: it says nothing that another does not say better. */
export type Outcome = 'captured' | 'cancel-requested' | 'duplicate' | 'noted' | 'rejected';

/** A document that is kept: this one, or the same bytes from an earlier delivery. */
export interface KeptDocument {
  readonly documentId: string;
  readonly isNew: boolean;
  readonly outcome: Outcome | 'received';
  readonly orderId?: string | undefined;
  readonly issues: DocumentIssue[];
}

// Two deliveries of the same bytes at once: the second waits here until the first has committed.
const KEEP = prepared(`
  INSERT INTO documents AS d (document_id, shop, topic, reference, sha256, bytes, received_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT ON CONSTRAINT documents_once DO UPDATE SET times_seen = d.times_seen + 1
  RETURNING d.document_id, d.outcome, d.order_id, d.issues`);

const SETTLE = prepared('UPDATE documents SET outcome = $2, order_id = $3, issues = $4 WHERE document_id = $1');

const KNOWN = prepared(`
  SELECT order_id, revision, content_hash, cancelled, sent_by_shop, document_id FROM shop_orders WHERE shop = $1 AND shop_order_id = $2`);

// In one order everywhere, so that two of them never wait for each other.
const LOCK_IDS = prepared(`
  SELECT pg_advisory_xact_lock(hashtextextended(id, 2)) FROM (SELECT id FROM unnest($1::text[]) AS t(id) ORDER BY id) AS ids`);

const SAVE = prepared(`
  INSERT INTO shop_orders (shop, shop_order_id, order_id, revision, content_hash, cancelled, document_id)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (shop, shop_order_id) DO UPDATE
    SET revision = excluded.revision, content_hash = excluded.content_hash, cancelled = excluded.cancelled, document_id = excluded.document_id`);

/** Documents and what is known of the shops' orders. */
@Injectable()
export class DoorStore {
  async keep(document: RawDocument, tx: Tx): Promise<KeptDocument> {
    const { documentId, shop, topic, reference, sha256, bytes, receivedAt } = document;
    const [row] = await tx.query<{
      document_id: string;
      outcome: KeptDocument['outcome'];
      order_id: string | null;
      issues: string;
    }>(KEEP, [documentId, shop, topic, reference, sha256, bytes, receivedAt]);
    return {
      documentId: row!.document_id,
      isNew: row!.document_id === documentId,
      outcome: row!.outcome,
      orderId: row!.order_id ?? undefined,
      issues: JSON.parse(row!.issues) as DocumentIssue[],
    };
  }

  async settle(
    documentId: string,
    outcome: Outcome,
    orderId: string | undefined,
    issues: readonly DocumentIssue[],
    tx: Tx,
  ): Promise<void> {
    await tx.query(SETTLE, [documentId, outcome, orderId ?? null, JSON.stringify(issues)]);
  }

  /** Until the commit, no other copy of this shop's order is looked at. */
  async lockShopOrder(shop: string, shopOrderId: string, tx: Tx): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, [`${shop}|${shopOrderId}`]);
  }

  async find(shop: string, shopOrderId: string, tx: Tx): Promise<(KnownOrder & { documentId: string }) | undefined> {
    const [row] = await tx.query<{
      order_id: string | null;
      revision: Date;
      content_hash: string;
      cancelled: boolean;
      sent_by_shop: boolean;
      document_id: string;
    }>(KNOWN, [shop, shopOrderId]);
    if (row === undefined) return undefined;
    return {
      orderId: row.order_id ?? undefined,
      revision: row.revision,
      contentHash: row.content_hash,
      cancelled: row.cancelled,
      sentByShop: row.sent_by_shop,
      documentId: row.document_id,
    };
  }

  /** A newer copy that says the same was seen. */
  async seen(shop: string, shopOrderId: string, revision: Date, tx: Tx): Promise<void> {
    await tx.query('UPDATE shop_orders SET revision = greatest(revision, $3) WHERE shop = $1 AND shop_order_id = $2', [
      shop,
      shopOrderId,
      revision,
    ]);
  }

  /** It was told that the shop has sent of it. */
  async sent(shop: string, shopOrderId: string, tx: Tx): Promise<void> {
    await tx.query('UPDATE shop_orders SET sent_by_shop = true WHERE shop = $1 AND shop_order_id = $2', [
      shop,
      shopOrderId,
    ]);
  }

  /** Which of these orders of ours are orders of the shops already. Nobody else can take one of the ids until the commit. */
  async takenAmong(orderIds: readonly string[], tx: Tx): Promise<ReadonlySet<string>> {
    await tx.query(LOCK_IDS, [textArray(orderIds)]);
    const rows = await tx.query<{ order_id: string }>(
      'SELECT order_id FROM shop_orders WHERE order_id = ANY($1::uuid[])',
      [uuidArray(orderIds)],
    );
    return new Set(rows.map((row) => row.order_id));
  }

  async save(shop: string, shopOrderId: string, order: KnownOrder, documentId: string, tx: Tx): Promise<void> {
    await tx.query(SAVE, [
      shop,
      shopOrderId,
      order.orderId ?? null,
      order.revision,
      order.contentHash,
      order.cancelled,
      documentId,
    ]);
  }
}
