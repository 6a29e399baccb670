import { Database } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { Fact } from '../domain/fact.js';
import { FactStore, type FactRow } from './fact.store.js';

/** A place in the order of commits. */
export interface Position {
  readonly xid: string;
  readonly seq: string;
}

/** A fact as it was filed, with what is known of its order. */
export interface Change {
  readonly position: Position;
  readonly fact: Fact;
  readonly orderId: string;
  readonly purchaseOrderNumber: string | null;
  readonly accountId: string | null;
}

interface ChangeRow extends FactRow {
  xid: string;
  seq: string;
  po_number: string | null;
  account_id: string | null;
}

/**
 * Where a reader who sees the orders of one account must stop: at the first fact of an order that is not folded yet, for
 * nobody can say yet whose it is.
 */
const UNKNOWN_OWNER = `
  SELECT min(f.xid) FROM orders_to_fold m JOIN facts f ON f.file_id = m.order_id
   WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.order_id = m.order_id)`;

/** The facts in the order they were committed. Only what no running transaction can still come before. */
@Injectable()
export class ChangeStore {
  constructor(
    private readonly db: Database,
    private readonly facts: FactStore,
  ) {}

  async now(): Promise<Position> {
    const [row] = await this.db.query<{ xid: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid');
    return { xid: row!.xid, seq: '0' };
  }

  async after(
    position: Position,
    filter: { orderId?: string | undefined; accountId?: string | undefined },
    limit: number,
  ): Promise<Change[]> {
    const rows = await this.db.query<ChangeRow>(
      `SELECT f.file_id, f.event_id, f.schema_no, f.at, f.causation_id, f.source, f.correlation_id, f.value, f.xid::text AS xid, f.seq::text AS seq,
              o.po_number, o.account_id
         FROM facts f LEFT JOIN orders o ON o.order_id = f.file_id
        WHERE (f.xid, f.seq) > ($1::xid8, $2::bigint) AND f.xid < pg_snapshot_xmin(pg_current_snapshot())
          AND ($3::uuid IS NULL OR f.file_id = $3)
          AND ($4::text IS NULL OR (o.account_id = $4 AND NOT coalesce(f.xid >= (${UNKNOWN_OWNER}), false)))
        ORDER BY f.xid, f.seq LIMIT $5`,
      [position.xid, position.seq, filter.orderId ?? null, filter.accountId ?? null, limit],
    );
    const facts = await this.facts.read(rows);
    return rows.map(({ xid, seq, file_id, po_number, account_id }, index) => ({
      position: { xid, seq },
      fact: facts[index]!,
      orderId: file_id,
      purchaseOrderNumber: po_number,
      accountId: account_id,
    }));
  }
}
