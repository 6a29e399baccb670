import { Injectable } from '@nestjs/common';
import { prepared, type Tx } from '@railhead/database';
import type { KnownDeal } from '../domain/judge-deal.js';

/** What became of a deal that was read. */
export type Outcome = 'captured' | 'duplicate' | 'rejected';

/** A deal as it was read. */
export interface RawDeal {
  readonly documentId: string;
  readonly organizationId: string;
  readonly opportunityId: string;
  readonly sha256: Buffer;
  readonly bytes: Buffer;
  readonly receivedAt: Date;
}

/** A document that is kept: this one, or the same bytes of an earlier read. */
export interface KeptDeal {
  readonly documentId: string;
  readonly isNew: boolean;
  readonly outcome: Outcome | 'received';
  readonly orderId?: string | undefined;
}

const KEEP = prepared(`
  INSERT INTO documents AS d (document_id, organization_id, opportunity_id, sha256, bytes, received_at) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT ON CONSTRAINT documents_once DO UPDATE SET times_seen = d.times_seen + 1
  RETURNING d.document_id, d.outcome, d.order_id`);

const SAVE = prepared(`
  INSERT INTO deals (organization_id, opportunity_id, order_id, revision, content_hash, document_id) VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (organization_id, opportunity_id) DO UPDATE
    SET revision = excluded.revision, content_hash = excluded.content_hash, document_id = excluded.document_id`);

/** Deals that were read, and the orders they became. */
@Injectable()
export class DealStore {
  async keep(deal: RawDeal, tx: Tx): Promise<KeptDeal> {
    const { documentId, organizationId, opportunityId, sha256, bytes, receivedAt } = deal;
    const values = [documentId, organizationId, opportunityId, sha256, bytes, receivedAt];
    const [row] = await tx.query<{ document_id: string; outcome: KeptDeal['outcome']; order_id: string | null }>(
      KEEP,
      values,
    );
    return {
      documentId: row!.document_id,
      isNew: row!.document_id === documentId,
      outcome: row!.outcome,
      orderId: row!.order_id ?? undefined,
    };
  }

  async settle(documentId: string, outcome: Outcome, orderId: string | undefined, tx: Tx): Promise<void> {
    await tx.query('UPDATE documents SET outcome = $2, order_id = $3 WHERE document_id = $1', [
      documentId,
      outcome,
      orderId ?? null,
    ]);
  }

  async find(
    organizationId: string,
    opportunityId: string,
    tx: Tx,
  ): Promise<(KnownDeal & { documentId: string }) | undefined> {
    const [row] = await tx.query<{ order_id: string; revision: Date; content_hash: string; document_id: string }>(
      'SELECT order_id, revision, content_hash, document_id FROM deals WHERE organization_id = $1 AND opportunity_id = $2',
      [organizationId, opportunityId],
    );
    if (row === undefined) return undefined;
    return {
      orderId: row.order_id,
      revision: row.revision,
      contentHash: row.content_hash,
      documentId: row.document_id,
    };
  }

  /** Deals that became the same order of ours. No other can, until the commit. */
  async twins(orderId: string, tx: Tx): Promise<{ contentHash: string; documentId: string }[]> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 2))', [orderId]);
    return tx.query(
      'SELECT content_hash AS "contentHash", document_id AS "documentId" FROM deals WHERE order_id = $1 ORDER BY document_id',
      [orderId],
    );
  }

  async save(
    organizationId: string,
    opportunityId: string,
    deal: KnownDeal,
    documentId: string,
    tx: Tx,
  ): Promise<void> {
    await tx.query(SAVE, [organizationId, opportunityId, deal.orderId, deal.revision, deal.contentHash, documentId]);
  }
}
