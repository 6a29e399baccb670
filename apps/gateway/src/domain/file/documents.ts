import {
  DocumentAcknowledged,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  DocumentSent,
} from '@railhead/contracts';
import { groupedBy, type Fact } from '../fact.js';
import type { FileDocument } from './order-file.js';

type DocumentFact = DocumentReceived | DocumentRejected | DocumentDuplicated | DocumentSent | DocumentAcknowledged;

/** The documents of an order, in and out, with what became of each. */
export function documentsOf(story: readonly Fact[]): FileDocument[] {
  const facts = story.filter((fact): fact is DocumentFact => fact.type.startsWith('document.'));
  return [...groupedBy(facts, (fact) => fact.data.documentId).values()].map(documentOf);
}

/** What says most about a document comes first. One of ours with faults stays here until it is mended, and is sent then. */
const TELLING = {
  in: typesOf([DocumentAcknowledged, DocumentRejected, DocumentDuplicated, DocumentSent, DocumentReceived]),
  out: typesOf([DocumentAcknowledged, DocumentSent, DocumentRejected, DocumentDuplicated, DocumentReceived]),
};

function typesOf(definitions: readonly { readonly type: string }[]): readonly string[] {
  return definitions.map(({ type }) => type);
}

function documentOf(facts: readonly DocumentFact[]): FileDocument {
  const telling = TELLING[facts[0]!.data.direction].flatMap((type) =>
    facts.filter((fact) => fact.type === type).slice(-1),
  )[0]!;
  const { documentId, direction, documentType, system, partner, reference, controlNumber, sha256, sizeBytes } =
    telling.data;
  return {
    ...{ documentId, direction, documentType, system, partner, reference, controlNumber, sha256, sizeBytes },
    at: facts[0]!.data.at,
    state: stateOf(telling),
    ...(direction === 'out' && system === 'x12' && { axes: axesOf(facts) }),
    originalDocumentId: telling.type === DocumentDuplicated.type ? telling.data.originalDocumentId : undefined,
    issues: 'issues' in telling.data ? telling.data.issues : [],
  };
}

/** Is it valid, did it arrive, what does the partner think: each on its own, whatever order the facts came in. */
function axesOf(facts: readonly DocumentFact[]): NonNullable<FileDocument['axes']> {
  const has = ({ type }: { readonly type: string }): boolean => facts.some((fact) => fact.type === type);
  const opinion = facts.findLast((fact): fact is DocumentAcknowledged => fact.type === DocumentAcknowledged.type)?.data;
  const delivered = has(DocumentSent) || opinion !== undefined;
  return { valid: delivered || !has(DocumentRejected), delivered, acknowledged: acknowledgedOf(opinion) };
}

function acknowledgedOf(
  opinion: DocumentAcknowledged['data'] | undefined,
): NonNullable<FileDocument['axes']>['acknowledged'] {
  if (opinion === undefined) return 'waiting';
  if (!opinion.accepted) return 'rejected';
  return opinion.issues.length === 0 ? 'accepted' : 'accepted-with-errors';
}

function stateOf(fact: DocumentFact): FileDocument['state'] {
  switch (fact.type) {
    case 'document.acknowledged.v1':
      return fact.data.accepted ? 'acknowledged' : 'refused';
    case 'document.rejected.v1':
      return 'rejected';
    case 'document.duplicated.v1':
      return 'duplicate';
    case 'document.sent.v1':
      return 'sent';
    case 'document.received.v1':
      return 'received';
  }
}
