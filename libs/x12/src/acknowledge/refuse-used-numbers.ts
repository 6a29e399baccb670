import { issueKind, type IssueCode } from '../issues/issue-codes.js';
import type { ElementValue, SegmentValues } from '../write/segment-values.js';
import { listedOf, type GroupAcknowledgment } from './acknowledge-group.js';
import type { SetAcknowledgment } from './acknowledge-set.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

/** What tells a set from the others of its group: ST01 and ST02. */
export type SetNumber = Pick<SetAcknowledgment, 'code' | 'controlNumber'>;

/** Sets of a group that were taken if their numbers were not used. */
export interface UsedSets {
  readonly count: number;
  /** Compares control numbers as numbers. */
  readonly has: (set: SetNumber) => boolean;
}

const CODES_MAX = 5;

/**
 * Refuses a group because its control number was used for another one before. That only its receiver knows, so it is said
 * after the group was judged: AK9 R with code 6, whatever a policy says of faults.
 */
export function refuseGroupNumber(group: GroupAcknowledgment): GroupAcknowledgment {
  return answered(group, group.segments.slice(1, -1), 'R', 'gs-control-number');
}

/**
 * Refuses sets of a group because their control numbers were used before: AK5 R with code 7, and AK9 P, or R where none is
 * left. Where the answer has no room to name each of them the whole group is refused: a set that it does not name is taken
 * for accepted.
 */
export function refuseSetNumbers(
  group: GroupAcknowledgment,
  used: UsedSets,
  policy: Pick<AcknowledgmentPolicy, 'listAcceptedSets'>,
): GroupAcknowledgment {
  const isUsed = (set: SetAcknowledgment): boolean => set.verdict !== 'R' && used.has(set);
  const hasRoom = group.sets.filter(isUsed).length === used.count;
  const sets = group.sets.map((set) => (isUsed(set) ? refuseSet(set) : set));
  const isPartly = hasRoom && sets.some(({ verdict }) => verdict !== 'R');
  const listed = listedOf(sets, policy).flatMap(({ segments }) => segments);
  return answered({ ...group, sets }, listed, isPartly ? 'P' : 'R');
}

function refuseSet(set: SetAcknowledgment): SetAcknowledgment {
  const [id, , ...codes]: SegmentValues = set.segments.at(-1) ?? ['AK5'];
  const response: SegmentValues = [id, 'R', ...withCode('set-control-number', codes)];
  return { ...set, verdict: 'R', segments: [...set.segments.slice(0, -1), response] };
}

/** @param listed - What stands between AK1 and AK9. */
function answered(
  group: GroupAcknowledgment,
  listed: readonly SegmentValues[],
  verdict: GroupAcknowledgment['verdict'],
  code?: IssueCode,
): GroupAcknowledgment {
  const [id, , included, received, , ...known]: SegmentValues = group.segments.at(-1) ?? ['AK9'];
  const accepted = verdict === 'R' ? 0 : group.sets.filter((set) => set.verdict !== 'R').length;
  const codes = code === undefined ? known : withCode(code, known);
  const ak9: SegmentValues = [id, verdict, included, received, String(accepted), ...codes];
  return { ...group, verdict, segments: [...group.segments.slice(0, 1), ...listed, ak9] };
}

function withCode(code: IssueCode, known: readonly ElementValue[]): ElementValue[] {
  return [...new Set([issueKind(code).ack, ...known])].slice(0, CODES_MAX);
}
