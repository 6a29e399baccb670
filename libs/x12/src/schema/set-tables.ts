import type { SegmentRule } from './schema.js';

/**
 * What the quick look does with a value. `careful` leaves the segment to the thorough check, which can say what is wrong
 * and knows composites and repetitions.
 */
export const KIND = { any: 0, text: 1, code: 2, integer: 3, decimal: 4, date: 5, time: 6, careful: 7 } as const;

/** Added to a kind: with a component or repetition separator in it the value is cut, and left to the thorough check. */
export const UNCUT = 8;

/** Numbers kept for each element: kind, shortest, longest, and which list of codes (-1: none). */
export const CELL = 4;

/** Numbers kept for each condition: kind, bit of the first element, bits of the others. */
export const NOTE_CELL = 3;

/** Kinds of conditions, as numbers. */
export const NOTE = { P: 0, R: 1, E: 2, C: 3, L: 4 } as const;

/** One segment's rule as flat numbers. */
export interface SegmentPlan {
  readonly rule: SegmentRule;
  readonly elementCount: number;
  readonly hasRest: boolean;
  /** Bit n: element n + 1 is mandatory. Segments with more than 31 elements have no plan that is quick. */
  readonly mandatory: number;
  readonly cells: Int32Array;
  readonly notes: Int32Array;
  /** Codes of up to four characters, packed into one number each. */
  readonly codes: readonly Int32Array[];
  /** True when no segment of this kind can be judged by the quick look. */
  readonly isCareful: boolean;
}

/** A set's order as flat numbers. Nodes have the numbers of `SetNode.index`; ids have numbers of their own. */
export interface SetTables {
  readonly numbers: ReadonlyMap<string, number>;
  readonly idCount: number;
  /** By node: the number of its id. */
  readonly ids: Uint16Array;
  readonly max: Int32Array;
  readonly last: Int32Array;
  readonly isLoop: Uint8Array;
  /** By node: the name of the loop it heads or stands in; none outside loops. */
  readonly loopNames: readonly (string | undefined)[];
  /** By node: where its row of `first` begins; -1 for a plain segment. */
  readonly rows: Int32Array;
  /** By loop and id: its first child of that id, or -1. */
  readonly first: Int32Array;
  /** By node: the next sibling of the same id, or -1. */
  readonly nextSame: Int32Array;
  /** By node: its children that must come. */
  readonly mandatory: readonly (readonly number[])[];
  /** By node, and by id for segments that are out of place. */
  readonly plans: readonly SegmentPlan[];
  readonly plansById: readonly SegmentPlan[];
  /** Scratch of the walk: how often each node came, and the ordinal where it came first. */
  readonly counts: Int32Array;
  readonly reached: Int32Array;
}
