import type { ByteRange, Place } from '../issues/issue.js';
import type { Delimiters } from './delimiters.js';

/** Segment saw a control character, or a byte of 0x80 and above: rare, so worth a flag that spares a second look. */
export const HAS_CONTROL = 4;
export const HAS_HIGH = 8;

/** The text that segments are cut from: one transaction set, or one envelope segment. */
export interface SegmentText {
  /** Latin-1 decoding: one character for each byte, so that offsets in text and bytes agree. */
  readonly text: string;
  /** For each segment: where it starts, every element separator, and where it ends. */
  readonly marks: Int32Array;
  /** What to subtract from a mark to get an index into `text`. */
  readonly shift: number;
  /** Byte offset in the input of `text[0]`. */
  readonly base: number;
  /** Indices into `text` before which line breaks of a wrapped file were taken out; ascending. */
  readonly holes: readonly number[];
  readonly delimiters: Delimiters;
}

/** One line of a transaction set. Elements are cut out and decoded when asked for, not before. */
export class Segment {
  constructor(
    /** Segment id, e.g. `PO1`. */
    readonly id: string,
    /** Position in the transaction set; ST is 1. Envelope segments have 0. */
    readonly ordinal: number,
    /** @internal */
    readonly within: SegmentText,
    /** @internal Index of the first mark. */
    readonly firstMark: number,
    /** @internal Index of the last mark: the segment's end. */
    readonly lastMark: number,
    /** @internal HAS_CONTROL | HAS_HIGH. */
    readonly flags: number,
  ) {}

  /** Elements present, trailing empty ones included; the id does not count. */
  get elementCount(): number {
    return this.lastMark - this.firstMark - 1;
  }
}

/** @internal Index into the text where element `position` starts; 0 is the segment id. */
export function startOf(segment: Segment, position: number): number {
  const { marks, shift } = segment.within;
  return (marks[segment.firstMark + position] as number) - shift + (position === 0 ? 0 : 1);
}

/** @internal Index into the text one past the end of element `position`; 0 is the segment id. */
export function endOf(segment: Segment, position: number): number {
  const { marks, shift } = segment.within;
  return (marks[segment.firstMark + position + 1] as number) - shift;
}

/** The latin-1 slice of an element; empty when it is not there. */
function rawElement(segment: Segment | undefined, position: number): string {
  if (segment === undefined || position < 1 || position > segment.elementCount) return '';
  return segment.within.text.slice(startOf(segment, position), endOf(segment, position));
}

/** @internal Latin-1 text as it was meant: UTF-8 where the bytes are valid UTF-8, else Latin-1. */
export function decoded(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const utf8 = Buffer.from(latin1, 'latin1').toString('utf8');
  return utf8.includes('\ufffd') ? latin1 : utf8;
}

/**
 * The value of an element, counted from 1 as the standard does. Absent and empty are both `undefined`.
 *
 * Composite and repeating elements come whole; see {@link component} and {@link repetitions}.
 */
export function element(segment: Segment | undefined, position: number): string | undefined {
  const raw = rawElement(segment, position);
  if (raw === '') return undefined;
  return (segment as Segment).flags & HAS_HIGH ? decoded(raw) : raw;
}

const BITS = 30;

/** Which elements have a value, as bits: bit 3 for the third. Elements behind the 30th are not looked at. */
export function presentElements(segment: Segment): number {
  const { marks } = segment.within;
  const last = Math.min(segment.elementCount, BITS);
  let present = 0;
  for (let position = 1; position <= last; position += 1) {
    const from = segment.firstMark + position;
    if ((marks[from + 1] as number) - (marks[from] as number) > 1) present |= 1 << position;
  }
  return present;
}

/** The components of a composite element, in order; empty ones are `''`. An absent element has none. */
export function components(segment: Segment | undefined, position: number): readonly string[] {
  const value = element(segment, position);
  if (value === undefined) return [];
  const separator = segment?.within.delimiters.component;
  return separator === undefined ? [value] : value.split(separator);
}

/** One component of a composite element; both positions count from 1. Absent and empty are `undefined`. */
export function component(segment: Segment | undefined, position: number, part: number): string | undefined {
  const value = element(segment, position);
  const separator = segment?.within.delimiters.component;
  if (value === undefined) return undefined;
  if (separator === undefined) return part === 1 ? value : undefined;
  let from = 0;
  for (let n = 1; n < part; n++) {
    const at = value.indexOf(separator, from);
    if (at < 0) return undefined;
    from = at + 1;
  }
  const to = value.indexOf(separator, from);
  return value.slice(from, to < 0 ? undefined : to) || undefined;
}

/** The repetitions of an element, in order. Before version 00402 there is never more than one. */
export function repetitions(segment: Segment | undefined, position: number): readonly string[] {
  const value = element(segment, position);
  if (value === undefined) return [];
  const separator = segment?.within.delimiters.repetition;
  return separator === undefined ? [value] : value.split(separator);
}

/** The bytes of an element exactly as they came, e.g. the payload of BIN02. */
export function elementBytes(segment: Segment | undefined, position: number): Uint8Array {
  return Buffer.from(rawElement(segment, position), 'latin1');
}

/** Where an element stands in the input. An absent element has an empty range at the segment's end. */
export function elementRange(segment: Segment, position: number): ByteRange {
  if (position > segment.elementCount) {
    const end = offsetOf(segment.within, endOf(segment, segment.elementCount), 'end');
    return { from: end, to: end };
  }
  return rangeOf(segment.within, startOf(segment, position), endOf(segment, position));
}

/** Where a segment stands in the input, without its terminator. */
export function segmentRange(segment: Segment): ByteRange {
  return rangeOf(segment.within, startOf(segment, 0), endOf(segment, segment.elementCount));
}

/** @internal The place of an element (or of the segment, without a position) for an issue. */
export function placeOf(segment: Segment, position?: number): Place {
  const range = position === undefined ? segmentRange(segment) : elementRange(segment, position);
  const ordinal = segment.ordinal > 0 ? { ordinal: segment.ordinal } : {};
  return { segment: segment.id, ...ordinal, ...(position === undefined ? {} : { element: position }), ...range };
}

function rangeOf(within: SegmentText, from: number, to: number): ByteRange {
  const start = offsetOf(within, from, 'start');
  // An empty element at the edge of a wrapped line stands behind the line break.
  return { from: start, to: Math.max(start, offsetOf(within, to, 'end')) };
}

/** A hole exactly at the edge belongs outside the element: before its start, after its end. */
function offsetOf(within: SegmentText, index: number, edge: 'start' | 'end'): number {
  return within.base + index + countUpTo(within.holes, edge === 'start' ? index : index - 1);
}

/** How many of these, in ascending order, are at most `limit`. A wrapped set may have very many. */
function countUpTo(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
