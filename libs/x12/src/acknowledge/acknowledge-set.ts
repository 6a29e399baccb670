import { issueKind } from '../issues/issue-codes.js';
import type { Issue } from '../issues/issue.js';
import type { TransactionSet } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { isSince5010 } from './answer-release.js';
import { dialectOf } from './dialect.js';
import { repeatable, repeatableText } from './quotable.js';
import { segmentErrors } from './segment-errors.js';
import { isTold, judgeSet, type SetVerdict } from './treatment.js';

/** What a 997 or 999 says of one set. */
export interface SetAcknowledgment {
  readonly code: string;
  readonly controlNumber: string;
  /** AK501. */
  readonly verdict: SetVerdict;
  /** A fault in it refuses the whole interchange, for this partner. */
  readonly rejectsInterchange: boolean;
  /** AK2 … AK5, or AK2 … IK5. */
  readonly segments: readonly SegmentValues[];
}

const CODES_MAX = 5;
const SEGMENTS_IN_ERROR = '5';

/** Judges one set and writes down why. What the policy accepts is not mentioned. */
export function acknowledgeSet(set: TransactionSet, policy: AcknowledgmentPolicy): SetAcknowledgment {
  const { code, controlNumber } = set;
  const told = set.issues.filter((issue) => isTold(issue, policy));
  const { verdict, rejectsInterchange } = judgeSet(set, policy);
  const { setResponse } = dialectOf(policy.format);
  const response: SegmentValues = [setResponse, verdict, ...codesOf(told, verdict)];
  return {
    code,
    controlNumber,
    verdict,
    rejectsInterchange,
    segments: [ak2(set, policy), ...segmentErrors(set, told.filter(isInside), policy), response],
  };
}

function isInside({ level }: Issue): boolean {
  return level === 'segment' || level === 'element';
}

/** AK502 to AK506: each reason once; faults of segments and elements are all one reason. */
function codesOf(told: readonly Issue[], verdict: SetVerdict): string[] {
  const envelope = told.filter((issue) => !isInside(issue));
  const codes = new Set(
    envelope.map(({ code, level }) => (level === 'set' ? issueKind(code).ack : undefined) ?? SEGMENTS_IN_ERROR),
  );
  if (told.some(isInside) || (codes.size === 0 && verdict !== 'A')) codes.add(SEGMENTS_IN_ERROR);
  return [...codes].slice(0, CODES_MAX);
}

function ak2(
  { code, controlNumber, implementation, group }: TransactionSet,
  policy: AcknowledgmentPolicy,
): SegmentValues {
  const mayName = policy.format === '999' || isSince5010(group?.version ?? '');
  const guide = mayName && implementation !== undefined ? repeatable(implementation, 35) : undefined;
  return ['AK2', repeatable(code, 3, 3), repeatableText(controlNumber, 9, 4), guide];
}
