import { CELL, KIND, NOTE, NOTE_CELL, UNCUT, type SegmentPlan } from '../schema/set-tables.js';
import type { Delimiters } from '../segments/delimiters.js';
import { HAS_CONTROL, HAS_HIGH, type Segment } from '../segments/segment.js';
import { SPACE } from '../read/bytes.js';
import { isDateAt, isTimeAt } from './calendar.js';
import { numericLength } from './numeric.js';

/** No character has this code. */
const NONE = -1;

/** What cuts a value: character codes, -1 for none. */
export interface Cuts {
  readonly component: number;
  readonly repetition: number;
}

export function cutsOf({ component, repetition }: Delimiters): Cuts {
  return { component: component?.charCodeAt(0) ?? NONE, repetition: repetition?.charCodeAt(0) ?? NONE };
}

/**
 * Whether a segment keeps its rule, as far as a quick look can tell. It allocates nothing and names nothing; `false` asks
 * for the thorough check, which may still find nothing wrong.
 */
export function looksClean(segment: Segment, plan: SegmentPlan, cuts: Cuts): boolean {
  const count = segment.lastMark - segment.firstMark - 1;
  if (plan.isCareful || (segment.flags & HAS_CONTROL) !== 0) return false;
  const hasHigh = (segment.flags & HAS_HIGH) !== 0;
  const { text, marks, shift } = segment.within;
  const { cells, elementCount } = plan;
  if (count > elementCount && !plan.hasRest) return false;

  let filled = 0;
  let mark = segment.firstMark + 1;
  let start = (marks[mark] as number) - shift + 1;
  let end = start;
  const looked = count < elementCount ? count : elementCount;
  for (let n = 0; n < looked; n++) {
    mark += 1;
    end = (marks[mark] as number) - shift;
    if (end > start) {
      filled |= 1 << n;
      if (!fits(text, start, end, cells, n * CELL, plan, cuts, hasHigh)) return false;
    }
    start = end + 1;
  }
  if (count > 0 && (marks[segment.lastMark] as number) - (marks[segment.lastMark - 1] as number) === 1) return false;
  return (filled & plan.mandatory) === plan.mandatory && keepsNotes(filled, plan.notes);
}

function fits(
  text: string,
  start: number,
  end: number,
  cells: Int32Array,
  cell: number,
  plan: SegmentPlan,
  cuts: Cuts,
  hasHigh: boolean,
): boolean {
  const kind = cells[cell] as number;
  const min = cells[cell + 1] as number;
  const max = cells[cell + 2] as number;
  const length = end - start;
  if ((kind & UNCUT) !== 0 && isCut(text, start, end, cuts)) return false;
  switch (kind & ~UNCUT) {
    case KIND.any:
      return true;
    case KIND.text:
      if (text.charCodeAt(start) === SPACE) return false;
      return length >= min && length <= max && (!hasHigh || min <= 1 || isAscii(text, start, end));
    case KIND.code:
      return length >= min && length <= max && isListed(text, start, end, plan.codes[cells[cell + 3] as number]);
    case KIND.integer:
    case KIND.decimal: {
      const digits = numericLength(text, start, end, (kind & ~UNCUT) === KIND.decimal);
      return digits >= min && digits <= max && digits > 0;
    }
    case KIND.date:
      return length >= min && length <= max && isDateAt(text, start, end);
    case KIND.time:
      return length >= min && length <= max && isTimeAt(text, start, end);
    default:
      return false;
  }
}

function isCut(text: string, start: number, end: number, { component, repetition }: Cuts): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === component || code === repetition) return true;
  }
  return false;
}

/** Whether there are as many characters as bytes. */
function isAscii(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}

function isListed(text: string, start: number, end: number, list: Int32Array | undefined): boolean {
  if (list === undefined || end - start > 4) return false;
  let packed = 0;
  for (let at = end - 1; at >= start; at--) packed = (packed << 8) | text.charCodeAt(at);
  for (let n = 0; n < list.length; n++) if (list[n] === packed) return true;
  return false;
}

/** @param filled - Bit n: element n + 1 has a value. */
function keepsNotes(filled: number, notes: Int32Array): boolean {
  for (let at = 0; at < notes.length; at += NOTE_CELL) {
    const first = notes[at + 1] as number;
    const others = notes[at + 2] as number;
    const found = filled & (first | others);
    if (found === 0) {
      if (notes[at] === NOTE.R) return false;
    } else if (!keepsNote(notes[at] as number, found, first, others)) return false;
  }
  return true;
}

function keepsNote(kind: number, found: number, first: number, others: number): boolean {
  switch (kind) {
    case NOTE.P:
      return found === (first | others);
    case NOTE.E:
      return (found & (found - 1)) === 0;
    case NOTE.C:
      return (found & first) === 0 || (found & others) === others;
    case NOTE.L:
      return (found & first) === 0 || (found & others) !== 0;
    default:
      return true;
  }
}
