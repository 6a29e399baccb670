import { HAS_CONTROL, HAS_HIGH } from '../segments/segment.js';
import { KNOWN_SEGMENTS } from '../schema/known-segments.js';
import { isLineBreak, isPadding, SPACE } from './bytes.js';
import type { Isa } from './isa.js';
import { NO_TAG, TAG, tagAt, tagName, type Tag } from './segment-tag.js';
import type { Window } from './window.js';

const SEPARATOR = 1;
const TERMINATOR = 2;

/** How a call to {@link SegmentScanner.next} ended: `binary` wants more bytes whatever stands at the limit. */
export type Scanned = 'segment' | 'more' | 'binary';

/** What `separate` answers where the announced binary data is not all here yet. */
const WAIT = -1;

/** Blanks between a line break and the segment behind it, at most: each of a million breaks is looked at. */
const GAP_MAX = 100;

/** Behind the sets; what stands in them is among the known segments. */
const ENVELOPE: ReadonlySet<Tag> = new Set([TAG.GS, TAG.GE, TAG.IEA]);

const MARKS_MIN = 512;
/** A giant set must not leave its memory to every small one after it. */
const SPARE_MAX = 64 * 1024;
const RETIRED = new Int32Array(0);
/** Marks of a scanner that is done: many small files need them one after the other. */
let spareMarks: Int32Array | undefined;

/** By separator and first terminator byte: what each byte means. Partners use a handful of pairs, so tables are kept. */
const CLASSES = new Map<number, Uint8Array>();
const CLASSES_MAX = 64;

function classesOf(separator: number, terminator: number): Uint8Array {
  const key = separator * 256 + terminator;
  const known = CLASSES.get(key);
  if (known !== undefined) return known;
  const classes = new Uint8Array(256).fill(HAS_CONTROL, 0, 0x20).fill(HAS_HIGH, 0x80);
  classes[0x7f] = HAS_CONTROL;
  classes[separator] = SEPARATOR;
  classes[terminator] = TERMINATOR;
  if (CLASSES.size < CLASSES_MAX) CLASSES.set(key, classes);
  return classes;
}

/** Finds segments in the window: where each starts, where its separators are, where it ends. Copies nothing. */
export class SegmentScanner {
  /** Marks of all segments since the last release; indices into the window. */
  marks = spareMarks ?? new Int32Array(MARKS_MIN);
  markCount = 0;
  /** Next byte to look at. */
  position = 0;
  /** What the last segment was. */
  tag: Tag = NO_TAG;
  flags = 0;
  firstMark = 0;
  /** Empty segments (two terminators in a row) and line ends taken for a lost or another terminator, since last asked. */
  emptySegments = 0;
  recoveredTerminators = 0;

  private readonly classes: Uint8Array;
  private readonly terminator: readonly number[];
  private readonly separator: number;
  private readonly blankLinesAreNormal: boolean;
  private readonly onePerLine: boolean;
  /** Each line is filled up with blanks in front of the line break that terminates it. */
  private readonly isPadded: boolean;
  private inSegment = false;
  /** The id is known and no element tells the length of another: separators need no more than a mark. */
  private isPlain = false;
  /** Which element of a binary segment tells its length; 0 for every other segment. */
  private lengthElement = 0;

  /** @param binaryBytesMax - A BIN that claims more than this is read like any other segment. */
  constructor(
    private readonly window: Window,
    isa: Isa,
    private readonly binaryBytesMax: number,
  ) {
    this.separator = isa.separator;
    this.terminator = isa.terminator;
    this.position = isa.end;
    spareMarks = undefined;
    const lead = isa.terminator[0] as number;
    this.classes = classesOf(isa.separator, lead);
    this.blankLinesAreNormal = isPadding(lead);
    this.isPadded = isa.padded;
    this.onePerLine = isLineBreak(this.blankLinesAreNormal ? lead : (window.bytes[isa.end] ?? 0));
  }

  /**
   * Reads on to the next terminator before `limit`, and remembers where it stopped if there is none.
   *
   * @param final - Nothing that belongs to this interchange comes after `limit`.
   * @param isInputOver - No more bytes will come at all.
   */
  next(limit: number, final: boolean, isInputOver: boolean): Scanned {
    if (!this.inSegment && !this.begin(limit)) return 'more';
    const { bytes } = this.window;
    const { classes } = this;
    let at = this.position;
    while (at < limit) {
      const what = classes[bytes[at] as number] as number;
      if (what === 0) at += 1;
      else if (what === SEPARATOR && this.isPlain && this.markCount < this.marks.length) {
        this.marks[this.markCount++] = at++;
      } else if (what === SEPARATOR) {
        const next = this.separate(at, isInputOver);
        if (next === WAIT) {
          this.position = at;
          return 'binary';
        }
        at = next;
      } else if (what === TERMINATOR) {
        if (this.terminator.length > 1 && !this.isTerminator(at, limit)) {
          if (at + this.terminator.length > limit && !final) break;
          this.flags |= HAS_HIGH;
          at += 1;
        } else return this.finish(at, at + this.terminator.length);
      } else if (this.onePerLine && what === HAS_CONTROL && isLineBreak(bytes[at] as number)) {
        const lost = this.terminatorLostAt(at, limit, final);
        if (lost === 'more') break;
        if (lost === 'yes') return this.recover(at);
        this.flags |= HAS_CONTROL;
        at += 1;
      } else {
        this.flags |= what;
        at += 1;
      }
    }
    this.position = at;
    return 'more';
  }

  /** The interchange is over: the next scanner may have the memory. */
  retire(): void {
    if (this.marks.length <= SPARE_MAX) spareMarks = this.marks;
    this.marks = RETIRED;
  }

  /** Ends the open segment at `limit` although no terminator stands there. False when nothing is open. */
  cutOff(limit: number): boolean {
    const start = this.openedAt;
    let end = limit;
    while (end > start && isPadding(this.window.bytes[end - 1] as number)) end -= 1;
    if (this.inSegment && end > start) {
      this.finish(end, limit);
      return true;
    }
    if (this.inSegment) this.markCount = this.firstMark;
    this.inSegment = false;
    this.position = limit;
    return false;
  }

  /** Where the open segment starts, or the next byte to read when none is open. */
  get openedAt(): number {
    return this.inSegment ? (this.marks[this.firstMark] as number) : this.position;
  }

  /** Index of the first mark that belongs to no finished segment. */
  get nextMark(): number {
    return this.inSegment ? this.firstMark : this.markCount;
  }

  /** Forgets the marks before this one; `firstMark` and later ones move down. */
  dropMarksBefore(mark: number): void {
    if (mark === 0) return;
    this.marks.copyWithin(0, mark, this.markCount);
    this.markCount -= mark;
    this.firstMark -= mark;
  }

  /** The window moved its bytes towards the start. */
  shift(by: number): void {
    if (by === 0) return;
    this.position -= by;
    for (let n = 0; n < this.markCount; n++) this.marks[n] = (this.marks[n] as number) - by;
  }

  /** Skips padding and empty segments. False when no segment starts before `limit`. */
  private begin(limit: number): boolean {
    const { bytes } = this.window;
    let at = this.position;
    for (; at < limit; at++) {
      const byte = bytes[at] as number;
      if (this.classes[byte] === TERMINATOR && this.terminator.length === 1) {
        if (!this.blankLinesAreNormal) this.emptySegments += 1;
      } else if (!isPadding(byte)) break;
    }
    this.position = at;
    if (at >= limit) return false;
    this.open(at);
    return true;
  }

  private open(at: number): void {
    this.inSegment = true;
    this.firstMark = this.markCount;
    this.flags = 0;
    this.lengthElement = 0;
    this.isPlain = false;
    this.mark(at);
  }

  private separate(at: number, isInputOver: boolean): number {
    this.mark(at);
    const count = this.markCount - this.firstMark;
    if (count === 2) {
      this.tag = tagAt(this.window.bytes, this.marks[this.firstMark] as number, at);
      this.lengthElement = this.tag === TAG.BIN ? 1 : this.tag === TAG.BDS ? 2 : 0;
      this.isPlain = this.lengthElement === 0;
    } else if (this.lengthElement > 0 && count === this.lengthElement + 2) return this.afterBinary(at, isInputOver);
    return at + 1;
  }

  private finish(terminatorAt: number, next: number): Scanned {
    const end = this.isPadded && this.lengthElement === 0 ? this.withoutPadding(terminatorAt) : terminatorAt;
    this.mark(end);
    if (this.markCount - this.firstMark === 2) {
      this.tag = tagAt(this.window.bytes, this.marks[this.firstMark] as number, end);
    }
    this.inSegment = false;
    this.position = next;
    return 'segment';
  }

  private withoutPadding(lineEnd: number): number {
    let end = lineEnd;
    while (this.window.bytes[end - 1] === SPACE) end -= 1;
    return end;
  }

  private recover(at: number): Scanned {
    this.recoveredTerminators += 1;
    return this.finish(at, this.isTerminator(at + 1, this.window.end) ? at + 2 : at + 1);
  }

  private mark(at: number): void {
    if (this.markCount === this.marks.length) {
      const larger = new Int32Array(this.marks.length * 2);
      larger.set(this.marks);
      this.marks = larger;
    }
    this.marks[this.markCount++] = at;
  }

  private isTerminator(at: number, limit: number): boolean {
    if (at + this.terminator.length > limit) return false;
    return this.terminator.every((byte, n) => this.window.bytes[at + n] === byte);
  }

  /**
   * Binary data may hold any byte, even a whole interchange, so its announced length is believed if a terminator follows
   * it. Otherwise the segment is read like any other.
   */
  private afterBinary(at: number, isInputOver: boolean): number {
    const { bytes, end } = this.window;
    const digits = bytes.subarray((this.marks[this.markCount - 2] as number) + 1, at).toString('latin1');
    const length = /^\d{1,15}$/.test(digits) ? Number(digits) : -1;
    if (length < 0 || length > this.binaryBytesMax) return at + 1;
    const after = at + 1 + length;
    if (after + this.terminator.length <= end) return this.isTerminator(after, end) ? after : at + 1;
    if (isInputOver) return at + 1;
    this.markCount -= 1;
    return WAIT;
  }

  /**
   * In a file with one segment a line, a line break followed by a known id and a separator ends a segment; so does the
   * other half of CRLF in front of a terminator that is a line break itself.
   */
  private terminatorLostAt(at: number, limit: number, final: boolean): 'yes' | 'no' | 'more' {
    const { bytes } = this.window;
    if (this.blankLinesAreNormal && this.isTerminator(at + 1, limit)) return 'yes';
    let start = at;
    while (start < limit && start <= at + GAP_MAX && isPadding(bytes[start] as number)) start += 1;
    if (start > at + GAP_MAX) return 'no';
    if (start + 4 > limit && !final) return 'more';
    for (const length of [2, 3]) {
      if (start + length >= limit || bytes[start + length] !== this.separator) continue;
      const tag = tagAt(bytes, start, start + length);
      if (tag !== NO_TAG && (KNOWN_SEGMENTS.has(tagName(tag)) || ENVELOPE.has(tag))) return 'yes';
    }
    return 'no';
  }
}
