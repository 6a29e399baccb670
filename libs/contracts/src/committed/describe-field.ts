import type { z } from 'zod';
import { definitionOf } from '../avro/from-zod.js';
import { CalendarDate, CurrencyCode, Decimal, Instant, PositiveDecimal } from '../values.js';

/** One field as the catalogue shows it. */
export interface FieldDescription {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
}

const NAMED = new Map<z.ZodType, string>([
  [Decimal, 'decimal'],
  [PositiveDecimal, 'decimal ≥ 0'],
  [CurrencyCode, 'currency'],
  [CalendarDate, 'date'],
  [Instant, 'instant'],
]);

/** The fields of an object schema, in their order. */
export function fieldsOf(schema: z.ZodType): FieldDescription[] {
  return Object.entries(definitionOf(schema).shape ?? {}).map(([name, field]) => {
    const { type } = definitionOf(field);
    return { name, type: typeText(field), optional: type === 'optional' || type === 'default' };
  });
}

/** The named object schemas in a schema, itself included, by name. */
export function recordsIn(schema: z.ZodType, found = new Map<string, z.ZodType>()): Map<string, z.ZodType> {
  const id = schema.meta()?.id;
  if (id !== undefined && found.has(id)) return found;
  if (id !== undefined && definitionOf(schema).shape !== undefined) found.set(id, schema);
  for (const inner of innerSchemas(schema)) recordsIn(inner, found);
  return found;
}

function innerSchemas(schema: z.ZodType): z.ZodType[] {
  const { shape, element, innerType, valueType } = definitionOf(schema);
  return [...Object.values(shape ?? {}), element, innerType, valueType].filter((inner) => inner !== undefined);
}

/** `uuid`, `Money`, `ShipmentLine[]`, `'a' | 'b'`. */
function typeText(schema: z.ZodType): string {
  const definition = definitionOf(schema);
  const { type, innerType, element, valueType } = definition;
  if (innerType !== undefined) return typeText(innerType);
  const named = NAMED.get(schema) ?? schema.meta()?.id;
  if (named !== undefined) return named;
  if (element !== undefined) return `${typeText(element)}[]`;
  if (valueType !== undefined) return `map of ${typeText(valueType)}`;
  if (type === 'enum')
    return Object.values(definition.entries ?? {})
      .map((member) => `'${member}'`)
      .join(' | ');
  if (type === 'literal') return String(definition.values?.[0]);
  if (type === 'number') return 'integer';
  if (type === 'object') return 'object';
  return definition.format === 'uuid' ? 'uuid' : type;
}
