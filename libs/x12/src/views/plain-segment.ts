import type { ElementRule, SegmentRule } from '../schema/schema.js';
import { element, type Segment } from '../segments/segment.js';

/** A value as data: text; a list of components or of repetitions; a list of repetitions that have components. */
export type PlainValue = string | readonly (string | readonly string[])[];

/**
 * A segment as data: its id, then its elements; empty ones are `''`. Composite and repeating elements are cut where the
 * rule says that they are, and nowhere else: `>` and `^` in free text are text.
 *
 * @param rule - What the schema says of the segment; without one nothing is cut.
 */
export function plainSegment(segment: Segment, rule?: SegmentRule): [id: string, ...values: PlainValue[]] {
  const values = Array.from({ length: segment.elementCount }, (_, n) => plainValue(segment, n + 1, rule?.elements[n]));
  return [segment.id, ...values];
}

function plainValue(segment: Segment, position: number, rule: ElementRule | undefined): PlainValue {
  const text = element(segment, position) ?? '';
  const { component, repetition } = segment.within.delimiters;
  const cutParts = (one: string) =>
    rule?.type === 'composite' && component !== undefined && one !== '' ? one.split(component) : one;
  if (rule === undefined || rule.repeatMax <= 1 || repetition === undefined || text === '') return cutParts(text);
  return text.split(repetition).map(cutParts);
}
