import type { BusRecord, DeliveredRecord } from '@railhead/bus';
import { codecFor, EVENTS, type DataCodec, type Event, type EventDefinition } from '@railhead/contracts';
import type { z } from 'zod';
import { Failure } from '../runtime/failure.js';
import type { SchemaIds } from './schema-ids.js';

const MAGIC = 0;
const PREFIX_BYTES = 5;

interface Writer {
  readonly codec: DataCodec;
  readonly prefix: Buffer;
}

/** Events ⇄ records: CloudEvents attributes as headers (`ce_…`), the data as Avro in Confluent's wire format. */
export class EventCodec {
  private readonly writers = new Map<string, Writer>();
  private readonly readers = new Map<string, DataCodec>();

  constructor(
    private readonly schemas: SchemaIds,
    private readonly topicPrefix: string,
  ) {}

  /** Makes event types ready to be written, so that encoding inside a transaction never waits for a registry. */
  async prepare(definitions: readonly EventDefinition[]): Promise<void> {
    for (const { type, avro } of definitions) {
      if (this.writers.has(type)) continue;
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.writeUInt8(MAGIC, 0);
      prefix.writeInt32BE(await this.schemas.idOf(type, avro), 1);
      this.writers.set(type, { codec: codecFor(avro), prefix });
    }
  }

  topicOf(definition: EventDefinition): string {
    return this.topicPrefix + definition.topic;
  }

  encodeData(type: string, data: unknown): Buffer {
    const writer = this.writers.get(type);
    if (writer === undefined)
      throw new Error(`${type} was not prepared for writing: add it to the service's \`writes\``);
    return Buffer.concat([writer.prefix, writer.codec.encode(data)]);
  }

  /**
   * Some fields of an event's data, for a reader that needs no more of it: a fraction of the cost of all.
   *
   * @throws Failure CONTRACT_VIOLATION when the bytes are no event data of this type.
   */
  async decodeFields<Schema extends z.ZodType, Field extends string & keyof z.infer<Schema>>(
    { type }: EventDefinition<string, Schema>,
    value: Uint8Array | null,
    fields: readonly Field[],
  ): Promise<Pick<z.infer<Schema>, Field>> {
    return (await this.decodeData(type, value, fields)) as Pick<z.infer<Schema>, Field>;
  }

  /** @throws Failure CONTRACT_VIOLATION when the bytes are no event data of this type. */
  async decodeData(type: string, value: Uint8Array | null, fields?: readonly string[]): Promise<unknown> {
    if (value === null || value.length < PREFIX_BYTES || value[0] !== MAGIC) {
      throw Failure.permanent('CONTRACT_VIOLATION', `the value is no ${type}: no schema id in front`);
    }
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    const id = bytes.readInt32BE(1);
    const name = fields === undefined ? `${type}/${id}` : `${type}/${id}/${fields.join()}`;
    const reader = this.readers.get(name) ?? (await this.makeReader(name, type, id, fields));
    try {
      return reader.decode(bytes.subarray(PREFIX_BYTES));
    } catch (error) {
      throw Failure.permanent('CONTRACT_VIOLATION', `the value does not match schema ${id} of ${type}`, {
        cause: error,
      });
    }
  }

  private async makeReader(name: string, type: string, id: number, fields?: readonly string[]): Promise<DataCodec> {
    const definition = EVENTS.get(type);
    if (definition === undefined) throw Failure.permanent('CONTRACT_VIOLATION', `unknown event type ${type}`);
    const reader = codecFor(await this.schemas.schemaOf(id), definition.avro, fields);
    this.readers.set(name, reader);
    return reader;
  }

  encode(event: Event, definition: EventDefinition, extra: Readonly<Record<string, string>> = {}): BusRecord {
    const headers: Record<string, string> = {
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ce_subject: event.subject,
      ce_time: event.time,
      ce_correlationid: event.correlationId,
      ...extra,
    };
    if (event.causationId !== undefined) headers['ce_causationid'] = event.causationId;
    if (event.traceparent !== undefined) headers['traceparent'] = event.traceparent;
    return {
      topic: this.topicOf(definition),
      key: event.subject,
      value: this.encodeData(event.type, event.data),
      headers,
    };
  }

  async decode(record: Pick<DeliveredRecord, 'value' | 'headers' | 'key'>): Promise<Event> {
    const { headers } = record;
    const type = headers['ce_type'] ?? '';
    return {
      id: headers['ce_id'] ?? '',
      type,
      source: headers['ce_source'] ?? '',
      subject: record.key,
      time: headers['ce_time'] ?? '',
      correlationId: headers['ce_correlationid'] ?? '',
      causationId: headers['ce_causationid'],
      traceparent: headers['traceparent'],
      data: await this.decodeData(type, record.value),
      bytes: record.value ?? undefined,
    };
  }
}
