import { IssueList } from '../issues/issue-list.js';
import type { IssueCode } from '../issues/issue-codes.js';
import { controlKey } from './control-number.js';
import { isLineBreak } from './bytes.js';
import { ISA_BYTES_MAX, isLegible, readIsa, type Isa } from './isa.js';
import { toInterchangeHeader, toTruncatedHeader } from './interchange-header.js';
import { IsaSearch } from './isa-search.js';
import { OpenInterchange } from './open-interchange.js';
import { settingsOf, type ReaderOptions, type ReaderSettings } from './reader-options.js';
import { SegmentScanner } from './segment-scanner.js';
import { SkippedRun } from './skipped-run.js';
import type { InterchangeHeader, ReadUnit } from './units.js';
import { Window } from './window.js';

/** Of an ISA that the edge of a chunk cuts apart, the scanner has passed `IS` at most. */
const LETTERS_PASSED = 2;

interface Open {
  readonly interchange: OpenInterchange;
  readonly scanner: SegmentScanner;
  readonly search: IsaSearch;
}

/**
 * Reads X12 from bytes that come in pieces of any size. Each push gives out what has become complete; it must be read to
 * its end before the next push. Never throws on any input: what is wrong comes out as issues.
 *
 * One reader reads one input once. Memory follows the largest transaction set, not the input.
 *
 * @see readInterchanges for a whole buffer, readInterchangeStream for a stream.
 */
export class InterchangeReader {
  private readonly window = new Window();
  private readonly settings: ReaderSettings;
  private readonly out: ReadUnit[] = [];
  private readonly seen = new Set<string>();
  private open: Open | undefined;
  private skipped = new SkippedRun();
  private position = 0;
  private anyFound = false;

  constructor(options: ReaderOptions = {}) {
    this.settings = settingsOf(options);
  }

  /** Takes the next bytes. The memory may be used again once the units have been read. */
  *push(chunk: Uint8Array): Generator<ReadUnit, void, undefined> {
    if (chunk.length === 0) return;
    this.moved(this.window.append(chunk, this.keepFrom()));
    yield* this.drain(false);
    this.moved(this.window.settle(this.keepFrom()));
  }

  /** The input is over: closes what is open and tells what was missing. */
  *end(): Generator<ReadUnit, void, undefined> {
    yield* this.drain(true);
    this.endSkipped(!this.anyFound);
    yield* this.take();
  }

  private *drain(final: boolean): Generator<ReadUnit, void, undefined> {
    for (;;) {
      const goesOn = this.open === undefined ? this.seek(final) : this.read(this.open, final);
      if (this.out.length > 0) yield* this.take();
      if (!goesOn) return;
    }
  }

  private take(): ReadUnit[] {
    return this.out.splice(0);
  }

  /** Reads segments until a unit is complete. False when more bytes are needed. */
  private read(open: Open, final: boolean): boolean {
    const { interchange, scanner, search } = open;
    let limit = search.limit(scanner.position, final);
    while (this.out.length === 0) {
      // Binary data may carry the scanner past an ISA inside it: that was none.
      if (scanner.position > limit) limit = search.limit(scanner.position, final);
      const last = final || search.isHard(limit);
      const scanned = scanner.next(limit, last, final);
      if (scanned === 'segment') interchange.take();
      else if (scanned === 'more' && scanner.position > limit + LETTERS_PASSED) continue;
      else if (scanned === 'more' && last) interchange.cutOff(scanner.cutOff(limit));
      else if (this.window.end - interchange.keepFrom <= this.settings.setBytesMax) return false;
      else if (!interchange.giveUpSet()) interchange.giveUp();
      if (interchange.isEnded) return this.close(scanner);
    }
    return true;
  }

  private close(scanner: SegmentScanner): true {
    this.open = undefined;
    this.position = this.window.stopUnwrapping(scanner.position);
    scanner.retire();
    return true;
  }

  /** Looks for the next ISA. False when there is none in the bytes at hand. */
  private seek(final: boolean): boolean {
    const { window } = this;
    for (let from = this.position; ;) {
      const at = window.nextIsa(from);
      if (at < 0) return this.seekLater(final ? window.end : this.tailStart());
      const isa = readIsa(window.bytes, at, window.end, final);
      if (isa.kind === 'more') return this.seekLater(at);
      if (isa.kind === 'isa') return this.begin(isa, at);
      if (isLegible(isa)) return this.beginTruncated(isa.elements, at);
      from = at + 1;
    }
  }

  private tailStart(): number {
    return Math.max(this.position, this.window.end - 2);
  }

  private seekLater(position: number): false {
    this.skipTo(position);
    return false;
  }

  private begin(isa: Isa, at: number): true {
    this.skipTo(at);
    const { window, settings } = this;
    const range = { from: window.offset(at), to: window.offset(isa.end) };
    const issues = new IssueList(settings.issuesMax);
    if (this.skipped.hasByteOrderMark) issues.add('byte-order-mark', range, 'a byte order mark in front is left out');
    const isFirst = !this.anyFound;
    if (isFirst && this.skipped.isPadding) issues.add('leading-space', range, 'white space in front is left out');
    const header = this.announce(toInterchangeHeader(isa, range, issues), issues);

    const terminatorIsBreak = isLineBreak(isa.terminator[0] as number);
    const start = isa.wrapped && !terminatorIsBreak ? this.unwrapFrom(isa) : isa;
    const scanner = new SegmentScanner(window, start, settings.setBytesMax);
    const interchange = new OpenInterchange(header, issues, scanner, window, settings, this.out);
    this.open = { interchange, scanner, search: new IsaSearch(window, isa) };
    return true;
  }

  private unwrapFrom(isa: Isa): Isa {
    this.window.startUnwrapping(isa.end);
    return { ...isa, end: 0 };
  }

  /** Gives out the header, with a word on whether this interchange came before. */
  private announce(header: InterchangeHeader, issues: IssueList): InterchangeHeader {
    this.endSkipped(false);
    this.anyFound = true;
    const { senderQualifier, senderId, receiverQualifier, receiverId, controlNumber } = header;
    const key = [senderQualifier, senderId, receiverQualifier, receiverId, controlKey(controlNumber)].join('\u0000');
    const duplicate: IssueCode = 'isa-duplicate';
    if (this.seen.has(key))
      issues.add(duplicate, { segment: 'ISA', element: 13, ...header.range }, `ISA13 ${controlNumber} came before`);
    if (this.seen.size < this.settings.interchangesRemembered) this.seen.add(key);
    const announced = { ...header, issues: [...issues.items] };
    this.out.push({ kind: 'interchange', interchange: announced });
    return announced;
  }

  /** Tells of an ISA that breaks off after its control number, and goes on behind it. */
  private beginTruncated(elements: readonly string[], at: number): true {
    this.skipTo(at);
    const { window } = this;
    const next = window.nextIsa(at + 3);
    // Two bytes less than were looked at: they may be the first letters of the next ISA.
    const end = Math.min(next < 0 ? window.end : next, at + ISA_BYTES_MAX - 2, window.end);
    const range = { from: window.offset(at), to: window.offset(end) };
    const issues = new IssueList(this.settings.issuesMax);
    const separator = String.fromCharCode(window.bytes[at + 3] as number);
    const header = this.announce(toTruncatedHeader(elements, separator, range, issues), issues);
    this.out.push({
      kind: 'interchange-end',
      interchange: header,
      groups: 0,
      sets: 0,
      ta1s: 0,
      issues: issues.items,
      unlisted: issues.unlisted,
      range,
    });
    this.position = end;
    return true;
  }

  private skipTo(position: number): void {
    this.skipped.add(this.window.bytes, this.position, position, this.window.offset(this.position));
    this.position = position;
  }

  private endSkipped(isAllThereIs: boolean): void {
    const unit = this.skipped.end(isAllThereIs);
    if (unit !== undefined) this.out.push(unit);
    this.skipped = new SkippedRun();
  }

  private keepFrom(): number {
    return this.open === undefined ? this.position : this.open.interchange.keepFrom;
  }

  private moved(by: number): void {
    this.position -= by;
    this.open?.scanner.shift(by);
    this.open?.search.shift(by);
  }
}
