import type { DocumentIssue } from '@railhead/contracts';
import { readInterchanges } from '@railhead/x12';
import { issuesOfEnvelope, issuesOfSet } from '../door/document-issues.js';
import type { Partner } from '../partners/partner.js';
import { schemasFor } from '../partners/partner-schemas.js';

/** What our own reader, as strict as this partner's rules, finds wrong with a document of ours. Empty: it may leave. */
export function faultsOf(bytes: Buffer, partner: Partner): DocumentIssue[] {
  return [...readInterchanges(bytes, { schemas: schemasFor(partner) })].flatMap((unit) => {
    if (unit.kind === 'skipped') return issuesOfEnvelope([unit.issue]);
    if (unit.kind === 'set') return issuesOfSet(unit);
    return 'issues' in unit ? issuesOfEnvelope(unit.issues) : [];
  });
}
