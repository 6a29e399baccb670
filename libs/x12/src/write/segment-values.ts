/** A value to write: text, a composite (its components in order), one that repeats, binary data, or nothing. */
export type ElementValue = string | undefined | CompositeValue | RepeatedValue | BinaryValue;

/** Components in order; empty ones at the end are left out. */
export type CompositeValue = readonly (string | undefined)[];

/** An element that stands in its place several times; from version 00402 on. Empty ones at the end are left out. */
export interface RepeatedValue {
  readonly repetitions: readonly (string | CompositeValue)[];
}

/** Any bytes, as BIN02 and BDS03 hold them. The element before, their length, is left to the writer. */
export interface BinaryValue {
  readonly bytes: Uint8Array;
}

/** A segment to write: its id, then its elements in order. Empty ones at the end are left out. */
export type SegmentValues = readonly [id: string, ...elements: ElementValue[]];
