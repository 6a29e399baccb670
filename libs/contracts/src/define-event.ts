import type { z } from 'zod';
import { avroSchemaOf, type AvroSchema } from './avro/from-zod.js';
import type { TopicName } from './topics.js';

/** What an event type promises: its name, its topic, its data, who writes it. */
export interface EventDefinition<Type extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly type: Type;
  readonly topic: TopicName;
  readonly schema: Schema;
  /** Services that may write it. */
  readonly writers: readonly string[];
  /** One line for the catalogue. */
  readonly meaning: string;
  readonly avro: AvroSchema;
}

/** One event, decoded. CloudEvents attributes under their usual names. */
export interface Event<Type extends string = string, Data = unknown> {
  readonly id: string;
  readonly type: Type;
  /** The service that wrote it. */
  readonly source: string;
  /** The key: order id for the life of an order, own id for reference data. */
  readonly subject: string;
  /** When it happened, ISO 8601 UTC. */
  readonly time: string;
  /** The same from the first document to the last payment. */
  readonly correlationId: string;
  /** The event that led to this one. */
  readonly causationId?: string | undefined;
  /** W3C trace context. */
  readonly traceparent?: string | undefined;
  readonly data: Data;
  /** The data as it came, still encoded: to be stored or passed on unread. */
  readonly bytes?: Uint8Array | undefined;
}

export type EventOf<Definition> =
  Definition extends EventDefinition<infer Type, infer Schema> ? Event<Type, z.infer<Schema>> : never;

/** Defines an event type. The Avro schema is made from the zod schema; nothing is written twice. */
export function defineEvent<const Type extends string, Schema extends z.ZodType>(
  type: Type,
  options: { topic: TopicName; writers: readonly string[]; meaning: string },
  schema: Schema,
): EventDefinition<Type, Schema> {
  return { type, schema, ...options, avro: avroSchemaOf(type, schema) };
}
