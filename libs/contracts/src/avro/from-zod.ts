import type { z } from 'zod';

/** An Avro schema as plain JSON. */
export type AvroSchema = string | readonly AvroSchema[] | { readonly [attribute: string]: unknown };

/** The parts of a zod schema's definition that decide its Avro form and its line in the catalogue. */
export interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly checks?: readonly { _zod?: { def?: { format?: string } } }[];
  readonly format?: string;
  readonly in?: z.ZodType;
  readonly defaultValue?: unknown;
}

interface Naming {
  readonly namespace: string;
  readonly known: Set<string>;
}

/** What a zod schema is made of. */
export function definitionOf(schema: z.ZodType): Definition {
  return (schema as unknown as { _zod: { def: Definition } })._zod.def;
}

function idOf(schema: z.ZodType): string | undefined {
  return schema.meta()?.id;
}

function isWhole(definition: Definition): boolean {
  const formats = [definition.format, ...(definition.checks ?? []).map((check) => check._zod?.def?.format)];
  return formats.some((format) => format === 'safeint' || format === 'int32');
}

/** An optional or defaulted field may be missing: a union with null whose default is null, so that adding it is compatible. */
function fieldOf(name: string, schema: z.ZodType, naming: Naming, path: string): object {
  const definition = definitionOf(schema);
  if (definition.type === 'optional') {
    return { name, type: ['null', typeOf(definition.innerType!, naming, `${path}_${name}`)], default: null };
  }
  const inner = definition.type === 'default' ? definitionOf(definition.innerType!) : definition;
  const type = typeOf(schema, naming, `${path}_${name}`);
  if (inner.type === 'array') return { name, type, default: [] };
  return definition.type === 'default' ? { name, type, default: definition.defaultValue } : { name, type };
}

function recordOf(schema: z.ZodType, shape: Record<string, z.ZodType>, naming: Naming, path: string): AvroSchema {
  const name = idOf(schema) ?? path;
  if (naming.known.has(name)) return `${naming.namespace}.${name}`;
  naming.known.add(name);
  const fields = Object.entries(shape).map(([field, inner]) => fieldOf(field, inner, naming, name));
  return { type: 'record', name, namespace: naming.namespace, fields };
}

function typeOf(schema: z.ZodType, naming: Naming, path: string): AvroSchema {
  const definition = definitionOf(schema);
  if (idOf(schema) === 'Bytes') return 'bytes';
  switch (definition.type) {
    case 'object':
      return recordOf(schema, definition.shape!, naming, path);
    case 'array':
      return { type: 'array', items: typeOf(definition.element!, naming, path) };
    case 'record':
      return { type: 'map', values: typeOf(definition.valueType!, naming, path) };
    case 'default':
      return typeOf(definition.innerType!, naming, path);
    case 'pipe':
      return typeOf(definition.in!, naming, path);
    case 'string':
    case 'enum': // as text: a new member must not break an old reader
      return 'string';
    case 'boolean':
      return 'boolean';
    case 'literal':
      return typeof definition.values?.[0] === 'number' ? 'long' : 'string';
    case 'number':
      if (isWhole(definition)) return 'long';
      throw new TypeError(`${path}: fractions travel as decimal strings, not as numbers`);
    default:
      throw new TypeError(`${path}: no Avro form for zod type ${definition.type}`);
  }
}

/** `order.captured.v1` → `OrderCaptured`; the version is not part of the name, so that versions of one event resolve. */
export function recordNameOf(eventType: string): string {
  return eventType
    .replace(/\.v\d+$/, '')
    .split(/[.-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** The Avro schema of an event's data, made from its zod schema. @throws TypeError for a shape that Avro cannot carry. */
export function avroSchemaOf(eventType: string, schema: z.ZodType): AvroSchema {
  const naming = { namespace: 'railhead', known: new Set<string>() };
  const definition = definitionOf(schema);
  if (definition.type !== 'object') throw new TypeError(`${eventType}: event data is an object`);
  return recordOf(schema, definition.shape!, naming, recordNameOf(eventType));
}
