import { Injectable } from '@nestjs/common';
import { Failure, storedValue } from '@railhead/service-kit';
import { z } from 'zod';
import type { KnownOrder } from '../domain/judge-captures.js';
import { LineTerms } from '../domain/line-terms.js';
import { bigintArray, byteaArray, prepared, textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';

export type OrderState = 'validated' | 'held' | 'rejected';

/** An order as judged. */
export interface JudgedOrder {
  readonly orderId: string;
  readonly accountId: string;
  readonly state: OrderState;
  readonly contentHash: string;
  readonly currency: string;
  readonly totalMinor: number;
  readonly exposureMinor: number;
}

/** What a line costs, to know what is given back when it is cancelled. */
export type LinePrice = z.infer<typeof LinePrice>;
const LinePrice = z
  .strictObject({ lineId: z.string(), amount: z.string(), baseQuantity: z.string().optional() })
  .meta({ id: 'LinePrice' });

/** An order to be kept: with its document as long as a person has to decide about it. */
export interface NewOrder extends JudgedOrder {
  /** As judged; empty for an order that is not taken. */
  readonly lines: readonly LineTerms[];
  /** `order.captured` data, encoded. */
  readonly document: Uint8Array | undefined;
}

export interface Hold {
  readonly holdId: string;
  readonly orderId: string;
  readonly code: string;
}

/** How far an order was changed. */
export interface ChangeState {
  /** `undefined` for an order from before changes were possible. */
  readonly lines: readonly LineTerms[] | undefined;
  /** The lines as they will be when the changes under way are made; `undefined`: none is. */
  readonly wanted: readonly LineTerms[] | undefined;
  /** Changes that fulfillment has not answered yet. */
  readonly underWay: number;
  readonly revision: number;
  /** The buyer's number of the last change. */
  readonly lastSequence: number;
}

interface StoredChangeState extends Record<string, unknown>, Omit<ChangeState, 'lines' | 'wanted'> {
  orderId: string;
  lines: Buffer | null;
  wanted: Buffer | null;
}

const storedLines = storedValue('validation.lines', z.strictObject({ lines: z.array(LineTerms) }));
/** Of orders from before `lines`. */
const storedPrices = storedValue('validation.prices', z.strictObject({ prices: z.array(LinePrice) }));

const COLUMNS = `order_id AS "orderId", account_id AS "accountId", state, encode(content_hash, 'hex') AS "contentHash", currency,
  total_minor::float8 AS "totalMinor", exposure_minor::float8 AS "exposureMinor"`;

const KNOWN = prepared(
  `SELECT order_id AS "orderId", state, withdrawn, encode(content_hash, 'hex') AS "contentHash" FROM orders WHERE order_id = ANY($1::uuid[])`,
);
const LOCK = prepared(`SELECT ${COLUMNS} FROM orders WHERE order_id = ANY($1::uuid[]) ORDER BY order_id FOR UPDATE`);
const ROWS = `unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::int8[], $7::int8[], $8::bytea[], $9::bytea[])
    AS r(o, a, s, h, c, t, e, p, d)`;
const INSERT = prepared(`
  INSERT INTO orders (order_id, account_id, state, content_hash, currency, total_minor, exposure_minor, lines, document, judged_at)
  SELECT o, a, s, h, c, t, e, p, d, $10 FROM ${ROWS}`);
const CORRECT = prepared(`
  UPDATE orders SET account_id = a, state = s, content_hash = h, currency = c, total_minor = t, exposure_minor = e, lines = p, document = d,
         judged_at = $10, change_sequence = 0, under_way = 0, wanted = NULL
    FROM ${ROWS} WHERE order_id = o AND state = 'rejected' AND NOT withdrawn RETURNING order_id`);
const DOCUMENT = prepared('SELECT document FROM orders WHERE order_id = $1');
const PRICES = prepared('SELECT order_id AS "orderId", prices, lines FROM orders WHERE order_id = ANY($1::uuid[])');
const CHANGE_STATES = prepared(`
  SELECT order_id AS "orderId", lines, wanted, under_way AS "underWay", revision, change_sequence AS "lastSequence" FROM orders WHERE order_id = ANY($1::uuid[])`);
const CHANGE = prepared(`
  UPDATE orders o SET state = r.state, exposure_minor = r.exposure
    FROM unnest($1::uuid[], $2::text[], $3::int8[]) AS r(order_id, state, exposure) WHERE o.order_id = r.order_id`);

/** Orders as judged, and their holds. */
@Injectable()
export class OrderStore {
  /** Which of these orders were captured before, with which content, and what became of them. */
  async knownAmong(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, KnownOrder>> {
    const rows = await tx.query<KnownOrder & { orderId: string }>(KNOWN, [uuidArray(orderIds)]);
    return new Map(rows.map((row) => [row.orderId, row]));
  }

  /** Orders, locked to the end of the transaction. */
  async lock(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, JudgedOrder>> {
    const rows = await tx.query<JudgedOrder & Record<string, unknown>>(LOCK, [uuidArray(orderIds)]);
    return new Map(rows.map((row) => [row.orderId, row]));
  }

  /** Orders as judged. @throws when one of them is known. */
  async insert(orders: readonly NewOrder[], judgedAt: Date, tx: Tx): Promise<void> {
    await this.write(INSERT, orders, judgedAt, tx);
  }

  /** Corrections as judged, each in the place of an order that was refused. @throws Failure when one of them is that no more. */
  async correct(orders: readonly NewOrder[], judgedAt: Date, tx: Tx): Promise<void> {
    const written = await this.write(CORRECT, orders, judgedAt, tx);
    if (written.length < orders.length)
      throw Failure.transient('CONFLICT', 'an order was corrected or withdrawn by another batch meanwhile');
  }

  private async write(statement: typeof INSERT, orders: readonly NewOrder[], judgedAt: Date, tx: Tx) {
    if (orders.length === 0) return [];
    return tx.query(statement, [
      uuidArray(orders.map((order) => order.orderId)),
      textArray(orders.map((order) => order.accountId)),
      textArray(orders.map((order) => order.state)),
      byteaArray(orders.map((order) => Buffer.from(order.contentHash, 'hex'))),
      textArray(orders.map((order) => order.currency)),
      bigintArray(orders.map((order) => order.totalMinor)),
      bigintArray(orders.map((order) => order.exposureMinor)),
      byteaArray(orders.map((order) => storedLines.encode({ lines: [...order.lines] }))),
      byteaArray(orders.map((order) => order.document)),
      judgedAt,
    ]);
  }

  /** The document of an order that was held. @throws Error for one that never was: its document is not kept. */
  async document(orderId: string, tx: Tx): Promise<Uint8Array> {
    const [row] = await tx.query<{ document: Uint8Array | null }>(DOCUMENT, [orderId]);
    if (row?.document == null) throw new Error(`no document is kept of order ${orderId}`);
    return row.document;
  }

  async prices(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, readonly LinePrice[]>> {
    const rows = await tx.query<{ orderId: string; prices: Buffer | null; lines: Buffer | null }>(PRICES, [
      uuidArray(orderIds),
    ]);
    return new Map(
      rows.map(({ orderId, prices, lines }) => {
        if (lines !== null) return [orderId, storedLines.decode(lines).lines];
        return [orderId, prices === null ? [] : storedPrices.decode(prices).prices];
      }),
    );
  }

  /** How far these orders were changed. Read them locked. */
  async changeStates(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, ChangeState>> {
    const rows = await tx.query<StoredChangeState>(CHANGE_STATES, [uuidArray(orderIds)]);
    const decoded = (bytes: Buffer | null) => (bytes === null ? undefined : storedLines.decode(bytes).lines);
    return new Map(
      rows.map(({ orderId, lines, wanted, ...counts }) => [
        orderId,
        { ...counts, lines: decoded(lines), wanted: decoded(wanted) },
      ]),
    );
  }

  /** Notes a change that was judged: its number, so that an older one is stale. */
  async noteChange(orderId: string, revision: number, lastSequence: number, tx: Tx): Promise<void> {
    await tx.query('UPDATE orders SET revision = $2, change_sequence = $3 WHERE order_id = $1', [
      orderId,
      revision,
      lastSequence,
    ]);
  }

  /** A change is under way: `wanted` is what the lines will be. */
  async begin(orderId: string, wanted: readonly LineTerms[], tx: Tx): Promise<void> {
    await tx.query('UPDATE orders SET under_way = under_way + 1, wanted = $2 WHERE order_id = $1', [
      orderId,
      storedLines.encode({ lines: [...wanted] }),
    ]);
  }

  /** Changes that were under way have been answered. @param left - How many have not. */
  async answered(orderId: string, left: number, tx: Tx): Promise<void> {
    await tx.query(
      'UPDATE orders SET under_way = $2, wanted = CASE WHEN $2 > 0 THEN wanted END WHERE order_id = $1 AND under_way > 0',
      [orderId, Math.max(0, left)],
    );
  }

  async saveLines(orderId: string, lines: readonly LineTerms[], tx: Tx): Promise<void> {
    await tx.query('UPDATE orders SET lines = $2 WHERE order_id = $1', [
      orderId,
      storedLines.encode({ lines: [...lines] }),
    ]);
  }

  /** A held order as it was changed. */
  async replaceDocument(orderId: string, document: Uint8Array, totalMinor: number, tx: Tx): Promise<void> {
    await tx.query('UPDATE orders SET document = $2, total_minor = $3 WHERE order_id = $1', [
      orderId,
      Buffer.from(document),
      totalMinor,
    ]);
  }

  async change(changes: readonly Pick<JudgedOrder, 'orderId' | 'state' | 'exposureMinor'>[], tx: Tx): Promise<void> {
    if (changes.length === 0) return;
    await tx.query(CHANGE, [
      uuidArray(changes.map((change) => change.orderId)),
      textArray(changes.map((change) => change.state)),
      bigintArray(changes.map((change) => change.exposureMinor)),
    ]);
  }

  /** The buyer withdrew these orders: those that are refused, or are now, do not come again. */
  async noteWithdrawn(orderIds: readonly string[], tx: Tx): Promise<void> {
    await tx.query(`UPDATE orders SET withdrawn = true WHERE order_id = ANY($1::uuid[]) AND state = 'rejected'`, [
      uuidArray(orderIds),
    ]);
  }

  async placeHolds(holds: readonly Hold[], at: Date, tx: Tx): Promise<void> {
    if (holds.length === 0) return;
    await tx.query(
      `INSERT INTO holds (hold_id, order_id, code, placed_at) SELECT h, o, c, t FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::timestamptz[]) AS r(h, o, c, t)
       ON CONFLICT (hold_id) DO NOTHING`,
      [
        uuidArray(holds.map((hold) => hold.holdId)),
        uuidArray(holds.map((hold) => hold.orderId)),
        textArray(holds.map((hold) => hold.code)),
        timestampArray(holds.map(() => at)),
      ],
    );
  }

  async activeHolds(orderIds: readonly string[], tx: Tx): Promise<Hold[]> {
    return tx.query<Hold & Record<string, unknown>>(
      `SELECT hold_id AS "holdId", order_id AS "orderId", code FROM holds WHERE order_id = ANY($1::uuid[]) AND released_at IS NULL ORDER BY placed_at, hold_id`,
      [uuidArray(orderIds)],
    );
  }

  async releaseHolds(released: readonly { holdId: string; by: string }[], at: Date, tx: Tx): Promise<void> {
    if (released.length === 0) return;
    await tx.query(
      `UPDATE holds h SET released_at = $3, released_by = r.by FROM unnest($1::uuid[], $2::text[]) AS r(hold_id, by) WHERE h.hold_id = r.hold_id`,
      [uuidArray(released.map((one) => one.holdId)), textArray(released.map((one) => one.by)), at],
    );
  }
}
