import { Database, prepared, textArray, bigintArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import { orderFileOf } from '../domain/file/fold.js';
import type { OrderFile } from '../domain/file/order-file.js';
import { orderRowOf, type OrderRow } from '../domain/order-row.js';
import { keptTasksOf } from '../domain/task-row.js';
import { FactStore, type Told } from './fact.store.js';
import { keptTexts } from './kept-texts.js';
import { TaskStore } from './task.store.js';

/** One fold at a time, in whatever process: a list must not answer before the rows of a fold that runs are there. */
const ALONE = prepared(`SELECT pg_advisory_xact_lock(hashtext('gateway: fold of order rows'))`);
/** All marks of the orders whose turn it is: in a backlog an order has many, and is folded once for all of them. */
const TAKE = prepared(`
  DELETE FROM orders_to_fold WHERE order_id IN (SELECT order_id FROM orders_to_fold ORDER BY mark LIMIT $1) RETURNING order_id`);

const SAVE = prepared(`
  INSERT INTO orders (order_id, po_number, account_id, customer_name, channel, currency, total_minor, status, next_owner, next_what, next_since, captured_at, updated_at)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::int8[], $8::text[], $9::text[], $10::text[], $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
  ON CONFLICT (order_id) DO UPDATE SET po_number = excluded.po_number, account_id = excluded.account_id, customer_name = excluded.customer_name,
    channel = excluded.channel, currency = excluded.currency, total_minor = excluded.total_minor, status = excluded.status,
    next_owner = excluded.next_owner, next_what = excluded.next_what, next_since = excluded.next_since,
    captured_at = excluded.captured_at, updated_at = excluded.updated_at`);

const COLUMNS = `order_id AS "orderId", po_number AS "purchaseOrderNumber", account_id AS "accountId", customer_name AS "customerName", channel,
  currency, total_minor::text AS "totalMinor", status, next_owner AS "nextOwner", next_what AS "nextWhat", next_since AS "nextSince",
  captured_at AS "capturedAt", updated_at AS "updatedAt"`;

type StoredRow = Omit<OrderRow, 'total' | 'nextStep' | 'capturedAt' | 'updatedAt'> & {
  totalMinor: string;
  nextOwner: string | null;
  nextWhat: string | null;
  nextSince: Date | null;
  capturedAt: Date;
  updatedAt: Date;
};

/** Files that are kept in memory: who looks at an order looks again, and most often nothing has happened meanwhile. */
const REMEMBERED_MAX = 1_000;

interface Remembered extends Omit<Told, 'facts'> {
  readonly file: OrderFile;
}

/** What a list asks for. */
export interface OrderQuery {
  readonly search?: string | undefined;
  readonly statuses?: readonly string[] | undefined;
  readonly accountId?: string | undefined;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** Order files and the rows that lists show of them. */
@Injectable()
export class OrderStore {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly db: Database,
    private readonly facts: FactStore,
    private readonly tasks: TaskStore,
  ) {}

  /** The file as of now. Folded anew only when there are facts that the last fold had not seen. */
  async file(orderId: string): Promise<OrderFile | undefined> {
    const known = this.remembered.get(orderId);
    if (known !== undefined && (await this.facts.extentOf(known.fileIds)) === known.extent) return known.file;
    const { facts, ...seen } = await this.facts.ofOrder(orderId);
    const file = orderFileOf(orderId, facts);
    if (file !== undefined) this.remember(orderId, { ...seen, file });
    return file;
  }

  /** The one that was folded longest ago makes room. */
  private remember(orderId: string, remembered: Remembered): void {
    this.remembered.delete(orderId);
    if (this.remembered.size >= REMEMBERED_MAX) this.remembered.delete(this.remembered.keys().next().value!);
    this.remembered.set(orderId, remembered);
  }

  /** Folds orders with new facts and saves what lists show of them. Returns how many marks it took; fewer than `limit`: all. */
  async foldNew(limit: number): Promise<number> {
    return this.db.transaction(async (tx) => {
      await tx.query(ALONE);
      const taken = await tx.query<{ order_id: string }>(TAKE, [limit]);
      if (taken.length === 0) return 0;
      const facts = await this.facts.ofFiles([...new Set(taken.map((row) => row.order_id))], tx);
      const files = [...facts].flatMap(([orderId, own]) => orderFileOf(orderId, own) ?? []);
      await this.save(
        files.flatMap((file) => orderRowOf(file) ?? []),
        tx,
      );
      await this.tasks.save(files.flatMap(keptTasksOf), tx);
      return taken.length;
    });
  }

  /** Newest first. */
  async list({ search, statuses, accountId, after, limit }: OrderQuery): Promise<OrderRow[]> {
    const rows = await this.db.query<StoredRow>(
      `SELECT ${COLUMNS} FROM orders
        WHERE ($1::text IS NULL OR account_id = $1)
          AND ($2::text[] IS NULL OR status = ANY($2))
          AND ($3::text IS NULL OR po_number ILIKE $3 OR account_id ILIKE $3 OR customer_name ILIKE $3 OR order_id::text ILIKE $3)
          AND ($4::timestamptz IS NULL OR (captured_at, order_id) < ($4, $5::uuid))
        ORDER BY captured_at DESC, order_id DESC LIMIT $6`,
      [
        accountId ?? null,
        statuses ?? null,
        search === undefined ? null : `%${escaped(search)}%`,
        after?.at ?? null,
        after?.id ?? null,
        limit,
      ],
    );
    return rows.map(rowOf);
  }

  /** How many orders, or those of one account, have each status. */
  async countByStatus(accountId: string | undefined): Promise<Record<string, number>> {
    const rows = await this.db.query<{ status: string; count: number }>(
      'SELECT status, count(*)::int AS count FROM orders WHERE $1::text IS NULL OR account_id = $1 GROUP BY status ORDER BY count DESC, status',
      [accountId ?? null],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  /** The orders with a PO number; several buyers may use the same one. */
  async withPurchaseOrderNumber(number: string, accountId: string | undefined): Promise<OrderRow[]> {
    const rows = await this.db.query<StoredRow>(
      `SELECT ${COLUMNS} FROM orders WHERE upper(po_number) = upper($1) AND ($2::text IS NULL OR account_id = $2) ORDER BY captured_at DESC LIMIT 20`,
      [number.trim(), accountId ?? null],
    );
    return rows.map(rowOf);
  }

  private async save(rows: readonly OrderRow[], tx: Tx): Promise<void> {
    if (rows.length === 0) return;
    await tx.query(SAVE, [
      uuidArray(rows.map((row) => row.orderId)),
      keptTexts(rows.map((row) => row.purchaseOrderNumber)),
      keptTexts(rows.map((row) => row.accountId)),
      keptTexts(rows.map((row) => row.customerName)),
      textArray(rows.map((row) => row.channel)),
      textArray(rows.map((row) => row.currency)),
      bigintArray(rows.map((row) => row.total.minor)),
      textArray(rows.map((row) => row.status)),
      textArray(rows.map((row) => row.nextStep?.owner)),
      keptTexts(rows.map((row) => row.nextStep?.what)),
      timestampArray(rows.map((row) => row.nextStep?.since)),
      timestampArray(rows.map((row) => row.capturedAt)),
      timestampArray(rows.map((row) => row.updatedAt)),
    ]);
  }
}

function rowOf(stored: StoredRow): OrderRow {
  const { totalMinor, nextOwner, nextWhat, nextSince, capturedAt, updatedAt, ...rest } = stored;
  const nextStep = nextOwner === null ? null : { owner: nextOwner, what: nextWhat!, since: nextSince!.toISOString() };
  const total = { currency: rest.currency, minor: Number(totalMinor) };
  return { ...rest, total, nextStep, capturedAt: capturedAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** `%` and `_` in what somebody searches for are just signs. */
function escaped(search: string): string {
  return search.replace(/[\\%_]/g, '\\$&');
}
