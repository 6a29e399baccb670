import {
  DocumentAcknowledged,
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCancelRequested,
  OrderCaptured,
  type CanonicalOrder,
  type DocumentIssue,
} from '@railhead/contracts';
import { announce, uuidv7, type Announcement } from '@railhead/service-kit';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { RawDocument } from '../store/document.store.js';
import type { OutboundDocument } from '../store/outbound.store.js';

interface About {
  readonly documentId?: string;
  readonly orderId?: string;
  readonly documentType?: string;
  readonly reference?: string;
  readonly controlNumber?: string;
}

function documentOf(raw: RawDocument, about: About): DocumentReceived['data'] {
  const { documentId = raw.documentId, orderId, documentType = 'interchange', reference, controlNumber } = about;
  return {
    documentId,
    orderId,
    direction: 'in',
    documentType,
    system: 'x12',
    partner: raw.partner === '' ? 'unknown' : raw.partner,
    reference,
    controlNumber: controlNumber?.slice(0, 14),
    sha256: raw.sha256.toString('hex'),
    sizeBytes: raw.sizeBytes,
    at: raw.receivedAt.toISOString(),
  };
}

function aboutOrder(order: CanonicalOrder): About {
  const { documentId, controlNumbers } = order.provenance;
  const { orderId, purchaseOrderNumber } = order;
  return {
    documentId,
    orderId,
    documentType: '850',
    reference: purchaseOrderNumber,
    controlNumber: controlNumbers?.interchange,
  };
}

/** An order came in: received, and captured or, where it says so, to be cancelled. */
export function orderEvents(
  raw: RawDocument,
  order: CanonicalOrder,
  purpose: CanonicalOrder['purpose'],
): Announcement[] {
  const because = { correlationId: uuidv7() };
  const { orderId, provenance } = order;
  const received = announce(DocumentReceived, orderId, documentOf(raw, aboutOrder(order)), because);
  if (purpose !== 'cancel') return [received, announce(OrderCaptured, orderId, order, because)];
  const actor = { kind: 'partner' as const, id: raw.partner };
  const wish = {
    orderId,
    actor,
    reason: 'cancelled by an 850 of the buyer (BEG01 01)',
    documentId: provenance.documentId,
  };
  return [received, announce(OrderCancelRequested, orderId, wish, because)];
}

/** An order came again that we have. */
export function duplicateEvent(raw: RawDocument, order: CanonicalOrder, originalDocumentId: string): Announcement {
  const data = { ...documentOf(raw, aboutOrder(order)), originalDocumentId };
  return announce(DocumentDuplicated, order.orderId, data, { correlationId: uuidv7() });
}

/** A whole interchange came again. One event for each order it had brought, or one for itself. */
export function repeatEvents(
  raw: RawDocument,
  controlNumber: string,
  orderIds: readonly string[],
  originalDocumentId: string,
): Announcement[] {
  const because = { correlationId: uuidv7() };
  const subjects: (string | undefined)[] = orderIds.length === 0 ? [undefined] : [...orderIds];
  return subjects.map((orderId) => {
    const data = {
      ...documentOf(raw, { ...(orderId !== undefined && { orderId }), controlNumber }),
      originalDocumentId,
    };
    return announce(DocumentDuplicated, orderId ?? raw.documentId, data, because);
  });
}

/** Something in a document was refused; the sender is told the same. */
export function rejectionEvents(
  raw: RawDocument,
  issues: readonly DocumentIssue[],
  controlNumber?: string,
): Announcement[] {
  if (issues.length === 0) return [];
  const because = { correlationId: uuidv7() };
  const document = documentOf(raw, controlNumber === undefined ? {} : { controlNumber });
  return [
    announce(DocumentReceived, raw.documentId, document, because),
    announce(DocumentRejected, raw.documentId, { ...document, issues: issues.slice(0, 100) }, because),
  ];
}

/** A partner confirmed or refused a document of ours. */
export function acknowledgedEvent(
  raw: RawDocument,
  document: OutboundDocument,
  { accepted, issues }: GroupOpinion,
): Announcement {
  const { documentId, orderId, correlationId, documentType, reference, controlNumber, sha256, sizeBytes } = document;
  const data = {
    documentId,
    orderId,
    direction: 'out' as const,
    documentType,
    system: 'x12' as const,
    partner: document.partner,
    reference,
    controlNumber: String(controlNumber),
    sha256: sha256.toString('hex'),
    sizeBytes,
    at: raw.receivedAt.toISOString(),
    accepted,
    issues: [...issues],
  };
  return announce(DocumentAcknowledged, orderId, data, { correlationId });
}
