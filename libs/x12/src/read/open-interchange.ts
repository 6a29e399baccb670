import { IssueList } from '../issues/issue-list.js';
import type { SchemaBook } from '../schema/schema-book.js';
import { element, placeOf, Segment, segmentRange, type SegmentText } from '../segments/segment.js';
import { validateSet } from '../validate/validate-set.js';
import { countOf, isSameControlNumber, shown } from './control-number.js';
import { many } from '../issues/counted.js';
import { checkSurplus } from './envelope-elements.js';
import { checkGroupHeader } from './group-header.js';
import { OpenGroup } from './open-group.js';
import type { ReaderSettings } from './reader-options.js';
import type { SegmentScanner } from './segment-scanner.js';
import { NO_TAG, TAG, type Tag } from './segment-tag.js';
import { checkSetEnvelope, cutText, idOf, SetAssembler } from './set-assembler.js';
import type { InterchangeHeader, ReadUnit, TransactionSet } from './units.js';
import type { Window } from './window.js';

/** Cut off, these say nothing that can be trusted. */
const ENVELOPE: ReadonlySet<Tag> = new Set([TAG.ISA, TAG.GS, TAG.ST, TAG.SE, TAG.GE, TAG.IEA]);
/** Interchange service segments: legal beside groups, and of no concern to an order. */
const SERVICE_SEGMENTS = new Set(['ISB', 'ISE', 'TA3']);

/** The interchange being read. Takes segments one by one and pushes finished units; a wrong nesting is closed, noted and read on. */
export class OpenInterchange {
  private group: OpenGroup | undefined;
  private set: SetAssembler | undefined;
  private groups = 0;
  private sets = 0;
  private ta1s = 0;
  private orphaned = false;
  private ended = false;
  private readonly groupKeys = new Set<string>();
  private readonly schemas: SchemaBook | undefined;

  constructor(
    readonly header: InterchangeHeader,
    private readonly issues: IssueList,
    private readonly scanner: SegmentScanner,
    private readonly window: Window,
    private readonly settings: ReaderSettings,
    private readonly out: ReadUnit[],
  ) {
    const { schemas } = settings;
    this.schemas = typeof schemas === 'function' ? schemas(header) : schemas;
  }

  /** True after IEA. */
  get isEnded(): boolean {
    return this.ended;
  }

  /** Index into the window before which no byte is needed. */
  get keepFrom(): number {
    const { scanner } = this;
    return this.set !== undefined && this.set.stub === undefined ? (scanner.marks[0] as number) : scanner.openedAt;
  }

  /** Takes the segment the scanner has just finished. */
  take(): void {
    const { tag } = this.scanner;
    switch (tag) {
      case TAG.ST:
        this.closeSet(false);
        this.openSet();
        break;
      case TAG.SE:
        if (this.set === undefined) this.orphan();
        else this.closeByTrailer();
        break;
      case TAG.GS:
        this.closeSet(false);
        this.closeGroup(undefined);
        this.openGroup();
        break;
      case TAG.GE:
        this.closeSet(false);
        if (this.group === undefined) this.orphan();
        else this.closeGroup(this.cutSegment());
        break;
      case TAG.IEA:
        this.closeSet(false);
        this.closeGroup(undefined);
        this.end(this.cutSegment());
        break;
      default:
        if (this.set !== undefined) this.set.add(tag, this.scanner.firstMark, this.scanner.flags);
        else this.outsideSet();
    }
    if (this.set === undefined || this.set.stub !== undefined) this.scanner.dropMarksBefore(this.scanner.markCount);
  }

  /** The input ended, or another ISA stands here: closes what is open. `pending` says that a segment was cut off. */
  cutOff(pending: boolean): void {
    if (pending && this.scanner.tag === TAG.IEA) {
      this.issues.add('final-terminator-missing', placeOf(this.cutSegment()), 'IEA has no terminator');
      this.take();
      return;
    }
    const { scanner } = this;
    const partOfSet = pending && !ENVELOPE.has(scanner.tag);
    if (partOfSet) this.set?.add(scanner.tag, scanner.firstMark, scanner.flags);
    if (partOfSet || !pending) scanner.firstMark = scanner.markCount;
    this.closeSet(false);
    this.closeGroup(undefined);
    this.end(undefined);
  }

  /** The open set is over the limit: lets its text go and reads on to its end. */
  giveUpSet(): boolean {
    if (this.set === undefined || this.set.stub !== undefined) return false;
    this.set.giveUp(this.stubText(this.set));
    this.scanner.dropMarksBefore(this.scanner.nextMark);
    return true;
  }

  /** A single segment outside any kept set is over the limit: this is not an interchange worth reading. */
  giveUp(): void {
    const at = this.window.offset(this.scanner.openedAt);
    this.issues.add('too-large', { from: at, to: at }, 'a segment has no end within the size limit');
    this.cutOff(false);
  }

  private stubText(set: SetAssembler): SegmentText {
    const end = set.secondMark ?? this.scanner.nextMark;
    return cutText(this.window, this.scanner, 0, end, this.header.delimiters);
  }

  /** Size of what is kept of the set that is about to be closed. */
  private setBytes(): number {
    const { marks, firstMark } = this.scanner;
    return firstMark === 0 ? 0 : (marks[firstMark - 1] as number) - (marks[0] as number);
  }

  private openSet(): void {
    this.scanner.dropMarksBefore(this.scanner.firstMark);
    this.set = new SetAssembler();
    this.set.add(TAG.ST, 0, this.scanner.flags);
    if (this.group !== undefined) this.group.orphaned = false;
  }

  private closeByTrailer(): void {
    const { scanner, set } = this;
    set?.add(scanner.tag, scanner.firstMark, scanner.flags);
    scanner.firstMark = scanner.markCount;
    this.closeSet(true);
  }

  /** Everything before the segment that is being taken belongs to the set. */
  private closeSet(closed: boolean): void {
    const { set } = this;
    if (set === undefined) return;
    this.set = undefined;
    const issues = new IssueList(this.settings.issuesMax);
    if (this.setBytes() > this.settings.setBytesMax) set.giveUp(this.stubText(set));
    const text =
      set.stub?.within ?? cutText(this.window, this.scanner, 0, this.scanner.firstMark, this.header.delimiters);
    const segments = set.segments(text);
    if (set.stub === undefined) checkSetEnvelope(segments, set.count, closed, issues);
    else issues.add('set-too-large', placeOf(set.stub), `the set is larger than ${this.settings.setBytesMax} bytes`);
    this.giveOut(segments, issues);
  }

  private giveOut(segments: readonly Segment[], issues: IssueList): void {
    const { group, schemas } = this;
    const st = segments[0] as Segment;
    const code = element(st, 1) ?? '';
    const controlNumber = element(st, 2) ?? '';
    if (group === undefined) this.addGroupMissing(st, issues);
    else if (!group.claimControlNumber(controlNumber)) {
      issues.add('set-control-number-duplicate', placeOf(st, 2), `ST02 ${controlNumber} occurs twice in the group`);
    }
    if (group !== undefined) group.checkKind(code, st, issues);
    if (schemas !== undefined && !issues.has('set-too-large')) {
      validateSet(segments, schemas.find(code, group?.header.version ?? ''), issues);
    }
    this.sets += 1;
    if (group !== undefined) this.count(group, issues);
    this.out.push(this.toSet(segments, issues, code, controlNumber));
  }

  private addGroupMissing(st: Segment, issues: IssueList): void {
    const message = 'the set belongs to no functional group';
    issues.add('gs-missing', placeOf(st), message);
    if (!this.issues.has('gs-missing')) this.issues.add('gs-missing', placeOf(st), message);
  }

  private count(group: OpenGroup, issues: IssueList): void {
    group.received += 1;
    if (issues.errors === 0) group.good += 1;
  }

  private toSet(segments: readonly Segment[], issues: IssueList, code: string, controlNumber: string): TransactionSet {
    const last = segmentRange(segments[segments.length - 1] as Segment);
    return {
      kind: 'set',
      interchange: this.header,
      group: this.group?.header,
      code,
      controlNumber,
      implementation: element(segments[0], 3),
      ordinal: this.group?.received ?? this.sets,
      segments,
      issues: issues.items,
      unlisted: issues.unlisted,
      errors: issues.errors,
      range: { from: segmentRange(segments[0] as Segment).from, to: last.to },
    };
  }

  private openGroup(): void {
    this.groups += 1;
    this.orphaned = false;
    this.group = new OpenGroup(this.cutSegment(), this.groups, new IssueList(this.settings.issuesMax), (key) => {
      const used = this.groupKeys.has(key);
      this.groupKeys.add(key);
      return used;
    });
    checkGroupHeader(this.group.header, this.issues);
  }

  private closeGroup(ge: Segment | undefined): void {
    if (this.group === undefined) return;
    this.out.push(this.group.end(this.header, ge));
    this.group = undefined;
  }

  private end(iea: Segment | undefined): void {
    if (iea === undefined) this.issues.add('iea-missing', this.header.range, 'the interchange ends without IEA');
    else this.checkTrailer(iea);
    this.noteOddities();
    this.ended = true;
    const { header, groups, sets, ta1s } = this;
    const range = { from: header.range.from, to: this.window.endOffset(this.scanner.position) };
    const { items: issues, unlisted } = this.issues;
    const groupsIncluded = countOf(element(iea, 1) ?? '');
    const counts = { groupsIncluded, groups, sets, ta1s };
    this.out.push({ kind: 'interchange-end', interchange: header, ...counts, issues, unlisted, range });
  }

  private checkTrailer(iea: Segment): void {
    const { issues, header, groups } = this;
    checkSurplus(iea, 'iea-elements', issues);
    const included = element(iea, 1) ?? '';
    const controlNumber = element(iea, 2) ?? '';
    // An interchange of TA1s alone has no group; some senders write 0, some count the TA1.
    const counts = groups === 0 && this.ta1s > 0 ? [0, this.ta1s] : [groups];
    if (!counts.includes(countOf(included) ?? -1)) {
      issues.add('iea-count', placeOf(iea, 1), `IEA01 says ${many(shown(included), 'group')}, there are ${groups}`);
    }
    if (!isSameControlNumber(controlNumber, header.controlNumber)) {
      issues.add(
        'iea-control-number',
        placeOf(iea, 2),
        `IEA02 ${shown(controlNumber)} is not ISA13 ${header.controlNumber}`,
      );
    }
  }

  private noteOddities(): void {
    const { emptySegments, recoveredTerminators } = this.scanner;
    const { range } = this.header;
    if (emptySegments > 0) this.issues.add('empty-segment', range, `${many(emptySegments, 'empty segment')} left out`);
    if (recoveredTerminators === 0) return;
    const isMixed = /[\r\n]/.test(this.header.delimiters.segment);
    if (isMixed)
      this.issues.add('line-ends-mixed', range, `${many(recoveredTerminators, 'line')} with another end than the ISA`);
    else
      this.issues.add(
        'terminator-missing',
        range,
        `${many(recoveredTerminators, 'lost terminator')} read from line ends`,
      );
  }

  private outsideSet(): void {
    if (this.scanner.tag === TAG.TA1 && this.group === undefined) this.takeTa1();
    else if (this.group !== undefined || !SERVICE_SEGMENTS.has(this.cutSegment().id)) this.orphan();
  }

  private takeTa1(): void {
    const segment = this.cutSegment();
    const at = (position: number) => element(segment, position) ?? '';
    this.ta1s += 1;
    const [controlNumber, date, time, code, note] = [at(1), at(2), at(3), at(4), at(5)];
    this.out.push({ kind: 'ta1', interchange: this.header, controlNumber, date, time, code, note, segment });
  }

  /** A segment where none may be: told once for a run of them. */
  private orphan(): void {
    const { group } = this;
    const segment = this.cutSegment();
    if (group !== undefined) {
      if (!group.orphaned)
        group.issues.add('st-missing', placeOf(segment), `${segment.id} stands outside a set: ST is missing`);
      group.orphaned = true;
      return;
    }
    if (!this.orphaned)
      this.issues.add('segment-outside-group', placeOf(segment), `${segment.id} stands outside a group: GS is missing`);
    this.orphaned = true;
  }

  /** The segment just finished, with text of its own. */
  private cutSegment(): Segment {
    const { scanner } = this;
    const text = cutText(this.window, scanner, scanner.firstMark, scanner.markCount, this.header.delimiters);
    return new Segment(
      idOf(scanner.tag, text, 0),
      0,
      text,
      0,
      text.marks.length - 1,
      scanner.tag === NO_TAG ? 0 : scanner.flags,
    );
  }
}
