import { Injectable } from '@nestjs/common';
import { prepared, textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import type { StockBook, StockLevel, StockMove } from '../domain/stock-book.js';

/** A count of one product, as reported. */
export interface Count {
  readonly sku: string;
  readonly onHand: string;
  readonly asOfMs: number;
}

/** Which products to lock: by name, and all that some orders are about. */
export interface Wanted {
  readonly skus?: readonly string[];
  readonly orderIds?: readonly string[];
}

/** Rows are locked in one order everywhere, so that two transactions never wait for each other in a circle. */
const LOCK = prepared(`
  SELECT sku, on_hand AS "onHand", allocated, (extract(epoch FROM as_of) * 1000)::float8 AS "countedAtMs"
    FROM stock
   WHERE warehouse = $1
     AND sku IN (SELECT unnest($2::text[]) UNION SELECT sku FROM order_lines WHERE order_id = ANY($3::uuid[]))
   ORDER BY sku FOR UPDATE`);

/** A product never counted has a row too: whoever waits for it and whoever counts it must meet at one lock. */
const FIRST_SEEN = prepared(`
  INSERT INTO stock (warehouse, sku, on_hand) SELECT $1, sku, 0 FROM unnest($2::text[]) AS t(sku) ORDER BY sku
  ON CONFLICT (warehouse, sku) DO NOTHING`);

const SAVE = prepared(`
  UPDATE stock s SET on_hand = t.on_hand::numeric, allocated = t.allocated::numeric, as_of = t.as_of
    FROM unnest($2::text[], $3::text[], $4::text[], $5::timestamptz[]) AS t(sku, on_hand, allocated, as_of)
   WHERE s.warehouse = $1 AND s.sku = t.sku`);

const SAVE_MOVES = prepared(`
  INSERT INTO stock_moves AS m (warehouse, sku, moved_at, quantity)
  SELECT $1, sku, moved_at, sum(quantity::numeric) FROM unnest($2::text[], $3::timestamptz[], $4::text[]) AS t(sku, moved_at, quantity)
   GROUP BY sku, moved_at
  ON CONFLICT (warehouse, sku, moved_at) DO UPDATE SET quantity = m.quantity + excluded.quantity`);

const MOVED_SINCE = prepared(`
  SELECT t.sku, sum(m.quantity) AS quantity
    FROM unnest($2::text[], $3::timestamptz[]) AS t(sku, as_of)
    JOIN stock_moves m ON m.warehouse = $1 AND m.sku = t.sku AND m.moved_at > t.as_of
   GROUP BY t.sku`);

const FORGET_MOVES = prepared(`
  DELETE FROM stock_moves m USING stock s
   WHERE m.warehouse = $1 AND m.sku = ANY($2::text[]) AND s.warehouse = m.warehouse AND s.sku = m.sku AND m.moved_at <= s.as_of`);

/**
 * What there is and what of it is promised. Whoever changes an order holds the stock rows of all its products, so these
 * rows are the order's lock as well.
 */
@Injectable()
export class StockStore {
  /** Locks products to the end of the transaction. */
  async lock(warehouse: string, wanted: Wanted, tx: Tx): Promise<StockLevel[]> {
    const skus = [...new Set(wanted.skus)];
    const levels = await this.lockRows(warehouse, skus, wanted.orderIds ?? [], tx);
    const known = new Set(levels.map((level) => level.sku));
    const missing = skus.filter((sku) => !known.has(sku));
    if (missing.length === 0) return levels;
    await tx.query(FIRST_SEEN, [warehouse, textArray(missing)]);
    return [...levels, ...(await this.lockRows(warehouse, missing, [], tx))];
  }

  private async lockRows(
    warehouse: string,
    skus: readonly string[],
    orderIds: readonly string[],
    tx: Tx,
  ): Promise<StockLevel[]> {
    const rows = await tx.query<Record<string, string> & { countedAtMs: number | null }>(LOCK, [
      warehouse,
      textArray(skus),
      uuidArray(orderIds),
    ]);
    return rows.map(({ sku, onHand, allocated, countedAtMs }) => ({
      sku: sku!,
      onHand: onHand!,
      allocated: allocated!,
      countedAtMs: countedAtMs ?? undefined,
    }));
  }

  /** How much of each counted product left after its count was true. */
  async movedSince(warehouse: string, counts: readonly Count[], tx: Tx): Promise<ReadonlyMap<string, string>> {
    const rows = await tx.query<{ sku: string; quantity: string }>(MOVED_SINCE, [
      warehouse,
      textArray(counts.map((count) => count.sku)),
      timestampArray(counts.map((count) => new Date(count.asOfMs))),
    ]);
    return new Map(rows.map((row) => [row.sku, row.quantity]));
  }

  async save(warehouse: string, book: StockBook, tx: Tx): Promise<void> {
    const levels = book.changes();
    if (levels.length === 0) return;
    await tx.query(SAVE, [
      warehouse,
      textArray(levels.map((level) => level.sku)),
      textArray(levels.map((level) => level.onHand)),
      textArray(levels.map((level) => level.allocated)),
      timestampArray(levels.map((level) => (level.countedAtMs === undefined ? null : new Date(level.countedAtMs)))),
    ]);
    await this.saveMoves(warehouse, book.moves(), tx);
  }

  private async saveMoves(warehouse: string, moves: readonly StockMove[], tx: Tx): Promise<void> {
    if (moves.length === 0) return;
    await tx.query(SAVE_MOVES, [
      warehouse,
      textArray(moves.map((move) => move.sku)),
      timestampArray(moves.map((move) => new Date(move.movedAtMs))),
      textArray(moves.map((move) => move.quantity)),
    ]);
  }

  /** Forgets what left before the counts that now stand: they contain it. */
  async forgetMoves(warehouse: string, skus: readonly string[], tx: Tx): Promise<void> {
    await tx.query(FORGET_MOVES, [warehouse, textArray(skus)]);
  }
}
