import { IssueList } from '../issues/issue-list.js';
import type { Delimiters } from '../segments/delimiters.js';
import { element, placeOf, Segment, type SegmentText } from '../segments/segment.js';
import { many } from '../issues/counted.js';
import { countOf, isSameControlNumber, shown } from './control-number.js';
import { checkSurplus } from './envelope-elements.js';
import { NO_TAG, tagName, type Tag } from './segment-tag.js';
import type { SegmentScanner } from './segment-scanner.js';
import type { Window } from './window.js';

/** Copies the text of `[fromMark, toMark)` out of the window; from here on the window may move. */
export function cutText(
  window: Window,
  scanner: SegmentScanner,
  fromMark: number,
  toMark: number,
  delimiters: Delimiters,
): SegmentText {
  const start = scanner.marks[fromMark] as number;
  const end = scanner.marks[toMark - 1] as number;
  return {
    text: window.bytes.toString('latin1', start, end),
    marks: scanner.marks.slice(fromMark, toMark),
    shift: start,
    base: window.offset(start),
    holes: window.holesBetween(start, end),
    delimiters,
  };
}

/** The segment id: shared text for a valid one, else whatever stands there, shortened. */
export function idOf(tag: Tag, text: SegmentText, firstMark: number): string {
  if (tag !== NO_TAG) return tagName(tag);
  const start = (text.marks[firstMark] as number) - text.shift;
  return text.text.slice(start, Math.min((text.marks[firstMark + 1] as number) - text.shift, start + 20));
}

/** Remembers the segments of the open set: three numbers each, no text. */
export class SetAssembler {
  private tags: number[] = [];
  private firstMarks: number[] = [];
  private flags: number[] = [];
  /** Segments counted, kept or not. */
  count = 0;
  /** ST alone, once the set has grown over the limit; further segments are counted but not kept. */
  stub: Segment | undefined;

  add(tag: Tag, firstMark: number, flags: number): void {
    this.count += 1;
    if (this.stub !== undefined) return;
    this.tags.push(tag);
    this.firstMarks.push(firstMark);
    this.flags.push(flags);
  }

  /** The first mark after ST, once a second segment is there. */
  get secondMark(): number | undefined {
    return this.firstMarks[1];
  }

  /** Gives up everything but ST, which names the set. */
  giveUp(text: SegmentText): void {
    this.stub ??= this.segments(text)[0] as Segment;
    this.tags = [];
    this.firstMarks = [];
    this.flags = [];
  }

  segments(text: SegmentText): Segment[] {
    if (this.stub !== undefined) return [this.stub];
    const { tags, firstMarks, flags } = this;
    const segments = new Array<Segment>(tags.length);
    for (let n = 0; n < tags.length; n++) {
      const first = firstMarks[n] as number;
      const last = (n + 1 < tags.length ? (firstMarks[n + 1] as number) : text.marks.length) - 1;
      segments[n] = new Segment(idOf(tags[n] as number, text, first), n + 1, text, first, last, flags[n] as number);
    }
    return segments;
  }
}

/** Checks the set's own envelope: ids, control numbers and the count in SE. */
export function checkSetEnvelope(
  segments: readonly Segment[],
  count: number,
  closed: boolean,
  issues: IssueList,
): void {
  const st = segments[0] as Segment;
  checkSurplus(st, 'set-envelope-elements', issues);
  const se = closed ? (segments[segments.length - 1] as Segment) : undefined;
  const controlNumber = element(st, 2) ?? '';
  if (!/^\d{3}$/.test(element(st, 1) ?? '')) issues.add('set-id', placeOf(st, 1), 'ST01 is not a transaction set code');
  if (!/^[ -~]{1,9}$/.test(controlNumber) || controlNumber.trim() === '')
    issues.add('set-control-number', placeOf(st, 2), 'ST02 is not a control number');
  if (se === undefined) {
    issues.add('se-missing', placeOf(segments[segments.length - 1] as Segment), 'the set ends without SE');
    return;
  }
  checkSurplus(se, 'set-envelope-elements', issues);
  if (!isSameControlNumber(element(se, 2) ?? '', controlNumber)) {
    const value = element(se, 2) ?? '';
    issues.add('se-control-number', placeOf(se, 2), `SE02 ${shown(value)} is not ST02 ${shown(controlNumber)}`, {
      value,
    });
  }
  if (countOf(element(se, 1)) !== count) {
    const value = element(se, 1) ?? '';
    issues.add('se-count', placeOf(se, 1), `SE01 says ${many(shown(value), 'segment')}, there are ${count}`, { value });
  }
}
