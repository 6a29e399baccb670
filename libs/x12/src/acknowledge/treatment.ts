import { issueKind, type IssueCode, type IssueSeverity } from '../issues/issue-codes.js';
import type { Issue } from '../issues/issue.js';
import type { TransactionSet } from '../read/units.js';
import type { AcknowledgmentPolicy, IssueTreatment } from './acknowledgment-policy.js';

/** What a set comes to: A accepted, E accepted with errors, R rejected. */
export type SetVerdict = 'A' | 'E' | 'R';

/** What an issue leads to under a policy: what it says of this code, else what it says of the level. */
export function treatmentOf(
  { code, severity }: { readonly code: IssueCode; readonly severity: IssueSeverity },
  policy: AcknowledgmentPolicy,
): IssueTreatment {
  const chosen = policy.severities[code];
  if (chosen !== undefined) return chosen;
  if (severity === 'note') return 'accept';
  switch (issueKind(code).level) {
    case 'interchange':
      return policy.rejectInterchangeFor.includes(code) ? 'reject-interchange' : 'accept-with-note';
    case 'group':
      return policy.rejectGroupFor.includes(code) ? 'reject-set' : 'accept-with-note';
    case 'set':
      return 'reject-set';
    case 'segment':
    case 'element':
      return policy.setWithErrors === 'R' ? 'reject-set' : 'accept-with-note';
  }
}

/** As much of an issue as its treatment depends on. */
export type Found = Pick<Issue, 'code' | 'level' | 'severity'>;

/** All that was found in a set, a group or the envelope, also what is no longer listed among its issues. */
export function foundIn({
  issues,
  unlisted,
}: {
  readonly issues: readonly Issue[];
  readonly unlisted: readonly IssueCode[];
}): readonly Found[] {
  return unlisted.length === 0 ? issues : [...issues, ...unlisted.map((code) => ({ code, ...issueKind(code) }))];
}

/** Whether an issue refuses what it was found in. */
export function isRejecting(issue: Found, policy: AcknowledgmentPolicy): boolean {
  const treatment = treatmentOf(issue, policy);
  return treatment === 'reject-set' || treatment === 'reject-interchange';
}

/** Whether an issue is told to the partner at all. */
export function isTold(issue: Found, policy: AcknowledgmentPolicy): boolean {
  return treatmentOf(issue, policy) !== 'accept';
}

/**
 * Whether a set is taken under a policy. Also what is no longer listed among its issues counts.
 *
 * @returns the verdict, and whether the whole interchange is refused for it.
 */
export function judgeSet(
  set: Pick<TransactionSet, 'issues' | 'unlisted'>,
  policy: AcknowledgmentPolicy,
): { readonly verdict: SetVerdict; readonly rejectsInterchange: boolean } {
  const found = new Set(foundIn(set).map((issue) => treatmentInSet(issue, policy)));
  const rejectsInterchange = found.has('reject-interchange');
  if (rejectsInterchange || found.has('reject-set')) return { verdict: 'R', rejectsInterchange };
  return { verdict: found.has('accept-with-note') ? 'E' : 'A', rejectsInterchange };
}

/** A set without a group is refused by itself; the envelope has the same issue once more, and answers for itself. */
function treatmentInSet(
  issue: { code: IssueCode; severity: IssueSeverity },
  policy: AcknowledgmentPolicy,
): IssueTreatment {
  const treatment = treatmentOf(issue, policy);
  const isOfEnvelope = issueKind(issue.code).level === 'interchange' && issue.severity === 'error';
  return isOfEnvelope && treatment !== 'accept' ? 'reject-set' : treatment;
}
