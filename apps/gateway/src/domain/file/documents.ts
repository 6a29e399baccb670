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

/** What says most about a document comes first. */
const TELLING = [DocumentAcknowledged, DocumentRejected, DocumentDuplicated, DocumentSent, DocumentReceived].map(
  (definition) => definition.type as string,
);

function documentOf(facts: readonly DocumentFact[]): FileDocument {
  const telling = TELLING.flatMap((type) => facts.filter((fact) => fact.type === type).slice(-1))[0]!;
  const { documentId, direction, documentType, system, partner, reference, controlNumber, sha256, sizeBytes } =
    facts[0]!.data;
  return {
    ...{ documentId, direction, documentType, system, partner, reference, controlNumber, sha256, sizeBytes },
    at: facts[0]!.data.at,
    state: stateOf(telling),
    originalDocumentId: telling.type === DocumentDuplicated.type ? telling.data.originalDocumentId : undefined,
    issues: 'issues' in telling.data ? telling.data.issues : [],
  };
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
