import { SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import type { AvroSchema } from '@railhead/contracts';
import { createHash } from 'node:crypto';
import { Failure } from '../runtime/failure.js';

/** Numbers for schemas, as they travel in front of every value (Confluent wire format). */
export abstract class SchemaIds {
  /** The number of a schema, made known under its event type if it is new. */
  abstract idOf(eventType: string, schema: AvroSchema): Promise<number>;
  /** The schema behind a number. @throws Failure CONTRACT_VIOLATION when nobody knows it. */
  abstract schemaOf(id: number): Promise<AvroSchema>;
}

/** Without a registry: a schema's number is made from its text, and the schemas this build knows are its table. */
export class BuiltInSchemaIds extends SchemaIds {
  private readonly known = new Map<number, AvroSchema>();

  constructor(schemas: Iterable<AvroSchema>) {
    super();
    for (const schema of schemas) this.known.set(fingerprint(schema), schema);
  }

  override async idOf(_eventType: string, schema: AvroSchema): Promise<number> {
    const id = fingerprint(schema);
    this.known.set(id, schema);
    return id;
  }

  override async schemaOf(id: number): Promise<AvroSchema> {
    const schema = this.known.get(id);
    if (schema === undefined)
      throw Failure.permanent('CONTRACT_VIOLATION', `no schema with id ${id} is known to this build`, {
        context: { id },
      });
    return schema;
  }
}

function fingerprint(schema: AvroSchema): number {
  return createHash('sha256').update(JSON.stringify(schema)).digest().readUInt32BE(0) & 0x7fff_ffff;
}

/** With a registry that speaks Confluent's protocol. */
export class RegistrySchemaIds extends SchemaIds {
  private readonly registry: SchemaRegistry;
  private readonly byId = new Map<number, AvroSchema>();

  constructor(url: string) {
    super();
    this.registry = new SchemaRegistry({ host: url }, {});
  }

  override async idOf(eventType: string, schema: AvroSchema): Promise<number> {
    const subject = `railhead.${eventType}`;
    const confluent = { type: SchemaType.AVRO as const, schema: JSON.stringify(schema) };
    const { id } = await this.reachable(() =>
      this.registry.register(confluent, { subject, compatibility: 'FULL_TRANSITIVE' as never }),
    );
    this.byId.set(id, schema);
    return id;
  }

  override async schemaOf(id: number): Promise<AvroSchema> {
    const known = this.byId.get(id);
    if (known !== undefined) return known;
    const found = await this.reachable(() => this.registry.getSchema(id));
    const schema = JSON.parse(JSON.stringify(found)) as AvroSchema;
    this.byId.set(id, schema);
    return schema;
  }

  /** A registry that does not answer is not an unknown schema: the first waits, the second is a dead letter. */
  private async reachable<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const status = answeredStatus(error);
      if (status === 404)
        throw Failure.permanent('CONTRACT_VIOLATION', 'the schema registry does not know this schema', {
          cause: error,
        });
      if (status === 409 || status === 422) throw error; // it understood us and says no
      throw Failure.transient('SYSTEM_UNAVAILABLE', 'the schema registry does not answer', { cause: error });
    }
  }
}

/** The client reports a refused connection as status 400; only with a sentence of the registry's own it is an answer. */
function answeredStatus(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.message.includes('Error, status')) return undefined;
  return (error as { status?: number }).status;
}
