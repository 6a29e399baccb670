import { Injectable } from '@nestjs/common';
import { textArray, timestampArray, type Tx } from '@railhead/database';

interface StockLevel {
  readonly warehouse: string;
  readonly sku: string;
  /** Decimal string. */
  readonly onHand: string;
  /** ISO 8601. */
  readonly asOf: string;
}

/** What warehouses have on hand as far as they told. */
@Injectable()
export class WarehouseStockStore {
  /** Takes counts over, and forgets what they contain. One that is older than the one that stands changes nothing. */
  async count(levels: readonly StockLevel[], tx: Tx): Promise<void> {
    if (levels.length === 0) return;
    await tx.query(
      `WITH counted AS (
         INSERT INTO warehouse_stock AS s (warehouse, sku, on_hand, as_of)
         SELECT w, k, q::numeric, t FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[]) AS r(w, k, q, t) ORDER BY w, k
         ON CONFLICT (warehouse, sku) DO UPDATE SET on_hand = excluded.on_hand, as_of = excluded.as_of WHERE s.as_of <= excluded.as_of
         RETURNING warehouse, sku, as_of
       )
       DELETE FROM warehouse_moves m USING counted c
        WHERE m.warehouse = c.warehouse AND m.sku = c.sku AND m.moved_at <= c.as_of`,
      [
        textArray(levels.map((one) => one.warehouse)),
        textArray(levels.map((one) => one.sku)),
        textArray(levels.map((one) => one.onHand)),
        timestampArray(levels.map((one) => new Date(one.asOf))),
      ],
    );
  }

  /**
   * Adds what came in, or takes off what left, after the last count.
   *
   * @param quantity - Decimal string, below zero for goods that left.
   * @returns the level after it; `undefined` where the product was never counted, or the count is younger and knows it.
   */
  async move(warehouse: string, sku: string, quantity: string, at: string, tx: Tx): Promise<StockLevel | undefined> {
    // A statement of its own: what others moved must be seen once they are done.
    await tx.query('SELECT 1 FROM warehouse_stock WHERE warehouse = $1 AND sku = $2 FOR UPDATE', [warehouse, sku]);
    const [row] = await tx.query<{ onHand: string; asOf: Date }>(
      `WITH moved AS (
         INSERT INTO warehouse_moves (warehouse, sku, moved_at, quantity)
         SELECT warehouse, sku, $4::timestamptz, $3::numeric FROM warehouse_stock
          WHERE warehouse = $1 AND sku = $2 AND as_of <= $4::timestamptz
         RETURNING quantity, moved_at
       )
       SELECT (s.on_hand + sum(m.quantity))::text AS "onHand", max(m.moved_at) AS "asOf"
         FROM warehouse_stock s, (
           SELECT quantity, moved_at FROM moved
           UNION ALL SELECT quantity, moved_at FROM warehouse_moves WHERE warehouse = $1 AND sku = $2
         ) m
        WHERE s.warehouse = $1 AND s.sku = $2 AND EXISTS (SELECT FROM moved) GROUP BY s.on_hand`,
      [warehouse, sku, quantity, at],
    );
    return row === undefined ? undefined : { warehouse, sku, onHand: row.onHand, asOf: row.asOf.toISOString() };
  }

  async isCounted(warehouse: string, skus: readonly string[], tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ sku: string }>(
      'SELECT sku FROM warehouse_stock WHERE warehouse = $1 AND sku = ANY($2::text[])',
      [warehouse, textArray(skus)],
    );
    return new Set(rows.map(({ sku }) => sku));
  }
}
