import { Injectable } from '@nestjs/common';
import { uuidArray, type Tx } from '@railhead/database';
import type { OrderChangeDocument } from '../inbound/order-change.mapper.js';

/** A change that a partner asked for, as our answer needs it. */
export interface AskedOrderChange {
  readonly changeId: string;
  readonly orderId: string;
  readonly document: OrderChangeDocument;
}

/** Changes that partners asked for by an 860. */
@Injectable()
export class OrderChangeStore {
  async keep({ changeId, orderId, document }: AskedOrderChange, at: Date, tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO order_changes (change_id, order_id, purpose, sequence, words, asked_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (change_id) DO NOTHING`,
      [changeId, orderId, document.purpose, document.sequence, JSON.stringify(document), at],
    );
  }

  async find(changeIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AskedOrderChange>> {
    if (changeIds.length === 0) return new Map();
    const rows = await tx.query<{ changeId: string; orderId: string; words: string }>(
      `SELECT change_id AS "changeId", order_id AS "orderId", words FROM order_changes WHERE change_id = ANY($1::uuid[])`,
      [uuidArray(changeIds)],
    );
    return byId(rows);
  }

  /** Cancellations that were asked for, by order. The first of an order counts. */
  async cancellations(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AskedOrderChange>> {
    const rows = await tx.query<{ changeId: string; orderId: string; words: string }>(
      `SELECT DISTINCT ON (order_id) change_id AS "changeId", order_id AS "orderId", words FROM order_changes
        WHERE order_id = ANY($1::uuid[]) AND purpose = 'cancel' ORDER BY order_id, asked_at`,
      [uuidArray(orderIds)],
    );
    return new Map([...byId(rows).values()].map((one) => [one.orderId, one]));
  }
}

function byId(rows: readonly { changeId: string; orderId: string; words: string }[]): Map<string, AskedOrderChange> {
  return new Map(
    rows.map(({ changeId, orderId, words }) => [
      changeId,
      { changeId, orderId, document: JSON.parse(words) as OrderChangeDocument },
    ]),
  );
}
