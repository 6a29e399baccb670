import type { Segment } from './segment.js';

interface Occurrences {
  /** How often each id occurs. */
  readonly totals: ReadonlyMap<string, number>;
  /** By ordinal: which occurrence of its id this segment is. */
  readonly numbers: readonly number[];
}

const COUNTED = new WeakMap<readonly Segment[], Occurrences>();

/**
 * Names an element so that a person finds it: `BEG03` where BEG occurs once, else `PO1[2]/PO104`, the second PO1.
 *
 * @param segments - All segments of the transaction set, ST first.
 * @param part - Component of a composite element, from 1.
 */
export function pointer(segments: readonly Segment[], segment: Segment, position?: number, part?: number): string {
  const { totals, numbers } = occurrencesIn(segments);
  const repeated = (totals.get(segment.id) ?? 1) > 1;
  const which = repeated ? `${segment.id}[${numbers[segment.ordinal] ?? 1}]` : segment.id;
  if (position === undefined) return which;

  const name = `${segment.id}${String(position).padStart(2, '0')}`;
  const full = part === undefined ? name : `${name}-${String(part).padStart(2, '0')}`;
  return repeated ? `${which}/${full}` : full;
}

function occurrencesIn(segments: readonly Segment[]): Occurrences {
  const known = COUNTED.get(segments);
  if (known !== undefined) return known;

  const totals = new Map<string, number>();
  const numbers: number[] = [0];
  for (const segment of segments) {
    const number = (totals.get(segment.id) ?? 0) + 1;
    totals.set(segment.id, number);
    numbers[segment.ordinal] = number;
  }
  const counted = { totals, numbers };
  COUNTED.set(segments, counted);
  return counted;
}
