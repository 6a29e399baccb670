import type { ByteRange } from '../issues/issue.js';
import { element, elementBytes, segmentRange, type Segment } from '../segments/segment.js';
import type {
  GroupEnd,
  GroupHeader,
  InterchangeEnd,
  InterchangeHeader,
  ReadUnit,
  TransactionSet,
} from '../read/units.js';

/** Widths of ISA01 to ISA15. */
const ISA_WIDTHS = [2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1];

/** What the units of a reading do not tell. */
export interface RewriteOptions {
  /** Size of the input in bytes: whether it ends with a line break. Default: it ends as its segments do. */
  readonly inputBytes?: number;
}

/**
 * Writes again what was read, in its own delimiters and line breaks: a clean file comes out byte for byte, an untidy one
 * tidy. ISA is padded to its columns, empty elements at the end are left out, SE01, GE01 and IEA01 are counted, trailers
 * repeat the control number of their header. Bytes between interchanges and segments that stand outside a set are
 * dropped, ISB and TA3 too. Nothing inside a value is touched.
 *
 * @param units - All units of a reading, in order.
 * @returns the bytes, in pieces: envelope segments and whole sets.
 */
export function* rewrite(
  units: Iterable<ReadUnit>,
  { inputBytes }: RewriteOptions = {},
): Generator<Buffer, void, undefined> {
  const writer = new Rewriter();
  for (const unit of units) {
    const text = writer.take(unit);
    if (text !== '') yield Buffer.from(text, 'latin1');
  }
  const last = writer.lineBreakAt(inputBytes);
  if (last !== '') yield Buffer.from(last, 'latin1');
}

/** A line break is written before the segment that follows it: by then its place tells how long the break was. */
class Rewriter {
  private group: GroupHeader | undefined;
  /** Offset in the input behind the last terminator, where it is known. */
  private end: number | undefined;
  /** The line break behind the ISA; taken where places do not tell. */
  private usual: string | undefined;

  take(unit: ReadUnit): string {
    switch (unit.kind) {
      case 'skipped':
        return '';
      case 'interchange':
        return this.isa(unit.interchange);
      case 'ta1':
        return this.segment(unit.interchange, unit.segment);
      case 'set':
        return this.gs(unit.interchange, unit.group) + this.set(unit);
      case 'group-end':
        return this.gs(unit.interchange, unit.group) + this.line(unit.interchange, geOf(unit));
      case 'interchange-end':
        return this.iea(unit);
    }
  }

  /** What stands between the last terminator and this byte, as far as it is a line break. */
  lineBreakAt(offset: number | undefined): string {
    const between = offset === undefined || this.end === undefined ? undefined : lineBreakOf(offset - this.end);
    this.usual ??= between ?? '';
    return between ?? this.usual;
  }

  private isa(header: InterchangeHeader): string {
    const before = this.end === undefined && this.usual === undefined ? '' : this.lineBreakAt(header.range.from);
    this.group = undefined;
    this.usual = undefined;
    this.end = header.range.to;
    return before + isaOf(header) + header.delimiters.segment;
  }

  private gs(header: InterchangeHeader, group: GroupHeader | undefined): string {
    if (group === undefined || group === this.group) return '';
    this.group = group;
    return this.segment(header, group.segment);
  }

  private set({ interchange, segments, controlNumber }: TransactionSet): string {
    const inside = segments.filter(({ id }) => id !== 'SE');
    const se = segments.find(({ id }) => id === 'SE');
    const count = inside.length + 1;
    const isRight = se !== undefined && Number(element(se, 1)) === count && element(se, 2) === controlNumber;
    const right = ['SE', String(count), controlNumber].join(interchange.delimiters.element);
    const body = inside.map((segment) => this.segment(interchange, segment)).join('');
    return body + (isRight ? this.segment(interchange, se) : this.line(interchange, right));
  }

  private iea(unit: InterchangeEnd): string {
    const text = ieaOf(unit);
    const to = unit.range.to - unit.interchange.delimiters.segment.length;
    return this.line(unit.interchange, text, { from: to - text.length, to });
  }

  private segment(header: InterchangeHeader, segment: Segment): string {
    return this.line(header, textOf(segment), segmentRange(segment));
  }

  private line(header: InterchangeHeader, text: string, range?: ByteRange): string {
    const { segment: terminator } = header.delimiters;
    const before = this.lineBreakAt(range?.from);
    this.end = range === undefined ? undefined : range.to + terminator.length;
    return before + text + terminator;
  }
}

/** The line break of so many bytes; more than two are somebody's indentation, less than none a place made up. */
function lineBreakOf(bytes: number): string | undefined {
  return ['', '\n', '\r\n'][bytes];
}

function isaOf({ elements, delimiters }: InterchangeHeader): string {
  const fixed = ISA_WIDTHS.map((width, n) => (elements[n] ?? '').trimEnd().padEnd(width, ' '));
  return ['ISA', ...fixed, elements[15] ?? ''].join(delimiters.element);
}

function geOf({ group, interchange, setsReceived }: GroupEnd): string {
  return ['GE', String(setsReceived), group.controlNumber].join(interchange.delimiters.element);
}

/** An interchange of TA1s alone may say 0 or count them: what was taken for right is right. */
function ieaOf({ interchange, groups, groupsIncluded, issues }: InterchangeEnd): string {
  const isRight = groups === 0 && issues.every(({ code }) => code !== 'iea-count');
  const count = isRight ? (groupsIncluded ?? groups) : groups;
  return ['IEA', String(count), interchange.controlNumber].join(interchange.delimiters.element);
}

/** The segment as it came, byte for byte, without separators behind its last value. */
function textOf(segment: Segment): string {
  const values = Array.from({ length: segment.elementCount }, (_, n) =>
    Buffer.from(elementBytes(segment, n + 1)).toString('latin1'),
  );
  while (values.length > 0 && values[values.length - 1] === '') values.pop();
  return [segment.id, ...values].join(segment.within.delimiters.element);
}
