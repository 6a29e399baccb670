import { Injectable } from '@nestjs/common';
import { prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { Wanted } from './stock.store.js';

/** A place in the queue for stock. */
export interface QueuePlace {
  readonly validatedAt: string;
  readonly orderId: string;
}

export const HEAD_OF_QUEUE: QueuePlace = { validatedAt: '-infinity', orderId: '00000000-0000-0000-0000-000000000000' };

const NEXT = prepared(`
  SELECT validated_at::text AS "validatedAt", order_id AS "orderId" FROM waiting
   WHERE sku = ANY($1::text[]) AND (validated_at, order_id) > ($2::timestamptz, $3::uuid)
   GROUP BY validated_at, order_id ORDER BY validated_at, order_id LIMIT $4`);

const NEIGHBOURS = prepared(`
  SELECT DISTINCT order_id AS "orderId" FROM waiting
   WHERE sku IN (SELECT unnest($1::text[]) UNION SELECT sku FROM order_lines WHERE order_id = ANY($2::uuid[])) LIMIT 5000`);

/** The queue of lines that wait for stock. */
@Injectable()
export class QueueStore {
  /** The orders that wait for any of these products, behind a place in the queue, first come first. */
  async next(skus: readonly string[], after: QueuePlace, limit: number, tx: Tx): Promise<QueuePlace[]> {
    return tx.query<QueuePlace & Record<string, unknown>>(NEXT, [
      textArray(skus),
      after.validatedAt,
      after.orderId,
      limit,
    ]);
  }

  /**
   * Orders that wait for the same products: what they are about is locked together with these, in one go and so in one
   * order. A hint only; who joins the queue meanwhile is locked later.
   */
  async neighboursOf(wanted: Wanted, tx: Tx): Promise<string[]> {
    const rows = await tx.query<{ orderId: string }>(NEIGHBOURS, [
      textArray(wanted.skus ?? []),
      uuidArray(wanted.orderIds ?? []),
    ]);
    return rows.map((row) => row.orderId);
  }
}
