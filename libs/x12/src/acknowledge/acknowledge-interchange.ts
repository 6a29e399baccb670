import { issueKind, type IssueCode } from '../issues/issue-codes.js';
import type { InterchangeEnd } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import { repeatable } from './quotable.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { foundIn, isRejecting, isTold } from './treatment.js';

/** What a TA1 says of an interchange. */
export interface InterchangeVerdict {
  /** TA104: A accepted, E accepted with errors, R rejected. */
  readonly verdict: 'A' | 'E' | 'R';
  /** TA105, three digits; `000` means no error. */
  readonly note: string;
  /** The TA1 segment. */
  readonly ta1: SegmentValues;
}

/** A TA1 has room for one reason: these come first, in this order. */
const WEIGHTIEST: readonly IssueCode[] = [
  'isa-duplicate',
  'isa-truncated',
  'gs-missing',
  'iea-missing',
  'iea-control-number',
];

/** Invalid interchange content, and invalid control structure: for reasons that have no note of their own. */
const CONTENT = '024';
const STRUCTURE = '022';

/**
 * Judges the envelope of an interchange. What is wrong inside its groups counts only where the policy says that it
 * refuses everything.
 *
 * @param isContentRefused - Something inside refuses the whole interchange.
 */
export function acknowledgeInterchange(
  end: InterchangeEnd,
  policy: AcknowledgmentPolicy,
  isContentRefused = false,
): InterchangeVerdict {
  const told = foundIn(end).filter((issue) => issue.level === 'interchange' && isTold(issue, policy));
  const rejecting = told.filter((issue) => isRejecting(issue, policy));
  const candidates = rejecting.length > 0 || isContentRefused ? rejecting : told;
  const reason = WEIGHTIEST.find((code) => candidates.some((issue) => issue.code === code)) ?? candidates[0]?.code;

  const verdict = rejecting.length > 0 || isContentRefused ? 'R' : told.length > 0 ? 'E' : 'A';
  const otherwise = isContentRefused ? CONTENT : '000';
  const note = reason === undefined ? otherwise : (issueKind(reason).ack ?? STRUCTURE);
  const { controlNumber, date, time } = end.interchange;
  // Some senders write the century, which has no room in a TA1.
  const theirs = [repeatable(controlNumber, 9, 9), repeatable(date.slice(-6), 6, 6), repeatable(time, 4, 4)];
  return { verdict, note, ta1: ['TA1', ...theirs, verdict, note] };
}
