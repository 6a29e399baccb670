import type { DocumentIssue } from '@railhead/contracts';
import { readInterchanges } from '@railhead/x12';
import { issuesOfEnvelope, issuesOfSet } from '../door/document-issues.js';

/** What our own reader, which is as strict as any partner's, finds wrong with a document of ours. Empty: it may leave. */
export function faultsOf(bytes: Buffer): DocumentIssue[] {
  return [...readInterchanges(bytes)].flatMap((unit) => {
    if (unit.kind === 'skipped') return issuesOfEnvelope([unit.issue]);
    if (unit.kind === 'set') return issuesOfSet(unit);
    return 'issues' in unit ? issuesOfEnvelope(unit.issues) : [];
  });
}
