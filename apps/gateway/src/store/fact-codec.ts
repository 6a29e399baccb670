import { codecFor, EVENTS, type AvroSchema, type DataCodec, type Event } from '@railhead/contracts';
import { Database, type Queryable } from '@railhead/database';
import { Failure } from '@railhead/service-kit';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { FACT_TYPES } from '../domain/fact.js';

interface Written {
  readonly schemaNo: number;
  readonly codec: DataCodec;
}

interface Readable {
  readonly type: string;
  readonly codec: DataCodec;
}

/** Fact data ⇄ Avro bytes with the number of a schema in our own table, so that old facts outlive new schemas. */
@Injectable()
export class FactCodec implements OnModuleInit {
  private readonly writers = new Map<string, Written>();
  private readonly readers = new Map<number, Readable>();

  constructor(private readonly db: Database) {}

  async onModuleInit(): Promise<void> {
    if (this.writers.size > 0) return; // Nest calls this for the HTTP side and again for the bus side
    for (const type of FACT_TYPES) {
      const { avro } = EVENTS.get(type)!;
      this.writers.set(type, { schemaNo: await this.numberOf(type, avro), codec: codecFor(avro) });
    }
    await this.readersFrom(this.db);
  }

  encode(event: Event): { schemaNo: number; value: Buffer } {
    const writer = this.writers.get(event.type);
    if (writer === undefined) throw Failure.permanent('CONTRACT_VIOLATION', `${event.type} is no fact of an order`);
    return { schemaNo: writer.schemaNo, value: writer.codec.encode(lean(event)) };
  }

  /** Makes sure that facts of these schemas can be read: another process may have written with a newer one. */
  async ready(db: Queryable, schemaNos: Iterable<number>): Promise<void> {
    for (const schemaNo of schemaNos) {
      if (this.readers.has(schemaNo)) continue;
      await this.readersFrom(db);
      return;
    }
  }

  decode(schemaNo: number, value: Buffer): { type: string; data: unknown } {
    const reader = this.readers.get(schemaNo);
    if (reader === undefined) throw Failure.permanent('CONTRACT_VIOLATION', `no schema ${schemaNo} is known here`);
    return { type: reader.type, data: reader.codec.decode(value) };
  }

  private async numberOf(type: string, schema: AvroSchema): Promise<number> {
    const avro = JSON.stringify(schema);
    const [row] = await this.db.query<{ schema_no: number }>(
      `INSERT INTO schemas (type, sha256, avro) VALUES ($1, $2, $3)
       ON CONFLICT ON CONSTRAINT schemas_once DO UPDATE SET type = excluded.type RETURNING schema_no`,
      [type, createHash('sha256').update(avro).digest(), avro],
    );
    return row!.schema_no;
  }

  private async readersFrom(db: Queryable): Promise<void> {
    const rows = await db.query<{ schema_no: number; type: string; avro: string }>(
      'SELECT schema_no, type, avro FROM schemas',
    );
    for (const { schema_no, type, avro } of rows) {
      const reader = EVENTS.get(type);
      if (reader === undefined || this.readers.has(schema_no)) continue;
      this.readers.set(schema_no, { type, codec: codecFor(JSON.parse(avro) as AvroSchema, reader.avro) });
    }
  }
}

/** `order.validated` carries the captured order once more; the file has it already. */
function lean(event: Event): unknown {
  return event.type === 'order.validated.v1' ? { ...(event.data as object), order: Buffer.alloc(0) } : event.data;
}
