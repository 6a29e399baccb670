import { isDigit, isUpper } from './bytes.js';

/** A segment id of two or three characters as one number, so that the hot path compares and switches on integers. */
export type Tag = number;

/** No valid id: wrong length, lower case, or other characters. */
export const NO_TAG: Tag = 0;

/** The tag of an id of two or three characters. */
export function tagOf(id: string): Tag {
  return packTag(id.charCodeAt(0), id.charCodeAt(1), id.length === 3 ? id.charCodeAt(2) : 0);
}

export function packTag(first: number, second: number, third: number): Tag {
  return (first << 16) | (second << 8) | third;
}

export const TAG = {
  ST: tagOf('ST'),
  SE: tagOf('SE'),
  GS: tagOf('GS'),
  GE: tagOf('GE'),
  ISA: tagOf('ISA'),
  IEA: tagOf('IEA'),
  TA1: tagOf('TA1'),
  BIN: tagOf('BIN'),
  BDS: tagOf('BDS'),
} as const;

/** Reads the tag in `bytes[from, to)`. */
export function tagAt(bytes: Uint8Array, from: number, to: number): Tag {
  const length = to - from;
  if (length !== 2 && length !== 3) return NO_TAG;
  const first = bytes[from] as number;
  const second = bytes[from + 1] as number;
  const third = length === 3 ? (bytes[from + 2] as number) : 0;
  if (!isUpper(first) || !(isUpper(second) || isDigit(second))) return NO_TAG;
  return third === 0 || isUpper(third) || isDigit(third) ? packTag(first, second, third) : NO_TAG;
}

const NAMES = new Map<Tag, string>();

/** The id of a tag; one shared string for each id, however many segments carry it. */
export function tagName(tag: Tag): string {
  const known = NAMES.get(tag);
  if (known !== undefined) return known;
  const third = tag & 0xff;
  const name = String.fromCharCode(tag >> 16, (tag >> 8) & 0xff) + (third === 0 ? '' : String.fromCharCode(third));
  NAMES.set(tag, name);
  return name;
}
