import { Injectable } from '@nestjs/common';
import { textArray, uuidArray, type Tx } from '@railhead/database';
import type { AcceptedOrder } from '../outbound/order-acknowledgment.mapper.js';

/** Orders whose 855 waits for what the warehouse has of them. */
@Injectable()
export class UnacknowledgedStore {
  async keep(orders: readonly { orderId: string; accepted: AcceptedOrder }[], tx: Tx): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(
      `INSERT INTO unacknowledged_orders (order_id, accepted) SELECT * FROM unnest($1::uuid[], $2::text[]) ON CONFLICT (order_id) DO NOTHING`,
      [
        uuidArray(orders.map(({ orderId }) => orderId)),
        textArray(orders.map(({ accepted }) => JSON.stringify(accepted))),
      ],
    );
  }

  /** Takes those of these orders that still wait: each is handed out once. */
  async take(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AcceptedOrder>> {
    const rows = await tx.query<{ orderId: string; accepted: string }>(
      `DELETE FROM unacknowledged_orders WHERE order_id = ANY($1::uuid[]) RETURNING order_id AS "orderId", accepted`,
      [uuidArray(orderIds)],
    );
    return new Map(rows.map(({ orderId, accepted }) => [orderId, JSON.parse(accepted) as AcceptedOrder]));
  }
}
