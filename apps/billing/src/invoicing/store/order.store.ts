import { byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import { storedValue } from '@railhead/service-kit';
import { BillableOrder } from '../domain/billable-order.js';

const stored = storedValue('billing.order', BillableOrder);

const REMEMBER = prepared(`
  INSERT INTO orders (order_id, account_id, currency, correlation_id, body)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
  ON CONFLICT (order_id) DO NOTHING`);

const FIND = prepared('SELECT body FROM orders WHERE order_id = ANY($1::uuid[])');
const REVISIONS = prepared(
  'SELECT order_id AS "orderId", revision FROM orders WHERE order_id = ANY($1::uuid[]) AND revision > 0',
);

/** Validated orders, as they can be invoiced. */
@Injectable()
export class OrderStore {
  async remember(orders: readonly { order: BillableOrder; correlationId: string }[], tx: Tx): Promise<void> {
    await tx.query(REMEMBER, [
      uuidArray(orders.map(({ order }) => order.orderId)),
      textArray(orders.map(({ order }) => order.accountId)),
      textArray(orders.map(({ order }) => order.currency)),
      textArray(orders.map(({ correlationId }) => correlationId)),
      byteaArray(orders.map(({ order }) => stored.encode(order))),
    ]);
  }

  async find(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, BillableOrder>> {
    const rows = await tx.query<{ body: Buffer }>(FIND, [uuidArray(orderIds)]);
    return new Map(rows.map(({ body }) => stored.decode(body)).map((order) => [order.orderId, order]));
  }

  /** An order as it was changed. */
  async replace(order: BillableOrder, revision: number, tx: Tx): Promise<void> {
    await tx.query('UPDATE orders SET body = $2, revision = $3 WHERE order_id = $1 AND revision < $3', [
      order.orderId,
      stored.encode(order),
      revision,
    ]);
  }

  /** How often orders were changed; those that never were are left out. */
  async revisions(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, number>> {
    const rows = await tx.query<{ orderId: string; revision: number }>(REVISIONS, [uuidArray(orderIds)]);
    return new Map(rows.map(({ orderId, revision }) => [orderId, revision]));
  }
}
