import { EVENTS, type Event, type EventDefinition } from '@railhead/contracts';
import type { z } from 'zod';

/** One thing that happened to an order, as its writer told it. */
export type Fact = Event;

/** What goes into order files: everything but reference data. */
export const FACT_TYPES: readonly string[] = [...EVENTS.values()]
  .filter((definition) => definition.topic !== 'reference')
  .map((definition) => definition.type);

/**
 * The facts as one story: each event once, in the order of (time, id). Whatever order they came in and however often,
 * the story is the same; everything else is computed from it.
 */
export function storyOf(facts: readonly Fact[]): Fact[] {
  const once = new Map(facts.map((fact) => [fact.id, fact]));
  return [...once.values()].sort((left, right) => compare(left.time, right.time) || compare(left.id, right.id));
}

/** The facts of one type, typed, in the order of the story. */
export function factsOf<Type extends string, Schema extends z.ZodType>(
  story: readonly Fact[],
  definition: EventDefinition<Type, Schema>,
): Event<Type, z.infer<Schema>>[] {
  return story.filter((fact): fact is Event<Type, z.infer<Schema>> => fact.type === definition.type);
}

/** The facts grouped by an id in their data; the groups in the order of their first fact. */
export function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
