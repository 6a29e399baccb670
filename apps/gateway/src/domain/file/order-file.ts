import { Actor, CanonicalOrder, DocumentIssue, HOLD_CODES, Money, Reason } from '@railhead/contracts';
import { z } from 'zod';
import { Difference } from './copy-differences.js';

/** Where an order stands, in one word for people. Derived from the facts, never set. */
export const STATUSES = [
  'received',
  'on-hold',
  'accepted',
  'rejected',
  'backordered',
  'in-fulfillment',
  'partially-shipped',
  'shipped',
  'delivered',
  'invoiced',
  'settled',
  'cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

const Quantity = z.string().describe('decimal string in the unit of the line');
const When = z.iso.datetime();

/** Who has the next move. */
export const NextStep = z.strictObject({ owner: z.string(), what: z.string(), since: When }).meta({ id: 'NextStep' });
export type NextStep = z.infer<typeof NextStep>;

/** The quantities of one line. Each bucket counts all of it: what was delivered was also shipped. */
export const FileLine = z
  .strictObject({
    lineId: z.string(),
    buyerLineId: z.string().optional(),
    sku: z.string().optional(),
    description: z.string().optional(),
    unitCode: z.string(),
    unitPrice: z.string(),
    ordered: Quantity,
    cancelled: Quantity,
    allocated: Quantity,
    backordered: Quantity,
    shipped: Quantity,
    delivered: Quantity,
    invoiced: Quantity,
  })
  .meta({ id: 'FileLine' });
export type FileLine = z.infer<typeof FileLine>;

export const FileHold = z
  .strictObject({
    holdId: z.string(),
    code: z.enum(HOLD_CODES),
    detail: z.string(),
    ownerRole: z.string(),
    since: When,
    state: z.enum(['active', 'released']),
    releasedAt: When.optional(),
    releasedBy: Actor.optional(),
    releaseReason: z.string().optional(),
  })
  .meta({ id: 'FileHold' });
export type FileHold = z.infer<typeof FileHold>;

export const FileScan = z
  .strictObject({
    trackingNumber: z.string(),
    status: z.string(),
    carrierCode: z.string(),
    description: z.string().optional(),
    occurredAt: When,
    place: z.string().optional(),
  })
  .meta({ id: 'FileScan' });
export type FileScan = z.infer<typeof FileScan>;

const QuantityOfLine = z.strictObject({ lineId: z.string(), quantity: Quantity }).meta({ id: 'QuantityOfLine' });

export const FileShipment = z
  .strictObject({
    shipmentId: z.string(),
    state: z.enum(['requested', 'confirmed', 'dispatched', 'delivered', 'cancelled', 'failed']),
    warehouse: z.string().optional(),
    carrier: z.string().optional(),
    trackingNumbers: z.array(z.string()),
    lines: z.array(QuantityOfLine),
    requestedAt: When.optional(),
    shippedAt: When.optional(),
    deliveredAt: When.optional(),
    delayed: z.strictObject({ since: When, expectedOn: z.string().optional(), detail: z.string() }).optional(),
    scans: z.array(FileScan),
    problems: z.array(Reason),
  })
  .meta({ id: 'FileShipment' });
export type FileShipment = z.infer<typeof FileShipment>;

export const FileInvoice = z
  .strictObject({
    invoiceId: z.string(),
    invoiceNumber: z.string(),
    shipmentId: z.string(),
    issuedOn: z.string(),
    dueOn: z.string(),
    net: Money,
    tax: Money,
    gross: Money,
    paid: Money,
    credited: Money,
    open: Money,
    state: z.enum(['open', 'partly-paid', 'paid']),
  })
  .meta({ id: 'FileInvoice' });
export type FileInvoice = z.infer<typeof FileInvoice>;

export const FilePayment = z
  .strictObject({
    paymentId: z.string(),
    invoiceNumber: z.string(),
    amount: Money,
    at: When,
    reference: z.string().optional(),
    receivedOn: z.string().optional(),
  })
  .meta({ id: 'FilePayment' });
export type FilePayment = z.infer<typeof FilePayment>;

export const FileDocument = z
  .strictObject({
    documentId: z.string(),
    direction: z.enum(['in', 'out']),
    documentType: z.string(),
    system: z.string(),
    partner: z.string(),
    reference: z.string().optional(),
    controlNumber: z.string().optional(),
    sha256: z.string(),
    sizeBytes: z.int(),
    at: When,
    state: z.enum(['received', 'duplicate', 'rejected', 'sent', 'acknowledged', 'refused']),
    axes: z
      .strictObject({
        valid: z.boolean(),
        delivered: z.boolean(),
        acknowledged: z.enum(['waiting', 'accepted', 'accepted-with-errors', 'rejected']),
      })
      .optional()
      .describe('of a document of ours to a partner'),
    originalDocumentId: z.string().optional(),
    issues: z.array(DocumentIssue),
  })
  .meta({ id: 'FileDocument' });
export type FileDocument = z.infer<typeof FileDocument>;

export const FileTask = z
  .strictObject({
    taskId: z.string(),
    kind: z.string().optional(),
    detail: z.string().optional(),
    ownerRole: z.string().optional(),
    openedAt: When.optional(),
    dueAt: When.optional(),
    state: z.enum(['open', 'claimed', 'decided', 'closed']),
  })
  .meta({ id: 'FileTask' });
export type FileTask = z.infer<typeof FileTask>;

/** One entry of the story: what, when, who told it and what led to it. */
export const TimelineEntry = z
  .strictObject({
    eventId: z.string(),
    at: When,
    type: z.string(),
    what: z.string().describe('one sentence for people'),
    source: z.string().describe('the service that told it'),
    who: Actor.optional(),
    documentId: z.string().optional(),
    causedBy: z.string().optional().describe('id of the event that led to it'),
    correlationId: z.string(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** Another document that claims to be the same order. Never merged: a person decides. */
export const ConflictingCopy = z
  .strictObject({
    eventId: z.string(),
    at: When,
    source: z.string(),
    channel: z.string(),
    documentId: z.string(),
    countedDocumentId: z.string().describe('the document of the copy that counts'),
    total: Money,
    differences: z.array(Difference),
    state: z.enum(['waiting', 'decided']),
    holdId: z.string().optional(),
  })
  .meta({ id: 'ConflictingCopy' });
export type ConflictingCopy = z.infer<typeof ConflictingCopy>;

/** All that is known about one order, folded from the facts. */
export const OrderFile = z
  .strictObject({
    orderId: z.string(),
    status: z.enum(STATUSES),
    nextStep: NextStep.nullable().describe('null: nobody has to do anything any more'),
    purchaseOrderNumber: z.string().nullable(),
    accountId: z.string().nullable(),
    customerName: z.string().nullable(),
    channel: z.string().nullable(),
    currency: z.string().nullable(),
    total: Money.nullable(),
    capturedAt: When.nullable(),
    updatedAt: When,
    lines: z.array(FileLine),
    holds: z.array(FileHold),
    rejection: z.strictObject({ reasons: z.array(Reason), withdrawn: z.boolean(), at: When }).nullable(),
    shipments: z.array(FileShipment),
    invoices: z.array(FileInvoice),
    payments: z.array(FilePayment),
    documents: z.array(FileDocument),
    tasks: z.array(FileTask),
    conflictingCopies: z.array(ConflictingCopy),
    timeline: z.array(TimelineEntry),
    order: CanonicalOrder.nullable().describe('the copy that counts, with its provenance'),
  })
  .meta({ id: 'OrderFile' });
export type OrderFile = z.infer<typeof OrderFile>;
