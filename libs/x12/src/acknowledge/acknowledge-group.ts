import { issueKind } from '../issues/issue-codes.js';
import type { GroupEnd, GroupHeader } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import type { SetAcknowledgment } from './acknowledge-set.js';
import { isSince5010 } from './answer-release.js';
import { repeatable, repeatableNumber } from './quotable.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { foundIn, isRejecting, isTold, treatmentOf, type Found } from './treatment.js';

/** What a 997 or 999 says of one functional group. */
export interface GroupAcknowledgment {
  readonly group: GroupHeader;
  /** ST01 of the answer. */
  readonly code: AcknowledgmentPolicy['format'];
  /** GS08 of the answer: a 999 has its own, a 997 is written in the release that the group has, 004010 or 005010. */
  readonly version: string;
  /** ST03 of the answer: the guide that a 999 follows. */
  readonly implementation?: string;
  /** AK901: A all, E all with errors, P some, R none. */
  readonly verdict: 'A' | 'E' | 'P' | 'R';
  readonly sets: readonly SetAcknowledgment[];
  /** A fault of the group or of a set in it refuses the whole interchange, for this partner. */
  readonly rejectsInterchange: boolean;
  /** AK1 … AK9: what goes between ST and SE of the answer. */
  readonly segments: readonly SegmentValues[];
}

const CODES_MAX = 5;
/** What AK902 to AK904 can say. */
const COUNT_MAX = 999_999;
/** The 999 was made for 005010, whose guide it names. */
const GUIDE_999 = '005010X231';
const ACKNOWLEDGMENTS = new Set(['997', '999']);

/**
 * Writes the 997 or 999 for a group.
 *
 * @returns `undefined` for a group of acknowledgements: those are never acknowledged, or two systems would talk for ever.
 */
export function acknowledgeGroup(
  end: GroupEnd,
  sets: readonly SetAcknowledgment[],
  policy: AcknowledgmentPolicy,
): GroupAcknowledgment | undefined {
  const { group } = end;
  if (group.functionalId === 'FA' || holdsAcknowledgments(sets)) return undefined;
  const told = foundIn(end).filter((issue) => isTold(issue, policy));
  const verdict = groupVerdict(told, sets, policy);
  return {
    group,
    code: policy.format,
    version: policy.format === '999' ? GUIDE_999 : isSince5010(group.version) ? '005010' : '004010',
    ...(policy.format === '999' && { implementation: GUIDE_999 }),
    verdict,
    sets,
    rejectsInterchange:
      sets.some((set) => set.rejectsInterchange) ||
      told.some((issue) => treatmentOf(issue, policy) === 'reject-interchange'),
    segments: [
      ak1(group, policy),
      ...listedOf(sets, policy).flatMap((set) => set.segments),
      ak9(end, told, sets, verdict),
    ],
  };
}

/** Acknowledgements in a group that calls itself something else are not acknowledged either. */
function holdsAcknowledgments(sets: readonly SetAcknowledgment[]): boolean {
  return sets.length > 0 && sets.every(({ code }) => ACKNOWLEDGMENTS.has(code));
}

function groupVerdict(
  errors: readonly Found[],
  sets: readonly SetAcknowledgment[],
  policy: AcknowledgmentPolicy,
): GroupAcknowledgment['verdict'] {
  const rejected = sets.filter((set) => set.verdict === 'R').length;
  if (errors.some((issue) => isRejecting(issue, policy))) return 'R';
  if (sets.some((set) => set.verdict === 'R' && !isListed(set))) return 'R';
  if (rejected > 0) return rejected === sets.length ? 'R' : 'P';
  return errors.length > 0 || sets.some((set) => set.verdict === 'E') ? 'E' : 'A';
}

/** The sets that an answer names: all where the partner wants that and there is room, else those with something to say. */
export function listedOf(
  sets: readonly SetAcknowledgment[],
  { listAcceptedSets }: Pick<AcknowledgmentPolicy, 'listAcceptedSets'>,
): readonly SetAcknowledgment[] {
  return listAcceptedSets && sets.every(isListed) ? sets : sets.filter(({ verdict }) => verdict !== 'A');
}

/** Whether there was room for it: of a set that is listed there is an AK2 at least. */
function isListed({ segments }: SetAcknowledgment): boolean {
  return segments.length > 0;
}

function ak1({ functionalId, controlNumber, version }: GroupHeader, { format }: AcknowledgmentPolicy): SegmentValues {
  const release = isSince5010(version) || (format === '999' && version !== '') ? repeatable(version, 12) : undefined;
  return ['AK1', repeatable(functionalId, 2, 2), repeatableNumber(controlNumber, 9), release];
}

function ak9(
  end: GroupEnd,
  errors: readonly Found[],
  sets: readonly SetAcknowledgment[],
  verdict: GroupAcknowledgment['verdict'],
): SegmentValues {
  const accepted = verdict === 'R' ? 0 : sets.filter((set) => set.verdict !== 'R').length;
  const codes = new Set(errors.map(({ code }) => issueKind(code).ack).filter((code) => code !== undefined));
  const included = end.setsIncluded ?? end.setsReceived;
  const counts = [included, end.setsReceived, accepted].map((count) => String(Math.min(count, COUNT_MAX)));
  return ['AK9', verdict, ...counts, ...[...codes].slice(0, CODES_MAX)];
}
