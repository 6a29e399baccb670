import { issueKind } from '../issues/issue-codes.js';
import type { Issue } from '../issues/issue.js';
import type { TransactionSet } from '../read/units.js';
import { element } from '../segments/segment.js';
import type { ElementValue, SegmentValues } from '../write/segment-values.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { isSince5010 } from './answer-release.js';
import { boundedLoops } from './bounded-loops.js';
import { dialectOf, type Dialect } from './dialect.js';
import { quotable, repeatable } from './quotable.js';

/** A segment error may have so many element errors. */
const ELEMENT_ERRORS_MAX = 99;
/** Codes of data element 723 that 004010 does not have yet: too many repetitions, too many components. */
const SINCE_5010 = new Set(['12', '13']);
const TOO_MANY_ELEMENTS = '3';
const HAS_ELEMENT_ERRORS = '8';
/** Data element 447 from 005010 on. */
const LOOP_NAME_MAX = 4;

interface Telling {
  readonly set: TransactionSet;
  /** By ordinal: loops that LS and LE enclose. */
  readonly bounded: ReadonlyMap<number, string>;
  /** Whether loops are named that only the schema knows. */
  readonly namesAllLoops: boolean;
  readonly dialect: Dialect;
  readonly isEarly: boolean;
  readonly context: readonly SegmentValues[];
}

/** AK3 and AK4 (IK3, CTX and IK4): one for each segment and fault of it; element faults stand below code 8. */
export function segmentErrors(
  set: TransactionSet,
  issues: readonly Issue[],
  policy: AcknowledgmentPolicy,
): SegmentValues[] {
  const told = inOrder(issues, policy.segmentErrorsMax);
  if (told.length === 0) return [];
  const telling = tellingOf(set, told, policy);
  return told.flatMap((found) => [
    ...found.filter(({ level }) => level === 'segment').flatMap((issue) => wrongSegment(issue, telling)),
    ...wrongElements(
      found.filter(({ level }) => level === 'element'),
      telling,
    ),
  ]);
}

function tellingOf(set: TransactionSet, told: readonly Issue[][], policy: AcknowledgmentPolicy): Telling {
  const dialect = dialectOf(policy.format);
  return {
    set,
    dialect,
    isEarly: policy.format === '997' && !isSince5010(set.group?.version ?? ''),
    bounded: boundedLoops(set.segments, new Set(told.map(([first]) => first?.place.ordinal ?? 0))),
    namesAllLoops: policy.loopNames === 'all' || (policy.loopNames === 'by-format' && policy.format === '999'),
    context: dialect.hasContext ? businessUnit(set) : [],
  };
}

/** The issues of each segment, in the order of the segments. */
function inOrder(issues: readonly Issue[], countMax: number): Issue[][] {
  const byOrdinal = new Map<number, Issue[]>();
  for (const issue of issues) {
    const ordinal = issue.place.ordinal ?? 0;
    const known = byOrdinal.get(ordinal);
    if (known === undefined) byOrdinal.set(ordinal, [issue]);
    else known.push(issue);
  }
  return [...byOrdinal]
    .sort(([one], [other]) => one - other)
    .slice(0, countMax)
    .map(([, found]) => found);
}

function wrongSegment(issue: Issue, telling: Telling): SegmentValues[] {
  return [segmentError(issue, issueKind(issue.code).ack ?? '2', telling), ...telling.context];
}

function wrongElements(issues: readonly Issue[], telling: Telling): SegmentValues[] {
  const [first] = issues;
  if (first === undefined) return [];
  const head = segmentError(first, HAS_ELEMENT_ERRORS, telling);
  return [
    head,
    ...telling.context,
    ...byPosition(issues)
      .slice(0, ELEMENT_ERRORS_MAX)
      .map((issue) => elementError(issue, telling)),
  ];
}

/** Conditions and surplus elements are found before and after the rest; people read from left to right. */
function byPosition(issues: readonly Issue[]): readonly Issue[] {
  return issues.toSorted((one, other) => (one.place.element ?? 0) - (other.place.element ?? 0));
}

function segmentError(
  { place }: Issue,
  code: string,
  { dialect, bounded, namesAllLoops, isEarly }: Telling,
): SegmentValues {
  const named = repeatable(place.segment ?? '', 3).toUpperCase();
  const loop = bounded.get(place.ordinal ?? 0) ?? (namesAllLoops ? place.loop : undefined);
  const told = isEarly ? loop : loop?.slice(0, LOOP_NAME_MAX);
  const position = counted(place.ordinal ?? 1, 999_999);
  return [dialect.segmentError, named.length >= 2 ? named : 'ZZZ', position, told, code];
}

/** A position as it fits into its element; hostile input has elements without end. */
function counted(position: number | undefined, max: number): string | undefined {
  return position === undefined ? undefined : String(Math.min(position, max));
}

function elementError({ code, place, dataElement, value }: Issue, { dialect, isEarly, set }: Telling): SegmentValues {
  const position: ElementValue = [
    counted(place.element, 99),
    counted(place.component, 99),
    isEarly ? undefined : counted(place.repetition, 9999),
  ];
  const number = dataElement !== undefined && /^\d{1,4}$/.test(dataElement) ? dataElement : undefined;
  const ack = issueKind(code).ack ?? '6';
  const told = isEarly && SINCE_5010.has(ack) ? TOO_MANY_ELEMENTS : ack;
  return [dialect.elementError, position, number, told, quotable(value, set.interchange.delimiters)];
}

/** Which business document it is, in the partner's own words: the number in its first segment, e.g. BEG03. */
const DOCUMENT_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['BEG', 3],
  ['BCH', 3],
  ['BAK', 3],
  ['BCA', 3],
  ['BSN', 2],
  ['BIG', 2],
  ['BIA', 3],
  ['W05', 2],
  ['W06', 2],
  ['W17', 3],
  ['B10', 2],
  ['TRN', 2],
]);

function businessUnit({ segments, interchange }: TransactionSet): SegmentValues[] {
  for (const segment of segments.slice(1, 4)) {
    const position = DOCUMENT_NUMBERS.get(segment.id);
    const value = position === undefined ? undefined : quotable(element(segment, position), interchange.delimiters);
    if (position === undefined || value === undefined || value.trim() === '') continue;
    return [['CTX', [`${segment.id}0${position}`, value.slice(0, 35)]]];
  }
  return [];
}
