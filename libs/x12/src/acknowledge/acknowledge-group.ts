import { issueKind } from '../issues/issue-codes.js';
import type { Issue } from '../issues/issue.js';
import type { GroupEnd, GroupHeader } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import type { SetAcknowledgment } from './acknowledge-set.js';
import { repeatable } from './quotable.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** What a 997 says of one functional group. */
export interface GroupAcknowledgment {
  readonly group: GroupHeader;
  /** AK901: A all, E all with errors, P some, R none. */
  readonly verdict: 'A' | 'E' | 'P' | 'R';
  readonly sets: readonly SetAcknowledgment[];
  /** AK1 … AK9: what goes between ST and SE of the 997. */
  readonly segments: readonly SegmentValues[];
}

const CODES_MAX = 5;

/**
 * Writes the 997 for a group.
 *
 * @returns `undefined` for a group of acknowledgements: those are never acknowledged, or two systems would talk for ever.
 */
export function acknowledgeGroup(
  end: GroupEnd,
  sets: readonly SetAcknowledgment[],
  policy: AcknowledgmentPolicy,
): GroupAcknowledgment | undefined {
  const { group } = end;
  if (group.functionalId === 'FA') return undefined;
  const errors = end.issues.filter(({ severity }) => severity === 'error');
  const verdict = groupVerdict(errors, sets, policy);
  const listed = policy.listAcceptedSets ? sets : sets.filter((set) => set.verdict !== 'A');
  const segments = [ak1(group), ...listed.flatMap((set) => set.segments), ak9(end, errors, sets, verdict)];
  return { group, verdict, sets, segments };
}

function groupVerdict(
  errors: readonly Issue[],
  sets: readonly SetAcknowledgment[],
  policy: AcknowledgmentPolicy,
): GroupAcknowledgment['verdict'] {
  const rejected = sets.filter((set) => set.verdict === 'R').length;
  if (errors.some(({ code }) => policy.rejectGroupFor.includes(code))) return 'R';
  if (rejected > 0) return rejected === sets.length ? 'R' : 'P';
  return errors.length > 0 || sets.some((set) => set.verdict === 'E') ? 'E' : 'A';
}

function ak1({ functionalId, controlNumber, version }: GroupHeader): SegmentValues {
  const release = version >= '005' ? repeatable(version, 12) : undefined;
  return ['AK1', repeatable(functionalId, 2), repeatable(controlNumber, 9), release];
}

function ak9(
  end: GroupEnd,
  errors: readonly Issue[],
  sets: readonly SetAcknowledgment[],
  verdict: GroupAcknowledgment['verdict'],
): SegmentValues {
  const accepted = verdict === 'R' ? 0 : sets.filter((set) => set.verdict !== 'R').length;
  const codes = new Set(errors.map(({ code }) => issueKind(code).ack).filter((code) => code !== undefined));
  const included = end.setsIncluded ?? end.setsReceived;
  const counts = [included, end.setsReceived, accepted].map(String);
  return ['AK9', verdict, ...counts, ...[...codes].slice(0, CODES_MAX)];
}
