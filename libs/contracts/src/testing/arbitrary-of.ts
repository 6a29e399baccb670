import fc from 'fast-check';
import type { z } from 'zod';
import { definitionOf } from '../avro/from-zod.js';
import { CalendarDate, CurrencyCode, Decimal, Instant, PositiveDecimal } from '../values.js';

const positive = fc
  .tuple(fc.nat(999_999), fc.nat(9_999))
  .map(([whole, fraction]) => (fraction === 0 ? `${whole}` : `${whole}.${fraction}`));
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());

const NAMED = new Map<z.ZodType, fc.Arbitrary<unknown>>([
  [PositiveDecimal, positive],
  [Decimal, fc.tuple(fc.boolean(), positive).map(([below, value]) => (below ? `-${value}` : value))],
  [CurrencyCode, fc.constantFrom('USD', 'JPY', 'KWD')],
  [CalendarDate, day.map((text) => text.slice(0, 10))],
  [Instant, day],
]);

/** One UTF-16 unit each, because lengths are counted in those. */
const character = fc.constantFrom(...'aZ09 -"\\\n\u0000äß漢字ﬀ'.split(''));

/** Values that a contract's schema accepts: any mix of present and absent fields, and texts of every script. For tests. */
export function arbitraryOf(schema: z.ZodType): fc.Arbitrary<unknown> {
  const definition = definitionOf(schema);
  const named = NAMED.get(schema);
  if (named !== undefined) return named;
  if (schema.meta()?.id === 'Bytes') return fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes));
  if (definition.shape !== undefined) return objectOf(definition.shape);
  if (definition.element !== undefined)
    return fc.array(arbitraryOf(definition.element), { minLength: 1, maxLength: 2 });
  if (definition.valueType !== undefined)
    return fc.dictionary(fc.string({ unit: character, minLength: 1 }), arbitraryOf(definition.valueType), {
      maxKeys: 2,
      noNullPrototype: true,
    });
  if (definition.innerType !== undefined) return arbitraryOf(definition.innerType);
  if (definition.entries !== undefined) return fc.constantFrom(...Object.values(definition.entries));
  if (definition.values !== undefined) return fc.constantFrom(...definition.values);
  return plain(schema, definition.type);
}

function plain(schema: z.ZodType, type: string): fc.Arbitrary<unknown> {
  if (type === 'boolean') return fc.boolean();
  if (type === 'number') return fc.integer({ min: Math.max(0, (schema as z.ZodNumber).minValue ?? 0), max: 3650 });
  if (definitionOf(schema).format === 'uuid') return fc.uuid();
  const [min, max] = lengthsOf(schema);
  return fc.string({ unit: character, minLength: min, maxLength: max });
}

function lengthsOf(schema: z.ZodType): [min: number, max: number] {
  const { minLength, maxLength } = schema as z.ZodString;
  return [minLength ?? 0, Math.min(maxLength ?? 40, Math.max(40, minLength ?? 0))];
}

function objectOf(shape: Record<string, z.ZodType>): fc.Arbitrary<unknown> {
  const fields = Object.entries(shape);
  const required = fields.filter(([, field]) => definitionOf(field).type !== 'optional').map(([name]) => name);
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, arbitraryOf(field)])), {
    requiredKeys: required,
    noNullPrototype: true,
  });
}
