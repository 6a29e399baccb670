import { issueKind } from '../issues/issue-codes.js';
import type { Issue } from '../issues/issue.js';
import type { Delimiters } from '../segments/delimiters.js';
import type { TransactionSet } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import { quotable, repeatable } from './quotable.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** What a 997 says of one set. */
export interface SetAcknowledgment {
  readonly code: string;
  readonly controlNumber: string;
  /** AK501. */
  readonly verdict: 'A' | 'E' | 'R';
  /** AK2 … AK5. */
  readonly segments: readonly SegmentValues[];
}

const CODES_MAX = 5;

/** Judges one set and writes down why. Notes do not count. */
export function acknowledgeSet(set: TransactionSet, policy: AcknowledgmentPolicy): SetAcknowledgment {
  const errors = set.issues.filter(({ severity }) => severity === 'error');
  const envelope = errors.filter(({ level }) => level === 'set' || level === 'interchange');
  const inside = errors.filter(({ level }) => level === 'segment' || level === 'element');
  const codes = new Set(envelope.map(({ code, level }) => (level === 'set' ? issueKind(code).ack : '5') ?? '5'));
  if (inside.length > 0) codes.add('5');

  const verdict = set.errors === 0 ? 'A' : envelope.length > 0 ? 'R' : policy.setWithErrors;
  const is5010 = (set.group?.version ?? '') >= '005';
  const ak2: SegmentValues = [
    'AK2',
    repeatable(set.code, 3),
    repeatable(set.controlNumber, 9),
    is5010 && set.implementation !== undefined ? repeatable(set.implementation, 35) : undefined,
  ];
  const ak3s = segmentErrors(inside, policy.segmentErrorsMax, set.interchange.delimiters);
  const ak5: SegmentValues = ['AK5', verdict, ...[...codes].slice(0, CODES_MAX)];
  return { code: set.code, controlNumber: set.controlNumber, verdict, segments: [ak2, ...ak3s, ak5] };
}

/** One AK3 for each segment and fault of it; element faults stand below an AK3 with code 8. */
function segmentErrors(issues: readonly Issue[], countMax: number, delimiters: Delimiters): SegmentValues[] {
  const byOrdinal = new Map<number, Issue[]>();
  for (const issue of issues) {
    const ordinal = issue.place.ordinal ?? 0;
    byOrdinal.set(ordinal, [...(byOrdinal.get(ordinal) ?? []), issue]);
  }
  const inOrder = [...byOrdinal].sort(([one], [other]) => one - other).slice(0, countMax);
  return inOrder.flatMap(([, found]) => [
    ...found.filter(({ level }) => level === 'segment').map((issue) => ak3(issue, issueKind(issue.code).ack ?? '2')),
    ...elementErrors(
      found.filter(({ level }) => level === 'element'),
      delimiters,
    ),
  ]);
}

function elementErrors(issues: readonly Issue[], delimiters: Delimiters): SegmentValues[] {
  const [first] = issues;
  return first === undefined ? [] : [ak3(first, '8'), ...issues.map((issue) => ak4(issue, delimiters))];
}

function ak3({ place }: Issue, code: string): SegmentValues {
  const id = repeatable(place.segment ?? '', 3).toUpperCase();
  return ['AK3', id.length >= 2 ? id : 'ZZZ', String(place.ordinal ?? 1), undefined, code];
}

function ak4({ code, place, dataElement, value }: Issue, delimiters: Delimiters): SegmentValues {
  const parts = [place.element, place.component, place.repetition];
  const position = parts.map((part) => (part === undefined ? undefined : String(part)));
  const element = dataElement !== undefined && /^\d{1,4}$/.test(dataElement) ? dataElement : undefined;
  return ['AK4', position, element, issueKind(code).ack ?? '6', quotable(value, delimiters)];
}
