import type { EventDefinition } from './define-event.js';
import * as definitions from './events/index.js';

function isDefinition(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'type' in value && 'avro' in value;
}

/** Every event of the life of an order, by type. */
export const EVENTS: ReadonlyMap<string, EventDefinition> = new Map(
  Object.values(definitions as Record<string, unknown>)
    .filter(isDefinition)
    .map((definition) => [definition.type, definition]),
);
