import type { z } from 'zod';
import { definitionOf } from '../avro/from-zod.js';

type Write = (value: unknown) => string;

/** Text that JSON writes as it stands: no quote, no backslash, no control character, no half of a character. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/**
 * A writer of JSON for values of one schema, with the fields of every object in alphabetical order, so that equal values
 * give equal text. What is absent or undefined is left out. Fields that the schema does not have are not written.
 */
export function sortedJsonOf(schema: z.ZodType): Write {
  const known = new Map<z.ZodType, Write>();
  return writerOf(schema, known);
}

function writerOf(schema: z.ZodType, known: Map<z.ZodType, Write>): Write {
  const found = known.get(schema);
  if (found !== undefined) return found;
  const made = makeWriter(schema, known);
  known.set(schema, made);
  return made;
}

function makeWriter(schema: z.ZodType, known: Map<z.ZodType, Write>): Write {
  const { type, shape, element, innerType } = definitionOf(schema);
  switch (type) {
    case 'object':
      return objectWriter(shape!, known);
    case 'array':
      return arrayWriter(writerOf(element!, known));
    case 'optional':
    case 'default':
      return writerOf(innerType!, known);
    case 'string':
    case 'enum':
      return (value) => (typeof value === 'string' ? quoted(value) : JSON.stringify(value));
    case 'number':
    case 'boolean':
      return (value) => JSON.stringify(value);
    default:
      return (value) => JSON.stringify(inOneOrder(value));
  }
}

function objectWriter(shape: Record<string, z.ZodType>, known: Map<z.ZodType, Write>): Write {
  const fields = Object.entries(shape)
    .toSorted(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, field]) => ({ name, head: `${JSON.stringify(name)}:`, write: writerOf(field, known) }));
  return (value) => {
    const given = value as Record<string, unknown>;
    let text = '';
    for (const { name, head, write } of fields) {
      const inner = given[name];
      if (inner !== undefined) text += (text === '' ? head : `,${head}`) + write(inner);
    }
    return `{${text}}`;
  };
}

function arrayWriter(write: Write): Write {
  return (value) => {
    let text = '';
    for (const item of value as readonly unknown[]) text += text === '' ? write(item) : `,${write(item)}`;
    return `[${text}]`;
  };
}

/** The same value with the fields of every object in alphabetical order. */
function inOneOrder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOneOrder);
  const given = value as Record<string, unknown>;
  const ordered: Record<string, unknown> = {};
  for (const name of Object.keys(given).sort()) ordered[name] = inOneOrder(given[name]);
  return ordered;
}
