import { PaymentApplied, type PaymentApplied as Applied } from '@railhead/contracts';
import {
  byteaArray,
  Database,
  intArray,
  prepared,
  textArray,
  timestampArray,
  uuidArray,
  type Queryable,
  type Tx,
} from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { Fact } from '../domain/fact.js';
import { fileIdOf } from '../domain/file-id.js';
import { FactCodec } from './fact-codec.js';

const INSERT = prepared(`
  INSERT INTO facts (file_id, event_id, schema_no, at, causation_id, source, correlation_id, value)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::uuid[], $6::text[], $7::text[], $8::bytea[])
  ON CONFLICT ON CONSTRAINT facts_once DO NOTHING`);

/** A row of its own for every transaction: nobody waits for a fold, and a fold for nobody. */
const MARK = prepared('INSERT INTO orders_to_fold (order_id) SELECT * FROM unnest($1::uuid[])');

const OF_FILES = prepared(`
  SELECT file_id, event_id, schema_no, at, causation_id, source, correlation_id, value, seq FROM facts WHERE file_id = ANY($1::uuid[])`);

const EXTENT = prepared(`
  SELECT string_agg(seq::text, ',' ORDER BY seq) AS extent FROM facts WHERE file_id = ANY($1::uuid[])`);

/** All that makes one order's file, and where it was found. */
export interface Told {
  readonly facts: readonly Fact[];
  readonly fileIds: readonly string[];
  /** Names the rows of those files. A fact never changes: as long as it is the same, so are the facts. */
  readonly extent: string;
}

export interface FactRow extends Record<string, unknown> {
  file_id: string;
  event_id: string;
  schema_no: number;
  at: Date;
  causation_id: string | null;
  source: string;
  correlation_id: string;
  value: Buffer;
  seq: string;
}

/** Facts, append only. */
@Injectable()
export class FactStore {
  constructor(
    private readonly db: Database,
    private readonly codec: FactCodec,
  ) {}

  /** Keeps facts and marks their orders to be folded anew. The same fact twice is one fact. */
  async add(facts: readonly Fact[], tx: Tx): Promise<void> {
    const files = facts.map(fileIdOf);
    const bytes = facts.map((fact) => this.codec.encode(fact));
    await tx.query(INSERT, [
      uuidArray(files.map((file) => file.id)),
      uuidArray(facts.map((fact) => fact.id)),
      intArray(bytes.map((one) => one.schemaNo)),
      timestampArray(facts.map((fact) => fact.time)),
      uuidArray(facts.map((fact) => fact.causationId)),
      textArray(facts.map((fact) => fact.source)),
      textArray(facts.map((fact) => fact.correlationId)),
      byteaArray(bytes.map((one) => one.value)),
    ]);
    const orders = new Set(files.filter((file) => file.isOrder).map((file) => file.id));
    if (orders.size > 0) await tx.query(MARK, [uuidArray([...orders])]);
  }

  /** The facts of files, in no particular order. */
  async ofFiles(fileIds: readonly string[], db: Queryable = this.db): Promise<ReadonlyMap<string, Fact[]>> {
    const facts = new Map<string, Fact[]>(fileIds.map((id) => [id, []]));
    const rows = await this.rowsOf(fileIds, db);
    for (const [index, fact] of (await this.read(rows, db)).entries()) facts.get(rows[index]!.file_id)!.push(fact);
    return facts;
  }

  /** All that makes one order's file: its own facts, and the payments that were applied to it. */
  async ofOrder(orderId: string): Promise<Told> {
    const ownRows = await this.rowsOf([orderId]);
    const own = await this.read(ownRows);
    const applied = own.filter((fact): fact is Applied => fact.type === PaymentApplied.type);
    const paymentIds = [...new Set(applied.map((fact) => fact.data.paymentId))];
    const otherRows = await this.rowsOf(paymentIds);
    const payments = (await this.read(otherRows)).filter((fact) => fact.type === 'payment.received.v1');
    const seqs = [...ownRows, ...otherRows].map((row) => BigInt(row.seq));
    return {
      facts: [...own, ...payments],
      fileIds: [orderId, ...paymentIds],
      extent: seqs.sort((left, right) => (left < right ? -1 : 1)).join(),
    };
  }

  /** {@link Told.extent} as of now: a tenth of the cost of reading the facts. */
  async extentOf(fileIds: readonly string[]): Promise<string> {
    const [row] = await this.db.query<{ extent: string | null }>(EXTENT, [uuidArray(fileIds)]);
    return row?.extent ?? '';
  }

  private async rowsOf(fileIds: readonly string[], db: Queryable = this.db): Promise<FactRow[]> {
    return fileIds.length === 0 ? [] : db.query<FactRow>(OF_FILES, [uuidArray(fileIds)]);
  }

  async read(rows: readonly FactRow[], db: Queryable = this.db): Promise<Fact[]> {
    await this.codec.ready(db, new Set(rows.map((row) => row.schema_no)));
    return rows.map((row) => ({
      id: row.event_id,
      source: row.source,
      subject: row.file_id,
      time: row.at.toISOString(),
      correlationId: row.correlation_id,
      causationId: row.causation_id ?? undefined,
      ...this.codec.decode(row.schema_no, row.value),
    }));
  }
}
