import { Injectable } from '@nestjs/common';
import { byteaArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { storedValue } from '@railhead/service-kit';
import { z } from 'zod';
import type { AnsweredOrder } from '../outbound/answered-order.js';

const INSERT = prepared(`
  INSERT INTO orders (order_id, partner, purchase_order_number, release, issued_on, echo)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[]) AS r(o, p, n, r, d, e) ORDER BY o
  ON CONFLICT (order_id) DO NOTHING RETURNING order_id AS "orderId"`);

const CORRECT = prepared(`
  UPDATE orders SET is_refused = false,
      issued_on = CASE WHEN is_refused THEN d ELSE issued_on END, next_issued_on = CASE WHEN NOT is_refused THEN coalesce(next_issued_on, d) END,
      echo = CASE WHEN is_refused THEN e ELSE echo END, next_echo = CASE WHEN NOT is_refused THEN coalesce(next_echo, e) END
    FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS r(o, d, e) WHERE order_id = o`);
const REFUSED = prepared(`
  UPDATE orders SET is_refused = true, turn = turn + 1, issued_on = coalesce(next_issued_on, issued_on), echo = coalesce(next_echo, echo),
      next_issued_on = NULL, next_echo = NULL
   WHERE order_id = ANY($1::uuid[])`);
const ACCEPTED = prepared('UPDATE orders SET is_refused = false WHERE order_id = ANY($1::uuid[]) AND is_refused');

/** An insertion that is not committed makes every other of the same key wait, also one that is taken back at once. */
const KEEP_OUT = `INSERT INTO orders (order_id, partner, purchase_order_number, issued_on, echo) VALUES ($1, '', '', '', '')
  ON CONFLICT (order_id) DO NOTHING RETURNING 1 AS one`;

const FIND = prepared(`
  SELECT order_id AS "orderId", partner, purchase_order_number AS "purchaseOrderNumber", release, issued_on AS "issuedOn", turn, echo
    FROM orders WHERE order_id = ANY($1::uuid[])`);

const Pair = z.strictObject({ qualifier: z.string(), value: z.string() }).meta({ id: 'ItemIdPair' });
const Line = z
  .strictObject({ lineId: z.string(), buyerLineId: z.string().optional(), unit: z.string(), ids: z.array(Pair) })
  .meta({ id: 'EchoedLine' });
const Place = z
  .strictObject({
    role: z.string(),
    name: z.string().optional(),
    idQualifier: z.string().optional(),
    id: z.string().optional(),
    addressLines: z.array(z.string()).optional(),
    city: z.string().optional(),
    state: z.string().optional(),
    postalCode: z.string().optional(),
    country: z.string().optional(),
  })
  .meta({ id: 'EchoedPlace' });
const buyersWords = storedValue('edi.echo', z.strictObject({ echoes: z.array(Line), shipTo: Place.optional() }));

interface Row extends Record<string, unknown> {
  readonly orderId: string;
  readonly partner: string;
  readonly purchaseOrderNumber: string;
  readonly release: string | null;
  readonly issuedOn: string;
  readonly turn: number;
  readonly echo: Buffer;
}

/** The orders that partners sent, as far as our answers need them. */
@Injectable()
export class OrderStore {
  /** @returns the ids of those that were not known. */
  async insert(orders: readonly AnsweredOrder[], tx: Tx): Promise<Set<string>> {
    if (orders.length === 0) return new Set();
    const inserted = await tx.query<{ orderId: string }>(INSERT, [
      uuidArray(orders.map(({ orderId }) => orderId)),
      textArray(orders.map(({ partner }) => partner)),
      textArray(orders.map(({ purchaseOrderNumber }) => purchaseOrderNumber)),
      textArray(orders.map(({ release }) => release)),
      textArray(orders.map(({ issuedOn }) => issuedOn)),
      byteaArray(orders.map(wordsOf)),
    ]);
    return new Set(inserted.map(({ orderId }) => orderId));
  }

  /** Known orders came with other content. One that is refused is in these words from now on; else when it is. */
  async correct(orders: readonly AnsweredOrder[], tx: Tx): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(CORRECT, [
      uuidArray(orders.map(({ orderId }) => orderId)),
      textArray(orders.map(({ issuedOn }) => issuedOn)),
      byteaArray(orders.map(wordsOf)),
    ]);
  }

  /** These orders are refused, and their buyers were told: the next under such a number may be the order. */
  async refused(orderIds: readonly string[], tx: Tx): Promise<void> {
    await tx.query(REFUSED, [uuidArray(orderIds)]);
  }

  /** These orders stand: nothing that comes now is in their words. */
  async accepted(orderIds: readonly string[], tx: Tx): Promise<void> {
    await tx.query(ACCEPTED, [uuidArray(orderIds)]);
  }

  /**
   * Until the end of this transaction nobody else captures the order. Waits for whoever is about to.
   *
   * @returns false when it is captured.
   */
  async keepOut(orderId: string, tx: Tx): Promise<boolean> {
    const placed = await tx.query(KEEP_OUT, [orderId]);
    if (placed.length > 0) await tx.query('DELETE FROM orders WHERE order_id = $1', [orderId]);
    return placed.length > 0;
  }

  /** Those of these orders that came by EDI. */
  async find(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, AnsweredOrder>> {
    const rows = await tx.query<Row>(FIND, [uuidArray(orderIds)]);
    return new Map(
      rows.map(({ echo, release, ...row }) => [
        row.orderId,
        { ...row, release: release ?? undefined, ...buyersWords.decode(echo) },
      ]),
    );
  }

  /**
   * An order whose lines the buyer changed: its words for those that were added. What other changes added in the meantime stays.
   *
   * @returns the order as it is now.
   */
  async addEchoes(order: AnsweredOrder, added: AnsweredOrder['echoes'], tx: Tx): Promise<AnsweredOrder> {
    if (added.length === 0) return order;
    const { orderId } = order;
    const [row] = await tx.query<Row>('SELECT echo FROM orders WHERE order_id = $1 FOR UPDATE', [orderId]);
    const { echoes, shipTo } = row === undefined ? order : buyersWords.decode(row.echo);
    const known = new Set(echoes.map(({ lineId }) => lineId));
    const words = { shipTo, echoes: [...echoes, ...added.filter(({ lineId }) => !known.has(lineId))] };
    await tx.query('UPDATE orders SET echo = $2 WHERE order_id = $1', [orderId, wordsOf(words)]);
    return { ...order, ...words };
  }
}

function wordsOf({ echoes, shipTo }: Pick<AnsweredOrder, 'echoes' | 'shipTo'>): Buffer {
  return buyersWords.encode({
    echoes: [...echoes],
    shipTo: shipTo && { ...shipTo, addressLines: [...(shipTo.addressLines ?? [])] },
  });
}
