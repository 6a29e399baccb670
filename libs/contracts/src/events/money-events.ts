import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { AllowanceCharge } from '../order.js';
import { CalendarDate, Decimal, Instant, Money, OrderId, PositiveDecimal } from '../values.js';

export const InvoiceLine = z
  .strictObject({
    lineId: z.string().max(20),
    buyerLineId: z.string().max(40).optional(),
    sku: z.string().max(80),
    description: z.string().max(200).optional(),
    quantity: PositiveDecimal,
    unitCode: z.string().max(3),
    unitPrice: PositiveDecimal,
    /** For how many units the price is; absent: for one. */
    baseQuantity: PositiveDecimal.optional(),
    net: Money,
    taxPercent: Decimal.optional(),
    tax: Money,
  })
  .meta({ id: 'InvoiceLine' });
export type InvoiceLine = z.infer<typeof InvoiceLine>;

const Invoice = {
  orderId: OrderId,
  invoiceId: z.uuid(),
  invoiceNumber: z.string().max(22),
  accountId: z.string().max(60),
  purchaseOrderNumber: z.string().max(60),
  shipmentId: z.uuid(),
  issuedOn: CalendarDate,
  dueOn: CalendarDate,
  lines: z.array(InvoiceLine).min(1),
  allowanceCharges: z.array(AllowanceCharge).default([]),
  net: Money,
  tax: Money,
  gross: Money,
};

/** Money is owed for what was shipped. */
export const InvoiceIssued = defineEvent(
  'invoice.issued.v1',
  { topic: 'invoices', writers: ['billing'], meaning: 'Money is owed for what was shipped.' },
  z.strictObject(Invoice),
);
export type InvoiceIssued = EventOf<typeof InvoiceIssued>;

/** Less is owed than an invoice says. */
export const CreditMemoIssued = defineEvent(
  'credit-memo.issued.v1',
  { topic: 'invoices', writers: ['billing'], meaning: 'Less is owed than an invoice says.' },
  z.strictObject({ ...Invoice, creditMemoId: z.uuid(), reason: z.string().max(500) }),
);
export type CreditMemoIssued = EventOf<typeof CreditMemoIssued>;

/** Nothing is open on the invoice any more. */
export const InvoicePaid = defineEvent(
  'invoice.paid.v1',
  { topic: 'invoices', writers: ['billing'], meaning: 'Nothing is open on the invoice any more.' },
  z.strictObject({
    orderId: OrderId,
    invoiceId: z.uuid(),
    invoiceNumber: z.string().max(22),
    gross: Money,
    paidAt: Instant,
  }),
);
export type InvoicePaid = EventOf<typeof InvoicePaid>;

export const RemittanceLine = z
  .strictObject({ invoiceNumber: z.string().max(40), amount: Money, discount: Money.optional() })
  .meta({ id: 'RemittanceLine' });
export type RemittanceLine = z.infer<typeof RemittanceLine>;

/** Money arrived, with what the payer says it is for. */
export const PaymentReceived = defineEvent(
  'payment.received.v1',
  {
    topic: 'payments',
    writers: ['gateway', 'edi-connector'],
    meaning: 'Money arrived, with what the payer says it is for.',
  },
  z.strictObject({
    paymentId: z.uuid(),
    /** The payer's or the bank's own number; the same number of one payer is the same payment. */
    reference: z.string().min(1).max(80),
    payerAccountId: z.string().max(60),
    receivedOn: CalendarDate,
    amount: Money,
    remittance: z.array(RemittanceLine).max(10_000).default([]),
    /** What the payer added or held back beside the invoices: amounts with their sign, and why. */
    adjustments: z
      .array(z.strictObject({ amount: Money, reason: z.string().max(40) }).meta({ id: 'PaymentAdjustment' }))
      .max(10_000)
      .optional(),
  }),
);
export type PaymentReceived = EventOf<typeof PaymentReceived>;

/** A part of a payment settled a part of an invoice. */
export const PaymentApplied = defineEvent(
  'payment.applied.v1',
  { topic: 'payments', writers: ['billing'], meaning: 'A part of a payment settled a part of an invoice.' },
  z.strictObject({
    orderId: OrderId,
    paymentId: z.uuid(),
    invoiceId: z.uuid(),
    invoiceNumber: z.string().max(22),
    amount: Money,
    open: Money,
  }),
);
export type PaymentApplied = EventOf<typeof PaymentApplied>;

/** A part of a payment fits no open invoice; it stands on the account until somebody decides. */
export const PaymentUnmatched = defineEvent(
  'payment.unmatched.v1',
  { topic: 'payments', writers: ['billing'], meaning: 'A part of a payment fits no open invoice.' },
  z.strictObject({
    paymentId: z.uuid(),
    payerAccountId: z.string().max(60),
    reference: z.string().max(80),
    amount: Money,
    detail: z.string().max(500),
  }),
);
export type PaymentUnmatched = EventOf<typeof PaymentUnmatched>;
