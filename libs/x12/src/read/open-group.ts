import { FUNCTIONAL_IDS, type KnownSetCode } from '../documents/functional-ids.js';
import type { IssueList } from '../issues/issue-list.js';
import { element, placeOf, type Segment } from '../segments/segment.js';
import { many } from '../issues/counted.js';
import { controlKey, countOf, isSameControlNumber, shown } from './control-number.js';
import { checkSurplus } from './envelope-elements.js';
import type { GroupEnd, GroupHeader, InterchangeHeader } from './units.js';
import { UsedControlNumbers } from './used-control-numbers.js';

/** What GS01 may say of the sets we know; other ids are agreed on. */
const KINDS: ReadonlySet<string> = new Set(Object.values(FUNCTIONAL_IDS));

/** The functional group being read: its header and its running counts. */
export class OpenGroup {
  readonly header: GroupHeader;
  received = 0;
  good = 0;
  /** Segments follow that belong to no set; said once, until the next ST. */
  orphaned = false;
  private readonly controlNumbers = new UsedControlNumbers();

  constructor(
    gs: Segment,
    ordinal: number,
    readonly issues: IssueList,
    isControlNumberUsed: (key: string) => boolean,
  ) {
    this.header = toGroupHeader(gs, ordinal);
    const { functionalId, controlNumber, version } = this.header;
    if (!/^[A-Z0-9]{2}$/.test(functionalId))
      issues.add('group-not-supported', placeOf(gs, 1), 'GS01 is not a functional id');
    if (!/\d/.test(version)) issues.add('group-version-not-supported', placeOf(gs, 8), 'GS08 names no version');
    if (!/^\d{1,9}$/.test(controlNumber)) issues.add('gs-control-number', placeOf(gs, 6), 'GS06 is not a number');
    if (isControlNumberUsed(`${functionalId}:${controlKey(controlNumber)}`)) {
      issues.add('gs-control-number', placeOf(gs, 6), `GS06 ${controlNumber} occurs twice in the interchange`);
    }
  }

  /** Takes an ST02; false when the group had it before. */
  claimControlNumber(controlNumber: string): boolean {
    return this.controlNumbers.claim(controlNumber);
  }

  /** Notes a set that belongs in a group of another kind: some senders put all they have into one. */
  checkKind(code: string, st: Segment, issues: IssueList): void {
    const wanted = Object.hasOwn(FUNCTIONAL_IDS, code) ? FUNCTIONAL_IDS[code as KnownSetCode] : undefined;
    const { functionalId } = this.header;
    if (wanted === undefined || wanted === functionalId || !KINDS.has(functionalId)) return;
    issues.add('set-not-of-group', placeOf(st, 1), `${code} belongs in a group ${wanted}, GS01 is ${functionalId}`);
  }

  /** Closes the group, by its GE or without one. */
  end(interchange: InterchangeHeader, ge: Segment | undefined): GroupEnd {
    if (ge === undefined) this.issues.add('ge-missing', placeOf(this.header.segment), 'the group ends without GE');
    else this.checkTrailer(ge);
    return {
      kind: 'group-end',
      interchange,
      group: this.header,
      setsIncluded: countOf(element(ge, 1)),
      setsReceived: this.received,
      setsGood: this.good,
      issues: this.issues.items,
      unlisted: this.issues.unlisted,
    };
  }

  private checkTrailer(ge: Segment): void {
    checkSurplus(ge, 'ge-elements', this.issues);
    const included = element(ge, 1) ?? '';
    const controlNumber = element(ge, 2) ?? '';
    if (countOf(included) !== this.received) {
      this.issues.add(
        'ge-count',
        placeOf(ge, 1),
        `GE01 says ${many(shown(included), 'set')}, there are ${this.received}`,
      );
    }
    if (!isSameControlNumber(controlNumber, this.header.controlNumber)) {
      this.issues.add(
        'ge-control-number',
        placeOf(ge, 2),
        `GE02 ${shown(controlNumber)} is not GS06 ${shown(this.header.controlNumber)}`,
      );
    }
  }
}

function toGroupHeader(gs: Segment, ordinal: number): GroupHeader {
  const at = (position: number) => (element(gs, position) ?? '').trim();
  return {
    functionalId: at(1),
    senderCode: at(2),
    receiverCode: at(3),
    date: at(4),
    time: at(5),
    controlNumber: at(6),
    agency: at(7),
    version: at(8),
    ordinal,
    segment: gs,
  };
}
