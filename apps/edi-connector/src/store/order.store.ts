import { Injectable } from '@nestjs/common';
import { prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import type { AnsweredOrder } from '../outbound/answered-order.js';

const INSERT = prepared(`
  INSERT INTO orders (order_id, partner, purchase_order_number, release, issued_on, echo)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS r(o, p, n, r, d, e) ORDER BY o
  ON CONFLICT (order_id) DO NOTHING`);

const FIND = prepared(`
  SELECT order_id AS "orderId", partner, purchase_order_number AS "purchaseOrderNumber", release, issued_on AS "issuedOn", echo
    FROM orders WHERE order_id = ANY($1::uuid[])`);

type BuyersWords = Pick<AnsweredOrder, 'echoes' | 'shipTo'>;

interface Row extends Record<string, unknown> {
  readonly orderId: string;
  readonly partner: string;
  readonly purchaseOrderNumber: string;
  readonly release: string | null;
  readonly issuedOn: string;
  readonly echo: string;
}

/** The orders that partners sent, as far as our answers need them. */
@Injectable()
export class OrderStore {
  async insert(orders: readonly AnsweredOrder[], tx: Tx): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(INSERT, [
      uuidArray(orders.map(({ orderId }) => orderId)),
      textArray(orders.map(({ partner }) => partner)),
      textArray(orders.map(({ purchaseOrderNumber }) => purchaseOrderNumber)),
      textArray(orders.map(({ release }) => release)),
      textArray(orders.map(({ issuedOn }) => issuedOn)),
      textArray(orders.map(({ echoes, shipTo }) => JSON.stringify({ echoes, shipTo }))),
    ]);
  }

  /** Those of these orders that came by EDI. */
  async find(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AnsweredOrder>> {
    const rows = await tx.query<Row>(FIND, [uuidArray(orderIds)]);
    return new Map(
      rows.map(({ echo, release, ...row }) => [
        row.orderId,
        { ...row, release: release ?? undefined, ...(JSON.parse(echo) as BuyersWords) },
      ]),
    );
  }
}
