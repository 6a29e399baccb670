import { derivedUuid, documentFileId, PaymentReceived, PaymentUnmatched } from '@railhead/contracts';
import type { Fact } from './fact.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose file a fact belongs to. */
export interface FileId {
  readonly id: string;
  /** False: no order is known; the fact is kept under an id of its own. */
  readonly isOrder: boolean;
}

/** A fact is filed under its order; a payment under itself until it is applied; a document without order likewise. */
export function fileIdOf(fact: Fact): FileId {
  const data = fact.data as { orderId?: string; paymentId?: string; documentId?: string };
  if (fact.type === PaymentReceived.type || fact.type === PaymentUnmatched.type)
    return { id: data.paymentId!, isOrder: false };
  if (data.orderId !== undefined) return { id: data.orderId, isOrder: true };
  if (fact.type.startsWith('document.')) return { id: documentFileId(data.documentId!), isOrder: false };
  return UUID.test(fact.subject)
    ? { id: fact.subject, isOrder: true }
    : { id: derivedUuid(`fact|${fact.subject}`), isOrder: false };
}
