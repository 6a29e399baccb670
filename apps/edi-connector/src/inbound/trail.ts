import {
  component,
  components,
  element,
  elementRange,
  issue,
  presentElements,
  type Issue,
  type IssueCode,
  type IssueSeverity,
  type Segment,
} from '@railhead/x12';
import type { LineField } from './line-field.js';
import { PlaceNames } from './place-names.js';

/** From this many lines, or fields, on, provenance names the line's PO1 only: an order must still fit into one event. */
const LINES_IN_DETAIL = 300;
const FIELDS_IN_DETAIL = 4_000;
/** And from here on it says once that the lines are the PO1s, in their order. */
const LINES_ONE_BY_ONE = 3_000;
/** Elements that {@link presentElements} looks at. */
const BITS = 30;
const BLANK = 32;
/** Faults of one set that are named; nobody reads more. */
const ISSUES_MAX = 500;

/** A field of the order as a whole. */
const WHOLE = -1;

/** A pointer into the order, or a field of a line. */
export type Field = string | LineField;

/**
 * What a mapper reads, and where it read it: gives the provenance of the order, finds the element again behind a fault of
 * the order, and knows which elements nobody has read. Notes are kept as they are made and named at the end, once.
 */
export class Trail {
  /** Why there can be no order. */
  readonly issues: Issue[] = [];
  /** What is wrong or odd and does not touch the order: the partner's policy decides what follows. */
  readonly remarks: Issue[] = [];
  private readonly fields: Field[] = [];
  private readonly lines: number[] = [];
  private readonly sources: Segment[] = [];
  private readonly positions: number[] = [];
  /** By ordinal: the elements that were read, as bits. */
  private readonly read: number[];
  private places: PlaceNames | undefined;

  constructor(
    private readonly segments: readonly Segment[],
    private readonly lineCount: number,
  ) {
    this.read = new Array<number>(segments.length + 2).fill(0);
  }

  /** The value of an element, noted as the source of `field`. Blank is absent. @param line - From 0, for a field of a line. */
  take(field: Field, segment: Segment | undefined, position: number, line = WHOLE): string | undefined {
    if (segment === undefined) return undefined;
    const value = this.look(segment, position);
    if (value !== undefined) this.note(field, segment, position, line);
    return value;
  }

  /** One component of an element. The others stay unread. */
  takePart(field: Field, segment: Segment, position: number, part: number, line = WHOLE): string | undefined {
    const value = component(segment, position, part)?.trim();
    if (value === undefined || value === '') return undefined;
    if (components(segment, position).filter((one) => one !== '').length === 1) this.see(segment, position);
    this.note(field, segment, position, line);
    return value;
  }

  /** The value of an element that steers how others are read. Blank is absent. */
  look(segment: Segment, position: number): string | undefined {
    const value = valueOf(segment, position);
    if (value !== undefined && position <= BITS) this.read[segment.ordinal]! |= 1 << position;
    return value;
  }

  /** Notes the source of a field that is not the value itself. */
  mark(field: Field, segment: Segment, position: number, line = WHOLE): void {
    this.see(segment, position);
    this.note(field, segment, position, line);
  }

  /** These elements, from `position` to `last`, were understood, though none of them became a field. */
  see(segment: Segment, position: number, last = position): void {
    for (let at = position; at <= last && at <= BITS; at += 1) this.read[segment.ordinal]! |= 1 << at;
  }

  /** There can be no order because of this. */
  fault(code: IssueCode, segment: Segment, position: number, message: string): void {
    if (this.issues.length < ISSUES_MAX) this.issues.push(issueAt(code, segment, position, message));
  }

  /** Worth saying. An `error` is for the partner's policy to judge, a `note` is only kept. */
  remark(severity: IssueSeverity, code: IssueCode, segment: Segment, position: number, message: string): void {
    if (this.remarks.length < ISSUES_MAX) this.remarks.push(issueAt(code, segment, position, message, severity));
  }

  /** A segment that should stand behind another one. The partner's policy judges it. */
  remarkMissing(id: string, behind: Segment, message: string): void {
    const ordinal = behind.ordinal + 1;
    const { to } = elementRange(behind, behind.elementCount);
    const place = { segment: id, ordinal, from: to, to };
    if (this.remarks.length < ISSUES_MAX) this.remarks.push(issue('segment-missing', place, message));
  }

  /** A fault of the order becomes a fault of the element it was read from, or of BEG where there is none. */
  faultOfField(field: string, message: string): void {
    const pointers = this.fields.map((one, index) => pointerOf(one, this.lines[index]!));
    for (let path = field; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
      const exact = pointers.lastIndexOf(path);
      const index = exact >= 0 ? exact : pointers.findIndex((one) => one.startsWith(`${path}/`));
      if (index >= 0) return this.fault('element-code', this.sources[index]!, this.positions[index]!, message);
    }
    const beg = this.segments[1] ?? this.segments[0];
    if (beg !== undefined) this.fault('element-code', beg, 1, message);
  }

  /** The value that was read last is no number. */
  faultOfLast(message: string): void {
    const source = this.sources.at(-1);
    if (source === undefined) this.faultOfField('', message);
    else this.fault('element-character', source, this.positions.at(-1)!, message);
  }

  /** JSON pointer of the order to the place in the document, e.g. `/purchaseOrderNumber` to `BEG03`. */
  provenance(): Record<string, string> {
    const found: Record<string, string> = {};
    const isLong = this.lineCount > LINES_IN_DETAIL || this.fields.length > FIELDS_IN_DETAIL;
    const names = this.names();
    for (let index = 0; index < this.fields.length; index += 1) {
      const line = this.lines[index]!;
      const source = this.sources[index]!;
      if (line === WHOLE || !isLong)
        found[pointerOf(this.fields[index]!, line)] = names.of(source, this.positions[index]!);
      else if (this.lineCount > LINES_ONE_BY_ONE) found['/lines'] = 'PO1';
      else found[`/lines/${line}`] ??= names.of(source, 0);
    }
    return found;
  }

  /** What nobody has read, as text: whole segments, and single elements of others. Kept with the order, never dropped. */
  leftOver(): Record<string, string> | undefined {
    let left: Record<string, string> | undefined;
    const names = this.names();
    for (const segment of this.segments) {
      const read = this.read[segment.ordinal] ?? 0;
      const unread = presentElements(segment) & ~read;
      if (unread === 0 && segment.elementCount <= BITS) continue;
      if (segment.id === 'ST' || segment.id === 'SE') continue;
      left ??= {};
      if (read === 0) left[names.of(segment, 0)] = textOf(segment);
      else
        for (const position of unreadOf(segment, read)) left[names.of(segment, position)] = element(segment, position)!;
    }
    return left;
  }

  private note(field: Field, segment: Segment, position: number, line: number): void {
    this.fields.push(field);
    this.lines.push(line);
    this.sources.push(segment);
    this.positions.push(position);
  }

  private names(): PlaceNames {
    return (this.places ??= new PlaceNames(this.segments));
  }
}

const pointerOf = (field: Field, line: number): string =>
  typeof field !== 'string' ? field.of(line) : line === WHOLE ? field : `/lines/${line}${field}`;

/** An element without the blanks around it; blank is absent. */
export function valueOf(segment: Segment | undefined, position: number): string | undefined {
  const value = element(segment, position);
  if (value === undefined) return undefined;
  if (value.charCodeAt(0) > BLANK && value.charCodeAt(value.length - 1) > BLANK) return value;
  return value.trim() || undefined;
}

function issueAt(
  code: IssueCode,
  segment: Segment,
  position: number,
  message: string,
  severity: IssueSeverity = 'error',
): Issue {
  const value = code === 'element-missing' ? undefined : element(segment, position);
  const place = {
    segment: segment.id,
    ordinal: segment.ordinal,
    element: position,
    ...elementRange(segment, position),
  };
  return issue(code, place, message, { severity, ...(value !== undefined && { value }) });
}

function textOf(segment: Segment): string {
  const values = Array.from({ length: segment.elementCount }, (_, n) => element(segment, n + 1) ?? '');
  return [segment.id, ...values].join('*');
}

function unreadOf(segment: Segment, read: number): number[] {
  const positions = Array.from({ length: segment.elementCount }, (_, n) => n + 1);
  return positions.filter(
    (position) => (position > BITS || (read & (1 << position)) === 0) && element(segment, position) !== undefined,
  );
}
