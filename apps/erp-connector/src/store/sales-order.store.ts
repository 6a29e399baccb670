import { Injectable } from '@nestjs/common';
import { intArray, textArray, uuidArray, type Database, type Tx } from '@railhead/database';
import { ServiceContext } from '@railhead/service-kit';

/** A sales order that the ERP holds. */
export interface HeldSalesOrder {
  readonly externalReference: string;
  readonly orderId: string;
  /** The ERP's own. */
  readonly number: string;
  readonly confirmedAt: Date;
}

/** An order that the ERP is or is to be told of, as far as changes of it need it. */
export interface PlannedSalesOrder {
  /** Its creation came to a good end. */
  readonly isHeld: boolean;
  /** As it was sent to be created. */
  readonly payload: Buffer;
}

/** How an order is now, and how far the ERP is told of it. */
export interface SalesOrderRevision {
  readonly orderId: string;
  readonly correlationId: string;
  readonly revision: number;
  /** JSON. */
  readonly document: string;
  readonly planned: number;
  readonly ended: number;
}

const REVISION = `order_id AS "orderId", correlation_id AS "correlationId", revision, document, planned, ended`;

/** Which of our orders the ERP holds, under which number, and what it is still to be told of them. */
@Injectable()
export class SalesOrderStore {
  private readonly db: Database;

  constructor({ db }: ServiceContext) {
    this.db = db;
  }

  /** Notes what the ERP holds. @returns the revision of the order that waited for that, now planned; usually there is none. */
  async insert(
    { externalReference, orderId, number, confirmedAt }: HeldSalesOrder,
    tx: Tx,
  ): Promise<SalesOrderRevision | undefined> {
    const [waiting] = await tx.query<SalesOrderRevision & Record<string, unknown>>(
      `WITH held AS (
         INSERT INTO sales_orders (external_reference, order_id, erp_number, confirmed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (external_reference) DO NOTHING
       )
       UPDATE sales_order_revisions SET planned = revision WHERE order_id = $2 AND planned = 0 RETURNING ${REVISION}`,
      [externalReference, orderId, number, confirmedAt],
    );
    return waiting;
  }

  /** The ERP's number of an order; `undefined`: it holds none. */
  async numberOf(orderId: string): Promise<string | undefined> {
    const [row] = await this.db.query<{ number: string }>(
      'SELECT erp_number AS number FROM sales_orders WHERE order_id = $1 ORDER BY confirmed_at LIMIT 1',
      [orderId],
    );
    return row?.number;
  }

  /** Orders by the key of their creation; those that the ERP is not told of are left out. Locks them against their end. */
  async planned(keys: readonly string[], tx: Tx): Promise<ReadonlyMap<string, PlannedSalesOrder>> {
    const rows = await tx.query<PlannedSalesOrder & { key: string } & Record<string, unknown>>(
      `SELECT idempotency_key AS key, payload, state = 'confirmed' AS "isHeld" FROM delivery
        WHERE idempotency_key = ANY($1::text[]) ORDER BY delivery_id FOR UPDATE`,
      [textArray(keys)],
    );
    return new Map(rows.map(({ key, ...order }) => [key, order]));
  }

  /** What became of orders so far. Locks them. */
  async revisions(orderIds: readonly string[], tx: Tx): Promise<ReadonlyMap<string, SalesOrderRevision>> {
    const rows = await tx.query<SalesOrderRevision & Record<string, unknown>>(
      `SELECT ${REVISION} FROM sales_order_revisions WHERE order_id = ANY($1::uuid[]) ORDER BY order_id FOR UPDATE`,
      [uuidArray(orderIds)],
    );
    return new Map(rows.map((row) => [row.orderId, row]));
  }

  async saveRevisions(revisions: readonly SalesOrderRevision[], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO sales_order_revisions (order_id, correlation_id, revision, document, planned, ended)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[], $5::int[], $6::int[]) AS r(o, c, r, d, p, e) ORDER BY o
       ON CONFLICT (order_id) DO UPDATE SET revision = excluded.revision, document = excluded.document, planned = excluded.planned`,
      [
        uuidArray(revisions.map(({ orderId }) => orderId)),
        textArray(revisions.map(({ correlationId }) => correlationId)),
        intArray(revisions.map(({ revision }) => revision)),
        textArray(revisions.map(({ document }) => document)),
        intArray(revisions.map(({ planned }) => planned)),
        intArray(revisions.map(({ ended }) => ended)),
      ],
    );
  }

  /** A revision that was given up is under way again. @returns false when a later one was told since: that says all of the order. */
  async underWayAgain(orderId: string, revision: number, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      'UPDATE sales_order_revisions SET ended = $2 - 1 WHERE order_id = $1 AND planned = $2 RETURNING 1 AS one',
      [orderId, revision],
    );
    return rows.length > 0;
  }

  /** A revision came to its end. @returns the newest one, now planned, if there is a newer one. */
  async ended(orderId: string, revision: number, tx: Tx): Promise<SalesOrderRevision | undefined> {
    const [row] = await tx.query<SalesOrderRevision & Record<string, unknown>>(
      `UPDATE sales_order_revisions SET ended = $2, planned = revision WHERE order_id = $1 AND ended < $2 RETURNING ${REVISION}`,
      [orderId, revision],
    );
    return row === undefined || row.revision === revision ? undefined : row;
  }
}
