import { isAlphanumeric, isLineBreak, isUtf8At, utf8Length } from './bytes.js';
import { chooseTerminator } from './isa-terminator.js';

/** An ISA found at a place in the bytes, read by counting its 16 separators rather than by columns. */
export interface Isa {
  readonly kind: 'isa';
  /** ISA01 to ISA16 at index 0 to 15; line breaks taken out, padding kept. */
  readonly elements: readonly string[];
  readonly separator: number;
  readonly component: number | undefined;
  /** One byte, or a UTF-8 character of several. */
  readonly terminator: readonly number[];
  /** Offset of the first byte after the terminator. */
  readonly end: number;
  /** Characters without the line breaks inside; 106 when it keeps to the columns. */
  readonly length: number;
  /** Lines are filled up with blanks in front of the line break that terminates them: a file of fixed records. */
  readonly padded: boolean;
  /** The file is wrapped at a column, usually 80: a line break stood inside, or the lines behind are all as long. */
  readonly wrapped: boolean;
}

/** Not an ISA, or not a whole one. `elements` are those that are complete. */
export interface NotIsa {
  readonly kind: 'no';
  readonly elements: readonly string[];
}

/** An ISA may begin here; more bytes will tell. */
export interface PerhapsIsa {
  readonly kind: 'more';
}

/** Padded, over-padded or not at all: no ISA seen in the wild is longer. */
export const ISA_BYTES_MAX = 512;
const SEPARATORS = 16;
/** The terminator is chosen by looking ahead to the end of the GS segment; always this far, however the bytes arrive. */
const LOOKAHEAD = 256;

/**
 * Reads the ISA that starts at `from`. Its columns are not trusted: real files pad too much, too little, or wrap.
 *
 * @param final - No more bytes will come, so do not answer `more`.
 */
export function readIsa(bytes: Buffer, from: number, to: number, final: boolean): Isa | NotIsa | PerhapsIsa {
  const read = tryIsa(bytes, from, to, final);
  // A broken ISA that can be told to its sender is measured on all of its bytes, however they arrive.
  return read.kind === 'no' && isLegible(read) && !final && to < from + ISA_BYTES_MAX ? { kind: 'more' } : read;
}

function tryIsa(bytes: Buffer, from: number, to: number, final: boolean): Isa | NotIsa | PerhapsIsa {
  const separator = bytes[from + 3];
  if (from + 3 >= to || separator === undefined) return final ? { kind: 'no', elements: [] } : { kind: 'more' };
  if (!maySeparate(separator)) return { kind: 'no', elements: [] };

  const limit = Math.min(to, from + ISA_BYTES_MAX);
  const separators = separatorsIn(bytes, from + 3, limit, separator);
  const elements = textsBetween(bytes, separators);
  if (separators.length < SEPARATORS) {
    return final || limit === from + ISA_BYTES_MAX ? { kind: 'no', elements } : { kind: 'more' };
  }
  if (!isPlausible(elements)) return { kind: 'no', elements };

  const last = separators[SEPARATORS - 1] as number;
  if (!final && to < last + LOOKAHEAD) return { kind: 'more' };
  const isa = withTerminator(bytes, from, Math.min(to, last + LOOKAHEAD), { separator, last, elements });
  if (isa.kind !== 'isa' || isa.wrapped) return isa;
  const wrapped = isWrappedBehind(bytes, from, isa.end - isa.terminator.length, Math.min(to, last + LOOKAHEAD), to);
  if (wrapped === undefined && !final) return { kind: 'more' };
  return { ...isa, wrapped: wrapped === true };
}

interface Counted {
  readonly separator: number;
  readonly last: number;
  readonly elements: readonly string[];
}

function withTerminator(bytes: Buffer, from: number, to: number, isa: Counted): Isa | NotIsa {
  const chosen = chooseTerminator(bytes, isa.last + 1, to, isa.separator);
  if (chosen === undefined) return { kind: 'no', elements: isa.elements };

  const length = terminatorLength(bytes, chosen.at, to);
  const terminator = [...bytes.subarray(chosen.at, chosen.at + length)];
  const breaks = lineBreaksIn(bytes, from, isa.last);
  return {
    kind: 'isa',
    elements: [
      ...isa.elements.slice(0, 15),
      chosen.component === undefined ? '' : String.fromCharCode(chosen.component),
    ],
    separator: isa.separator,
    component: chosen.component,
    terminator,
    end: chosen.at + length,
    length: chosen.at + 1 - from - breaks - (chosen.padding ?? 0),
    padded: chosen.padding !== undefined,
    wrapped: breaks > 0,
  };
}

/**
 * Lines longer than the ISA: the first two break equally far from its beginning, the first of them inside a segment.
 *
 * @param limit - The first one breaks before here.
 * @returns `undefined` where the bytes end within the second line.
 */
function isWrappedBehind(
  bytes: Uint8Array,
  from: number,
  terminatorAt: number,
  limit: number,
  to: number,
): boolean | undefined {
  const first = nextBreak(bytes, terminatorAt, limit);
  if (first === terminatorAt || first >= limit || bytes[first - 1] === bytes[terminatorAt]) return false;
  let second = first;
  while (second < to && isLineBreak(bytes[second] as number)) second += 1;
  const end = second + first - from;
  const found = nextBreak(bytes, second, Math.min(to, end + 1));
  return found === to ? undefined : found === end;
}

function nextBreak(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && !isLineBreak(bytes[at] as number)) at += 1;
  return at;
}

/** A single byte, also of 0x80 and above, unless it begins a whole UTF-8 character. */
function terminatorLength(bytes: Uint8Array, at: number, to: number): number {
  return isUtf8At(bytes, at, to) ? utf8Length(bytes[at] as number) : 1;
}

function maySeparate(byte: number): boolean {
  return !isAlphanumeric(byte) && byte !== 0x20 && !isLineBreak(byte) && byte !== 0;
}

function separatorsIn(bytes: Uint8Array, from: number, to: number, separator: number): number[] {
  const found: number[] = [];
  for (let i = from; i < to && found.length < SEPARATORS; i++) if (bytes[i] === separator) found.push(i);
  return found;
}

function textsBetween(bytes: Buffer, separators: readonly number[]): string[] {
  const texts: string[] = [];
  const first = separators[0];
  if (first === undefined) return texts;
  const all = bytes.toString('latin1', first, separators[separators.length - 1]);
  const isWrapped = /[\r\n]/.test(all);
  for (let n = 0; n + 1 < separators.length; n++) {
    const text = all.slice((separators[n] as number) - first + 1, (separators[n + 1] as number) - first);
    texts.push(isWrapped ? text.replace(/[\r\n]/g, '') : text);
  }
  return texts;
}

function lineBreaksIn(bytes: Uint8Array, from: number, to: number): number {
  let breaks = 0;
  for (let i = from; i < to; i++) if (isLineBreak(bytes[i] as number)) breaks += 1;
  return breaks;
}

/** How long ISA01 to ISA15 are. */
const COLUMNS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

/**
 * Free text may hold the letters ISA; it does not also keep to the columns, nor hold a date, a time and a version in the
 * right places.
 */
function isPlausible(elements: readonly string[]): boolean {
  if (COLUMNS.every((length, n) => elements[n]?.length === length)) return true;
  const at = (position: number) => (elements[position - 1] ?? '').trim();
  const clues = [
    [1, 3, 5, 7].every((position) => at(position).length <= 2),
    /^\d{6,8}$/.test(at(9)),
    /^\d{3,6}$/.test(at(10)),
    /^\d{4,6}$/.test(at(12)),
    at(13) !== '' && at(13).length <= 14,
    at(15).length <= 1,
  ];
  return clues.filter(Boolean).length >= 5;
}

/** An ISA that breaks off, but only after its control number: enough to tell the sender with a TA1. */
export function isLegible({ elements }: NotIsa): boolean {
  const at = (position: number) => (elements[position - 1] ?? '').trim();
  const isWhole = elements.length >= 13 && elements.length < 16;
  const hasIds = at(6) !== '' && at(8) !== '' && at(13) !== '';
  return isWhole && hasIds && at(5).length <= 2 && at(7).length <= 2 && /^\d{6,8}$/.test(at(9));
}
