import {
  CalendarDate,
  CanonicalOrder,
  CurrencyCode,
  OrderDelivery,
  OrderItem,
  OrderReference,
  Party,
  PaymentTerms,
  Schedule,
} from '@railhead/contracts';
import { z } from 'zod';

/** Numbers near money and goods come as strings: a JSON number has no tenths of its own. */
function decimalText(pattern: RegExp): z.ZodString {
  const error = 'a decimal in quotes is expected, e.g. "12.5": up to 15 digits and 10 decimals';
  return z.string({ error }).regex(pattern, { error });
}

const Positive = decimalText(/^\d{1,15}(\.\d{1,10})?$/);
const Signed = decimalText(/^-?\d{1,15}(\.\d{1,10})?$/);
const Text = (max: number): z.ZodString => z.string().min(1).max(max);

const IntakeParty = Party.omit({ role: true }).meta({ id: 'IntakeParty', title: 'A party of the order' });
export type IntakeParty = z.infer<typeof IntakeParty>;

const IntakeAllowance = z
  .strictObject({
    isCharge: z.boolean().describe('true: more is owed; false: less is owed'),
    reasonCode: z.string().max(20).optional(),
    reason: z.string().max(200).optional(),
    percent: Signed.optional(),
    amount: Positive.describe('in major units of the order currency, never negative'),
  })
  .meta({ id: 'IntakeAllowance' });
export type IntakeAllowance = z.infer<typeof IntakeAllowance>;

const IntakeLine = z
  .strictObject({
    lineId: Text(20).optional().describe('default: 1, 2, 3 …'),
    buyerLineId: Text(40).optional().describe("the buyer's own line number, echoed in every answer"),
    sku: Text(80).optional().describe('our stock keeping unit'),
    gtin: z
      .string()
      .regex(/^\d{8,14}$/)
      .optional(),
    name: z.string().max(200).optional(),
    description: z.string().max(1000).optional(),
    item: OrderItem.optional().describe('further numbers of the item, where sku and gtin do not say enough'),
    quantity: Positive,
    unit: Text(3).default('EA'),
    price: Positive.describe('major units per baseQuantity; may be finer than the currency'),
    baseQuantity: Positive.optional(),
    taxCategory: z.string().max(10).optional(),
    taxPercent: Signed.optional(),
    allowanceCharges: z.array(IntakeAllowance).max(25).default([]),
    schedules: z.array(Schedule).max(500).default([]),
    notes: z.array(Text(2000)).max(50).default([]),
    references: z.array(OrderReference).max(50).default([]),
  })
  .meta({ id: 'IntakeLine' });
export type IntakeLine = z.infer<typeof IntakeLine>;

const shape = CanonicalOrder.shape;

/** An order as a program or a person writes it in JSON: what was ordered, without what follows from it. */
export const OrderIntake = z
  .strictObject({
    purchaseOrderNumber: Text(60),
    release: z.string().max(30).optional(),
    orderTypeCode: shape.orderTypeCode.optional(),
    issuedOn: CalendarDate.optional().describe('default: today (UTC)'),
    currency: CurrencyCode,
    cancelAfterOn: CalendarDate.optional(),
    customerReference: z.string().max(120).optional(),
    buyer: IntakeParty.default({ identifiers: [] }).describe(
      "accountId: the buyer's account number with us; a partner's key fills it in",
    ),
    shipTo: IntakeParty.optional(),
    billTo: IntakeParty.optional(),
    payer: IntakeParty.optional(),
    originator: IntakeParty.optional(),
    endCustomer: IntakeParty.optional(),
    delivery: OrderDelivery.optional(),
    deliveryTerms: shape.deliveryTerms,
    paymentTerms: PaymentTerms.optional(),
    partialDeliveryAllowed: z.boolean().optional(),
    backorderAllowed: z.boolean().optional(),
    allowanceCharges: z.array(IntakeAllowance).max(100).default([]),
    tax: Positive.optional().describe('default: computed from the lines’ taxPercent'),
    prepaid: Positive.optional().describe('what is paid already; not for a partner’s key'),
    lines: z.array(IntakeLine).min(1).max(100_000),
    notes: z.array(Text(2000)).max(200).default([]),
    references: z.array(OrderReference).max(200).default([]),
    extras: shape.extras,
  })
  .meta({ id: 'OrderIntake', title: 'An order in JSON' });
export type OrderIntake = z.infer<typeof OrderIntake>;

/** The parties an intake may name, in the order they get in the canonical order. */
export const INTAKE_ROLES = ['buyer', 'shipTo', 'billTo', 'payer', 'originator', 'endCustomer'] as const;
