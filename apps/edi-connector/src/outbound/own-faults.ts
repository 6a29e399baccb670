import type { DocumentIssue } from '@railhead/contracts';
import { codeTable } from '@railhead/connector-kit/code-table';
import { element, readInterchanges, type SegmentValues, type TransactionSet } from '@railhead/x12';
import { issuesOfEnvelope, issuesOfSet } from '../door/document-issues.js';
import type { Partner } from '../partners/partner.js';
import { schemasFor } from '../partners/partner-schemas.js';

/** Where people write to people, by segment. Anything else is a number, a code or an amount, and must arrive as it is. */
const TEXTS = codeTable<string, readonly number[]>({
  ...{ N1: [2], N2: [1, 2], N3: [1, 2], N4: [1, 6], PID: [5], SAC: [15], ITD: [12], MSG: [1], MTX: [2], NTE: [2] },
  ...{ TD5: [5], W66: [5], G69: [1], TED: [2], REF: [3] },
});

/**
 * What our own reader, as strict as this partner's rules, finds wrong with a document of ours. Empty: it may leave.
 *
 * @param said - What the document is to say.
 */
export function faultsOf(bytes: Buffer, partner: Partner, said: readonly SegmentValues[] = []): DocumentIssue[] {
  return [...readInterchanges(bytes, { schemas: schemasFor(partner) })].flatMap((unit) => {
    if (unit.kind === 'skipped') return issuesOfEnvelope([unit.issue]);
    if (unit.kind === 'set') return [...issuesOfSet(unit), ...alteredIn(unit, said)];
    return 'issues' in unit ? issuesOfEnvelope(unit.issues) : [];
  });
}

/** A delimiter in a text becomes a space. In a number that would make another number of it, and nobody would know. */
function alteredIn({ segments }: TransactionSet, said: readonly SegmentValues[]): DocumentIssue[] {
  return said.flatMap(([id, ...elements], n) =>
    elements.flatMap((value, index): DocumentIssue[] => {
      const position = index + 1;
      if (typeof value !== 'string' || value === '' || TEXTS[id]?.includes(position) === true) return [];
      if (element(segments[n + 1], position) === value) return [];
      const message = `${JSON.stringify(value)} holds a character that cannot be written: are the delimiters right?`;
      return [
        { code: 'CANNOT_BE_SAID', at: `${id}${String(position).padStart(2, '0')}`, message: message.slice(0, 500) },
      ];
    }),
  );
}
