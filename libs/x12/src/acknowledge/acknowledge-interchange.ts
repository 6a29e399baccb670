import { issueKind, type IssueCode } from '../issues/issue-codes.js';
import type { InterchangeEnd } from '../read/units.js';
import type { SegmentValues } from '../write/segment-values.js';
import { repeatable } from './quotable.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

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

/** Judges the envelope of an interchange. What is wrong inside its groups does not count here. */
export function acknowledgeInterchange(end: InterchangeEnd, policy: AcknowledgmentPolicy): InterchangeVerdict {
  const errors = end.issues.filter(({ severity, level }) => severity === 'error' && level === 'interchange');
  const rejecting = errors.filter(({ code }) => policy.rejectInterchangeFor.includes(code));
  const candidates = rejecting.length > 0 ? rejecting : errors;
  const reason = WEIGHTIEST.find((code) => candidates.some((issue) => issue.code === code)) ?? candidates[0]?.code;

  const verdict = rejecting.length > 0 ? 'R' : errors.length > 0 ? 'E' : 'A';
  const note = reason === undefined ? '000' : (issueKind(reason).ack ?? '022');
  const { controlNumber, date, time } = end.interchange;
  const theirs = [repeatable(controlNumber, 9), repeatable(date, 6), repeatable(time, 4)];
  return { verdict, note, ta1: ['TA1', ...theirs, verdict, note] };
}
