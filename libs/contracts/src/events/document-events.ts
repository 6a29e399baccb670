import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Instant, OrderId } from '../values.js';

const documents = 'documents' as const;
const CONNECTORS = ['edi-connector', 'crm-connector', 'commerce-connector', 'gateway'];

/** Where a document hurts, in the sender's own notation. */
export const DocumentIssue = z
  .strictObject({
    code: z.string().min(1).max(60),
    /** `BEG03`, `PO1[2]/PO104`, `/lines/0/price`, a header name. */
    at: z.string().max(200),
    message: z.string().max(500),
  })
  .meta({ id: 'DocumentIssue' });
export type DocumentIssue = z.infer<typeof DocumentIssue>;

const Document = {
  documentId: z.string().min(1).max(200),
  orderId: OrderId.optional(),
  direction: z.enum(['in', 'out']),
  /** `850`, `997`, `opportunity`, `orders/create`, `order`, `sales-order`, … */
  documentType: z.string().max(40),
  system: z.enum(['x12', 'salesforce', 'shopify', 'api', 'form', 'erp']),
  partner: z.string().max(120),
  /** The sender's own number: PO number, deal id, shop order id. */
  reference: z.string().max(200).optional(),
  controlNumber: z.string().max(14).optional(),
  sha256: z.string().length(64),
  sizeBytes: z.int().min(0),
  at: Instant,
};

/** A document came in and is kept byte for byte. */
export const DocumentReceived = defineEvent(
  'document.received.v1',
  { topic: documents, writers: CONNECTORS, meaning: 'A document came in and is kept byte for byte.' },
  z.strictObject(Document),
);
export type DocumentReceived = EventOf<typeof DocumentReceived>;

/** A document was refused, with the place of every fault; the sender was told. */
export const DocumentRejected = defineEvent(
  'document.rejected.v1',
  { topic: documents, writers: CONNECTORS, meaning: 'A document was refused, with the place of every fault.' },
  z.strictObject({ ...Document, issues: z.array(DocumentIssue).min(1) }),
);
export type DocumentRejected = EventOf<typeof DocumentRejected>;

/** A document came again; the sender got the first answer again and nothing was done twice. */
export const DocumentDuplicated = defineEvent(
  'document.duplicated.v1',
  { topic: documents, writers: CONNECTORS, meaning: 'A document came again; nothing was done twice.' },
  z.strictObject({ ...Document, originalDocumentId: z.string().max(200) }),
);
export type DocumentDuplicated = EventOf<typeof DocumentDuplicated>;

/** A document of ours went out. */
export const DocumentSent = defineEvent(
  'document.sent.v1',
  { topic: documents, writers: CONNECTORS, meaning: 'A document of ours went out.' },
  z.strictObject(Document),
);
export type DocumentSent = EventOf<typeof DocumentSent>;

/** The other side confirmed that it received a document of ours, or refused it. */
export const DocumentAcknowledged = defineEvent(
  'document.acknowledged.v1',
  {
    topic: documents,
    writers: [...CONNECTORS, 'erp-connector'],
    meaning: 'The other side confirmed or refused a document of ours.',
  },
  z.strictObject({ ...Document, accepted: z.boolean(), issues: z.array(DocumentIssue).default([]) }),
);
export type DocumentAcknowledged = EventOf<typeof DocumentAcknowledged>;
