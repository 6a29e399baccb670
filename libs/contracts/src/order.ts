import { z } from 'zod';
import {
  CalendarDate,
  CurrencyCode,
  Decimal,
  Identifier,
  Instant,
  Money,
  OrderId,
  PositiveDecimal,
  Quantity,
} from './values.js';

const Text = (max: number) => z.string().min(1).max(max);

export const PostalAddress = z
  .strictObject({
    lines: z.array(z.string().max(120)).max(6),
    city: z.string().max(80).optional(),
    subdivision: z.string().max(40).optional(),
    postalCode: z.string().max(20).optional(),
    country: z.string().max(3).optional(),
  })
  .meta({ id: 'PostalAddress' });
export type PostalAddress = z.infer<typeof PostalAddress>;

export const PARTY_ROLES = [
  'buyer',
  'seller',
  'originator',
  'billTo',
  'payer',
  'shipTo',
  'shipFrom',
  'carrier',
  'endCustomer',
] as const;

export const Party = z
  .strictObject({
    role: z.enum(PARTY_ROLES),
    /** Our number for the account, the link to master data; the buyer always has one. */
    accountId: z.string().max(60).optional(),
    identifiers: z.array(Identifier).max(20).default([]),
    name: z.string().max(120).optional(),
    postalAddress: PostalAddress.optional(),
    contact: z
      .strictObject({
        name: z.string().max(120).optional(),
        phone: z.string().max(60).optional(),
        email: z.string().max(254).optional(),
      })
      .meta({ id: 'Contact' })
      .optional(),
    taxIds: z.array(Identifier).max(5).optional(),
  })
  .meta({ id: 'Party' });
export type Party = z.infer<typeof Party>;

/** Says more or less is owed: freight, discount, handling. Document level or line level. */
export const AllowanceCharge = z
  .strictObject({
    /** true: a charge, more is owed; false: an allowance, less is owed. */
    isCharge: z.boolean(),
    reasonCode: z.string().max(20).optional(),
    reason: z.string().max(200).optional(),
    percent: Decimal.optional(),
    base: Money.optional(),
    /** Never negative: `isCharge` gives the sign. */
    amount: Money,
  })
  .meta({ id: 'AllowanceCharge' });
export type AllowanceCharge = z.infer<typeof AllowanceCharge>;

export const OrderReference = z
  .strictObject({
    type: z.enum([
      'quotation',
      'contract',
      'previousOrder',
      'blanketOrder',
      'opportunity',
      'project',
      'originator',
      'catalogue',
      'other',
    ]),
    id: Text(80),
    qualifier: z.string().max(10).optional(),
    issuedOn: CalendarDate.optional(),
  })
  .meta({ id: 'OrderReference' });

export const Note = z.strictObject({ qualifier: z.string().max(20).optional(), text: Text(2000) }).meta({ id: 'Note' });

export const OrderItem = z
  .strictObject({
    name: z.string().max(200).optional(),
    description: z.string().max(1000).optional(),
    buyersItemId: z.string().max(80).optional(),
    /** Our stock keeping unit. */
    sellersItemId: z.string().max(80).optional(),
    manufacturersItemId: z.string().max(80).optional(),
    /** GTIN-8/12/13/14. */
    standardItemId: z.string().max(14).optional(),
    classifications: z.array(Identifier).max(10).optional(),
    lot: z.string().max(60).optional(),
  })
  .meta({ id: 'OrderItem' });
export type OrderItem = z.infer<typeof OrderItem>;

export const UnitPrice = z
  .strictObject({
    /** Major units of the order currency for `baseQuantity` units; may be finer than the currency. */
    amount: PositiveDecimal,
    baseQuantity: PositiveDecimal.optional(),
    listPrice: PositiveDecimal.optional(),
    source: z.enum(['contract', 'promo', 'list', 'manual']).optional(),
  })
  .meta({ id: 'UnitPrice' });

/** When and where a part of a line is wanted. The quantities of a line's schedules add up to the line's. */
export const Schedule = z
  .strictObject({
    scheduleId: Text(20),
    quantity: Quantity,
    requestedFrom: CalendarDate.optional(),
    requestedTo: CalendarDate.optional(),
    requestedDespatchOn: CalendarDate.optional(),
    despatchFrom: CalendarDate.optional(),
    despatchTo: CalendarDate.optional(),
    /** Where it differs from the order's. */
    shipTo: Party.optional(),
  })
  .meta({ id: 'Schedule' });

export const OrderLine = z
  .strictObject({
    /** Ours; unique in the order. */
    lineId: Text(20),
    /** The buyer's own line number (X12 PO101), echoed in every answer. */
    buyerLineId: z.string().max(40).optional(),
    item: OrderItem,
    quantity: Quantity,
    price: UnitPrice,
    /** quantity × price + charges − allowances. */
    lineExtensionAmount: Money,
    allowanceCharges: z.array(AllowanceCharge).max(25).default([]),
    taxCategory: z.string().max(10).optional(),
    taxPercent: Decimal.optional(),
    schedules: z.array(Schedule).max(5_000).default([]),
    /** The line that this one is a part of: what a kit is made of. At price 0 it goes with its kit and is not sold by itself. */
    parentLineId: z.string().max(20).optional(),
    fulfilmentType: z.enum(['ship', 'drop-ship', 'service', 'digital']).optional(),
    notes: z.array(Note).max(50).default([]),
    references: z.array(OrderReference).max(50).default([]),
  })
  .meta({ id: 'OrderLine' });
export type OrderLine = z.infer<typeof OrderLine>;

export const PaymentTerms = z
  .strictObject({
    code: z.string().max(20).optional(),
    netDays: z.int().min(0).max(3650).optional(),
    dueDateBasis: z.enum(['invoice-date', 'ship-date', 'delivery-date', 'receipt-date']).optional(),
    discounts: z
      .array(z.strictObject({ percent: Decimal, days: z.int().min(0).max(3650) }).meta({ id: 'TermsDiscount' }))
      .max(5)
      .default([]),
    text: z.string().max(500).optional(),
  })
  .meta({ id: 'PaymentTerms' });
export type PaymentTerms = z.infer<typeof PaymentTerms>;

export const OrderDelivery = z
  .strictObject({
    requestedFrom: CalendarDate.optional(),
    requestedTo: CalendarDate.optional(),
    requestedDespatchOn: CalendarDate.optional(),
    /** The days between which it may leave, where the buyer sets them. */
    despatchFrom: CalendarDate.optional(),
    despatchTo: CalendarDate.optional(),
    carrier: z.string().max(60).optional(),
    serviceLevel: z.string().max(60).optional(),
    shippingMarks: z.string().max(200).optional(),
  })
  .meta({ id: 'OrderDelivery' });

export const OrderTotals = z
  .strictObject({
    /** Sum of the lines' extension amounts. */
    lineExtension: Money,
    allowances: Money,
    charges: Money,
    taxExclusive: Money,
    tax: Money,
    taxInclusive: Money,
    prepaid: Money.optional(),
    rounding: Money.optional(),
    payable: Money,
  })
  .meta({ id: 'OrderTotals' });
export type OrderTotals = z.infer<typeof OrderTotals>;

/** Where every field came from. `fields` maps a JSON pointer of this order to a place in the raw document. */
export const Provenance = z
  .strictObject({
    system: z.enum(['x12', 'salesforce', 'shopify', 'api', 'form']),
    account: z.string().max(120).optional(),
    documentType: z.string().max(40),
    documentId: z.string().max(200),
    /** Revision of the source document, e.g. its last-modified stamp. */
    documentRevision: z.string().max(60).optional(),
    controlNumbers: z
      .strictObject({ interchange: z.string().max(14), group: z.string().max(14), set: z.string().max(14) })
      .meta({ id: 'ControlNumbers' })
      .optional(),
    receivedAt: Instant,
    rawSha256: z.string().length(64),
    mapping: z.string().max(60),
    /** canonical pointer → place, e.g. `/purchaseOrderNumber` → `BEG03`, `/lines/0/price/amount` → `PO1[1]/PO104`. */
    fields: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Provenance' });
export type Provenance = z.infer<typeof Provenance>;

/** What the sender wrote that has no canonical place: kept, never dropped. */
export const Extras = z.record(z.string(), z.string());

/**
 * An order as every part of Railhead speaks of it. Names follow UBL and Peppol BIS Order where they have one.
 * Amounts are in `currency` throughout (rule R003).
 */
export const CanonicalOrder = z
  .strictObject({
    schemaVersion: z.literal(1),
    orderId: OrderId,
    /** (buyer account, PO number, release): the same business key is the same order, whichever door it came through. */
    businessKey: Text(200),
    channel: z.enum(['edi', 'crm', 'ecommerce', 'api', 'manual']),
    purchaseOrderNumber: Text(60),
    release: z.string().max(30).optional(),
    orderTypeCode: z.enum(['105', '220', '221', '226', '227', '402']).default('220'),
    purpose: z.enum(['original', 'replace', 'change', 'cancel', 'confirmation', 'duplicate']).default('original'),
    issuedOn: CalendarDate,
    currency: CurrencyCode,
    cancelAfterOn: CalendarDate.optional(),
    salesOrderId: z.string().max(60).optional(),
    customerReference: z.string().max(120).optional(),
    parties: z.array(Party).min(1).max(50),
    delivery: OrderDelivery.optional(),
    deliveryTerms: z
      .strictObject({
        incoterm: z.string().max(20).optional(),
        location: z.string().max(120).optional(),
        freightPayment: z.string().max(20).optional(),
      })
      .meta({ id: 'DeliveryTerms' })
      .optional(),
    paymentTerms: PaymentTerms.optional(),
    partialDeliveryAllowed: z.boolean().optional(),
    backorderAllowed: z.boolean().optional(),
    allowanceCharges: z.array(AllowanceCharge).max(100).default([]),
    lines: z.array(OrderLine).min(1).max(100_000),
    totals: OrderTotals,
    /** Totals as the sender stated them, in the sender's notation; checked, never trusted. */
    controlTotals: z
      .strictObject({ lineCount: z.int().optional(), hashTotal: Decimal.optional(), amount: Decimal.optional() })
      .meta({ id: 'ControlTotals' })
      .optional(),
    notes: z.array(Note).max(200).default([]),
    references: z.array(OrderReference).max(200).default([]),
    extras: Extras.optional(),
    provenance: Provenance,
  })
  .meta({ id: 'CanonicalOrder' });
export type CanonicalOrder = z.infer<typeof CanonicalOrder>;

/** The order as the stages pass it on: where each field was read stays with `order.captured`, whose larger half it is. */
export function withoutFieldProvenance(order: CanonicalOrder): CanonicalOrder {
  return { ...order, provenance: { ...order.provenance, fields: {} } };
}

/** The party in a role, if the order names one. */
export function partyIn(order: Pick<CanonicalOrder, 'parties'>, role: Party['role']): Party | undefined {
  return order.parties.find((party) => party.role === role);
}
