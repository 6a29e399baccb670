import { issue, type ByteRange } from '../issues/issue.js';
import type { IssueCode } from '../issues/issue-codes.js';
import { looksLike, ORPHANED } from './looks-like.js';
import type { SkippedBytes } from './units.js';

const HEAD_BYTES = 64;
const LOOK_BYTES = 4096;
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';
/** `GS*PO*` or `ST*850*`, whatever separates: behind an IEA that came too early, or an ISA that nobody can read. */
const ORPHAN = /[^A-Za-z0-9](?:GS([^A-Za-z0-9 \r\n])[A-Z]{2}\1|ST([^A-Za-z0-9 \r\n])\d{3}\2)/;
/** So many characters may be the beginning of one. */
const ORPHAN_BEGINNING = 7;

/** Bytes outside any interchange, gathered until we know what follows them. */
export class SkippedRun {
  private from: number | undefined;
  private to = 0;
  /** The first bytes that are not padding; they tell what this may have been. */
  private head = '';
  private marked = false;
  private padded = false;
  private tail = '\n';
  private holdsOrphan = false;

  add(bytes: Buffer, from: number, to: number, offset: number): void {
    if (from >= to) return;
    this.from ??= offset;
    this.to = offset + (to - from);
    for (let at = from; at < to && !this.isKnown; at += LOOK_BYTES) {
      const text = bytes.toString('latin1', at, Math.min(to, at + LOOK_BYTES));
      if (this.head.length < HEAD_BYTES) this.look(text);
      this.lookForOrphan(text);
    }
  }

  /** A byte order mark stood in front. */
  get hasByteOrderMark(): boolean {
    return this.marked;
  }

  /** Nothing but white space, and some of it. */
  get isPadding(): boolean {
    return this.isBlank && this.padded;
  }

  /** Ends the run. Padding is not worth a word, unless there is nothing else at all. */
  end(isAllThereIs: boolean): SkippedBytes | undefined {
    if (this.isBlank && !isAllThereIs) return undefined;
    const range: ByteRange = { from: this.from ?? 0, to: this.to };
    const [code, message] = this.verdict(isAllThereIs);
    return { kind: 'skipped', range, issue: issue(code, range, message) };
  }

  private get isKnown(): boolean {
    return this.holdsOrphan && this.head.length >= HEAD_BYTES;
  }

  /** It may arrive byte by byte, too. */
  private lookForOrphan(text: string): void {
    const seen = this.tail + text;
    this.holdsOrphan ||= ORPHAN.test(seen);
    this.tail = seen.slice(-ORPHAN_BEGINNING);
  }

  private get isBlank(): boolean {
    return this.head === '';
  }

  /** A mark counts only in front of everything else. It may arrive byte by byte, so what is here so far is kept. */
  private look(text: string): void {
    let seen = this.unpadded(this.head + text);
    while (seen.startsWith(BYTE_ORDER_MARK)) {
      this.marked = true;
      seen = this.unpadded(seen.slice(BYTE_ORDER_MARK.length));
    }
    this.head = seen.slice(0, HEAD_BYTES);
  }

  private unpadded(text: string): string {
    const rest = text.replace(/^[\s\0\x1a]+/, '');
    if (rest.length < text.length) this.padded = true;
    return rest;
  }

  private verdict(isAllThereIs: boolean): [IssueCode, string] {
    if (/^ISA[^A-Za-z0-9]/.test(this.head)) return ['isa-truncated', 'an ISA that cannot be read'];
    if (/^isa[^a-z0-9]/i.test(this.head)) return ['lower-case', 'segment ids must be upper case'];
    if (isAllThereIs)
      return ['not-x12', nothingFound(looksLike(this.head) ?? (this.holdsOrphan ? ORPHANED : undefined))];
    if (this.holdsOrphan) return ['not-x12', `not part of an interchange: ${ORPHANED}`];
    return ['bytes-skipped', 'bytes between interchanges'];
  }
}

function nothingFound(found: string | undefined): string {
  return found === undefined ? 'no interchange was found' : `no interchange was found: this looks like ${found}`;
}
