import {
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCancelRequested,
  OrderCaptured,
  OrderSentElsewhere,
  type CanonicalOrder,
  type DocumentIssue,
} from '@railhead/contracts';
import { announce, uuidv7, type Announcement } from '@railhead/service-kit';
import type { Outcome, RawDocument } from '../store/door.store.js';

/** What is done with a document, before the events about it are written. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly orderId?: string | undefined;
  readonly issues?: readonly DocumentIssue[];
  readonly originalDocumentId?: string;
  readonly captured?: CanonicalOrder;
  readonly cancelReason?: string;
  /** The shop has sent of the order itself. */
  readonly sentByShop?: boolean;
}

/** The events of a verdict: `document.received` first, save for a repeat. */
export function eventsOf(verdict: Verdict, raw: RawDocument): Announcement[] {
  const because = { correlationId: uuidv7() };
  const { orderId, issues = [] } = verdict;
  const document = documentOf(raw, orderId);
  const subject = orderId ?? raw.documentId;
  if (verdict.outcome === 'duplicate') {
    return [
      announce(
        DocumentDuplicated,
        subject,
        { ...document, originalDocumentId: verdict.originalDocumentId ?? raw.documentId },
        because,
      ),
    ];
  }
  const events = [announce(DocumentReceived, subject, document, because)];
  if (verdict.outcome === 'rejected')
    events.push(announce(DocumentRejected, subject, { ...document, issues: [...issues] }, because));
  if (verdict.captured) events.push(announce(OrderCaptured, subject, verdict.captured, because));
  const actor = { kind: 'partner' as const, id: raw.shop };
  if (verdict.sentByShop === true && orderId !== undefined)
    events.push(announce(OrderSentElsewhere, subject, { orderId, actor, documentId: raw.documentId }, because));
  if (verdict.cancelReason !== undefined && orderId !== undefined) {
    events.push(
      announce(
        OrderCancelRequested,
        subject,
        { orderId, actor, reason: verdict.cancelReason, documentId: raw.documentId },
        because,
      ),
    );
  }
  return events;
}

function documentOf(raw: RawDocument, orderId: string | undefined) {
  return {
    documentId: raw.documentId,
    orderId,
    direction: 'in' as const,
    documentType: raw.topic,
    system: 'shopify' as const,
    partner: raw.shop,
    reference: raw.reference,
    sha256: raw.sha256.toString('hex'),
    sizeBytes: raw.bytes.length,
    at: raw.receivedAt.toISOString(),
  };
}
