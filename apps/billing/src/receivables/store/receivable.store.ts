import { bigintArray, intArray, prepared, textArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { Application, OpenInvoice } from '../domain/apply-cash.js';
import type { OrderBalance } from '../domain/settlement.js';

/** How far the money of an order is, and what the event about it names. */
export interface OrderAccount extends OrderBalance {
  readonly orderId: string;
  readonly accountId: string;
  readonly currency: string;
  readonly correlationId: string;
  readonly invoicedMinor: number;
  readonly paidMinor: number;
}

/** In one order everywhere, so that two payments never wait for each other in a circle. */
const LOCK = prepared(`
  SELECT 1 FROM orders WHERE order_id IN (SELECT order_id FROM invoices WHERE invoice_number = ANY($1::text[]))
   ORDER BY order_id FOR UPDATE`);

const OPEN = prepared(`
  SELECT i.invoice_id AS "invoiceId", i.invoice_number AS "invoiceNumber", i.order_id AS "orderId", o.account_id AS "accountId",
         o.correlation_id AS "correlationId", o.currency, i.gross_minor AS "grossMinor", i.open_minor AS "openMinor"
    FROM invoices i JOIN orders o USING (order_id) WHERE i.invoice_number = ANY($1::text[])`);

/** Whoever issues an invoice holds this row until the commit. */
const LOCK_COUNTER = prepared('SELECT 1 FROM invoice_counter FOR UPDATE');

const REDUCE = prepared(`
  UPDATE invoices i SET open_minor = i.open_minor - t.amount_minor
    FROM (SELECT invoice_id, sum(amount_minor) AS amount_minor FROM unnest($1::uuid[], $2::int8[]) AS u(invoice_id, amount_minor) GROUP BY 1) t
   WHERE i.invoice_id = t.invoice_id`);

const FULFILLED = prepared(`
  UPDATE orders o SET shipments = t.shipments FROM unnest($1::uuid[], $2::int[]) AS t(order_id, shipments)
   WHERE o.order_id = t.order_id RETURNING o.order_id AS "orderId"`);

const ACCOUNTS = prepared(`
  SELECT o.order_id AS "orderId", o.account_id AS "accountId", o.currency, o.correlation_id AS "correlationId", o.shipments, o.settled,
         count(i.invoice_id)::int AS invoices, (count(*) FILTER (WHERE i.open_minor > 0))::int AS "openInvoices",
         coalesce(sum(i.gross_minor), 0)::int8 AS "invoicedMinor", coalesce(sum(i.gross_minor - i.open_minor), 0)::int8 AS "paidMinor"
    FROM orders o LEFT JOIN invoices i USING (order_id) WHERE o.order_id = ANY($1::uuid[]) GROUP BY o.order_id`);

const SETTLE = prepared('UPDATE orders SET settled = true WHERE order_id = ANY($1::uuid[])');

type OpenRow = Omit<OpenInvoice, 'grossMinor' | 'openMinor'> & { grossMinor: string; openMinor: string };
type AccountRow = Omit<OrderAccount, 'shipments' | 'invoicedMinor' | 'paidMinor'> & {
  shipments: number | null;
  invoicedMinor: string;
  paidMinor: string;
};

/** What is open on invoices and orders. */
@Injectable()
export class ReceivableStore {
  /** Holds the orders of these invoices: nobody else changes what is open on them until this transaction ends. */
  async lock(invoiceNumbers: readonly string[], tx: Tx): Promise<void> {
    await tx.query(LOCK, [textArray(invoiceNumbers)]);
  }

  /** Reads invoices by number. To be called after {@link lock}, as a statement of its own: it must see what others committed. */
  async open(invoiceNumbers: readonly string[], tx: Tx): Promise<ReadonlyMap<string, OpenInvoice>> {
    const rows = await tx.query<OpenRow>(OPEN, [textArray(invoiceNumbers)]);
    return new Map(
      rows.map((row) => [
        row.invoiceNumber,
        { ...row, grossMinor: Number(row.grossMinor), openMinor: Number(row.openMinor) },
      ]),
    );
  }

  /** Waits until whoever issues invoices just now has committed, and keeps others from it. */
  async pauseIssuing(tx: Tx): Promise<void> {
    await tx.query(LOCK_COUNTER);
  }

  async reduce(applications: readonly Application[], tx: Tx): Promise<void> {
    await tx.query(REDUCE, [
      uuidArray(applications.map(({ invoice }) => invoice.invoiceId)),
      bigintArray(applications.map(({ amountMinor }) => amountMinor)),
    ]);
  }

  /** Notes that nothing is left to ship, holds the orders, and returns the ids that are known. */
  async fulfilled(orders: readonly { orderId: string; shipments: number }[], tx: Tx): Promise<ReadonlySet<string>> {
    const sorted = [...orders].sort((left, right) => (left.orderId < right.orderId ? -1 : 1));
    const rows = await tx.query<{ orderId: string }>(FULFILLED, [
      uuidArray(sorted.map((order) => order.orderId)),
      intArray(sorted.map((order) => order.shipments)),
    ]);
    return new Set(rows.map((row) => row.orderId));
  }

  async accounts(orderIds: readonly string[], tx: Tx): Promise<OrderAccount[]> {
    const rows = await tx.query<AccountRow>(ACCOUNTS, [uuidArray(orderIds)]);
    return rows.map((row) => ({
      ...row,
      shipments: row.shipments ?? undefined,
      invoicedMinor: Number(row.invoicedMinor),
      paidMinor: Number(row.paidMinor),
    }));
  }

  async settle(orderIds: readonly string[], tx: Tx): Promise<void> {
    await tx.query(SETTLE, [uuidArray(orderIds)]);
  }
}
