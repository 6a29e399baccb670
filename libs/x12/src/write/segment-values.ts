/** A value to write: text, a composite (its components in order), or nothing. */
export type ElementValue = string | undefined | readonly (string | undefined)[];

/** A segment to write: its id, then its elements in order. Empty ones at the end are left out. */
export type SegmentValues = readonly [id: string, ...elements: ElementValue[]];
