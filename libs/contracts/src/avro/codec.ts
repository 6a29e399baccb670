import avro from 'avsc';
import type { AvroSchema } from './from-zod.js';

type Restore = (value: unknown) => unknown;

/** Encodes and decodes the data of one event type. Plain objects in and out; what is absent stays absent. */
export interface DataCodec {
  encode(data: unknown): Buffer;
  /** @throws Error when the bytes are not this schema's. */
  decode(bytes: Buffer): unknown;
}

/** avsc gives class instances with `null` for what is absent; ours are plain objects without the key. */
function restoreOf(type: avro.Type): Restore {
  if (type instanceof avro.types.RecordType) return recordRestore(type);
  if (type instanceof avro.types.ArrayType) {
    const item = restoreOf(type.itemsType);
    return item === same ? same : (value) => (value as unknown[]).map(item);
  }
  if (avro.Type.isType(type, 'union')) {
    const inner = (type as avro.types.UnwrappedUnionType).types.find((branch) => branch.typeName !== 'null');
    const restore = inner === undefined ? same : restoreOf(inner);
    return (value) => (value === null ? undefined : restore(value));
  }
  return same;
}

const same: Restore = (value) => value;

function recordRestore(type: avro.types.RecordType): Restore {
  const fields = type.fields.map((field) => [field.name, restoreOf(field.type)] as const);
  return (value) => {
    const plain: Record<string, unknown> = {};
    for (const [name, restore] of fields) {
      const inner = restore((value as Record<string, unknown>)[name]);
      if (inner !== undefined) plain[name] = inner;
    }
    return plain;
  };
}

function parse(schema: AvroSchema): avro.Type {
  return avro.Type.forSchema(schema as avro.Schema);
}

/** The same record with some of its fields only; the others are stepped over, not built. */
function partOf(type: avro.Type, fields: readonly string[]): avro.Type {
  const record = type as avro.types.RecordType;
  const known = record.fields.filter(({ name }) => fields.includes(name));
  if (known.length !== fields.length) throw new Error(`${record.name} has not all of ${fields.join(', ')}`);
  const schema = {
    type: 'record',
    name: record.name,
    fields: known.map(({ name, type: inner }) => ({ name, type: inner })),
  };
  return avro.Type.forSchema(schema as unknown as avro.Schema);
}

/**
 * A codec that writes `writer` and reads bytes written with `writer` as `reader` sees them.
 * The resolver is built once: building it per message costs half a millisecond.
 *
 * @param fields - Fields to read; the default is all. Reading a few costs a fraction.
 */
export function codecFor(writer: AvroSchema, reader: AvroSchema = writer, fields?: readonly string[]): DataCodec {
  const writerType = parse(writer);
  const wholeType = reader === writer ? writerType : parse(reader);
  const readerType = fields === undefined ? wholeType : partOf(wholeType, fields);
  const resolver = readerType === writerType ? undefined : readerType.createResolver(writerType);
  const restore = restoreOf(readerType);
  return {
    encode: (data) => writerType.toBuffer(data),
    decode: (bytes) => restore(readerType.fromBuffer(bytes, resolver)),
  };
}

/** Why data written with `writer` cannot be read as `reader`; undefined when it can. */
export function incompatibility(writer: AvroSchema, reader: AvroSchema): string | undefined {
  try {
    parse(reader).createResolver(parse(writer));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
