import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { CanonicalOrder } from '../order.js';
import { Actor, Bytes, CurrencyCode, Decimal, Instant, Money, OrderId, PositiveDecimal, Reason } from '../values.js';

const orders = 'orders' as const;
const DOORS = ['edi-connector', 'crm-connector', 'commerce-connector', 'gateway'];

/** An order arrived and was understood; nothing has been judged yet. The only event that carries the whole order. */
export const OrderCaptured = defineEvent(
  'order.captured.v1',
  { topic: orders, writers: DOORS, meaning: 'An order arrived and was understood. Nothing has been judged yet.' },
  CanonicalOrder,
);
export type OrderCaptured = EventOf<typeof OrderCaptured>;

const Wish = { orderId: OrderId, actor: Actor, reason: z.string().max(500) };

/** Somebody entitled asks to cancel the order. What has shipped by then stays shipped. */
export const OrderCancelRequested = defineEvent(
  'order.cancel-requested.v1',
  { topic: orders, writers: DOORS, meaning: 'Somebody entitled asks to cancel the order.' },
  z.strictObject({ ...Wish, documentId: z.string().max(200).optional() }),
);
export type OrderCancelRequested = EventOf<typeof OrderCancelRequested>;

/** Goods of the order went out by another way than through us. */
export const OrderSentElsewhere = defineEvent(
  'order.sent-elsewhere.v1',
  { topic: orders, writers: ['commerce-connector'], meaning: 'Somebody else says that they have sent of the order.' },
  z.strictObject({ orderId: OrderId, actor: Actor, documentId: z.string().max(200) }),
);
export type OrderSentElsewhere = EventOf<typeof OrderSentElsewhere>;

export const HOLD_CODES = [
  'CREDIT_LIMIT',
  'PRICE_MISMATCH',
  'UNIT_MISMATCH',
  'TERMS_MISMATCH',
  'TOTALS_MISMATCH',
  'CUSTOMER_BLOCKED',
  'CONFLICTING_COPY',
  'ORIGINAL_UNKNOWN',
] as const;
export type HoldCode = (typeof HOLD_CODES)[number];

/** A person must look before the order goes on. Several holds can stand on one order. */
export const HoldPlaced = defineEvent(
  'hold.placed.v1',
  { topic: orders, writers: ['validation'], meaning: 'A person must look before the order goes on.' },
  z.strictObject({
    orderId: OrderId,
    holdId: z.uuid(),
    code: z.enum(HOLD_CODES),
    detail: z.string().max(500),
    ownerRole: z.enum(['credit', 'customer-service', 'sales']),
    since: Instant,
  }),
);
export type HoldPlaced = EventOf<typeof HoldPlaced>;

/** A hold is gone: a person released it, or the order ended. */
export const HoldReleased = defineEvent(
  'hold.released.v1',
  { topic: orders, writers: ['validation'], meaning: 'A hold is gone.' },
  z.strictObject({ ...Wish, holdId: z.uuid(), code: z.enum(HOLD_CODES) }),
);
export type HoldReleased = EventOf<typeof HoldReleased>;

/** A person decided that a hold may go. */
export const HoldReleaseRequested = defineEvent(
  'hold.release-requested.v1',
  {
    topic: orders,
    writers: ['gateway'],
    meaning: 'A person decided that a hold may go. Without holdId: all holds of the order.',
  },
  z.strictObject({ ...Wish, holdId: z.uuid().optional() }),
);
export type HoldReleaseRequested = EventOf<typeof HoldReleaseRequested>;

/** A person decided that a held order is not taken. */
export const OrderRejectRequested = defineEvent(
  'order.reject-requested.v1',
  { topic: orders, writers: ['gateway'], meaning: 'A person decided that a held order is not taken.' },
  z.strictObject(Wish),
);
export type OrderRejectRequested = EventOf<typeof OrderRejectRequested>;

/** One line as the stages after validation need it: which of our goods, how many, at what price. */
export const ValidatedLine = z
  .strictObject({
    lineId: z.string().max(20),
    buyerLineId: z.string().max(40).optional(),
    sku: z.string().max(80),
    description: z.string().max(200).optional(),
    quantity: PositiveDecimal,
    unitCode: z.string().max(3),
    unitPrice: PositiveDecimal,
    baseQuantity: PositiveDecimal.optional(),
    taxPercent: Decimal.optional(),
  })
  .meta({ id: 'ValidatedLine' });
export type ValidatedLine = z.infer<typeof ValidatedLine>;

/** The order may be fulfilled. `order` holds the judged order as `order.captured.v1` data, without the places of its fields. */
export const OrderValidated = defineEvent(
  'order.validated.v1',
  { topic: orders, writers: ['validation'], meaning: 'The order may be fulfilled.' },
  z.strictObject({
    orderId: OrderId,
    accountId: z.string().max(60),
    purchaseOrderNumber: z.string().max(60),
    currency: CurrencyCode,
    total: Money,
    netDays: z.int(),
    partialDeliveryAllowed: z.boolean(),
    backorderAllowed: z.boolean(),
    lines: z.array(ValidatedLine),
    order: Bytes,
    /** true: parts of its lines have places or days of their own, which the schedules in `order` name. */
    severalPlaces: z.boolean().optional(),
  }),
);
export type OrderValidated = EventOf<typeof OrderValidated>;

/** The order is not taken, and why. `withdrawn`: the buyer cancelled before it was judged. */
export const OrderRejected = defineEvent(
  'order.rejected.v1',
  { topic: orders, writers: ['validation'], meaning: 'The order is not taken.' },
  z.strictObject({ orderId: OrderId, reasons: z.array(Reason), withdrawn: z.boolean() }),
);
export type OrderRejected = EventOf<typeof OrderRejected>;

const StockLine = z
  .strictObject({ lineId: z.string().max(20), sku: z.string().max(80), quantity: PositiveDecimal })
  .meta({ id: 'StockLine' });

/** Stock is promised to lines of the order. Absolute quantities per line, not differences. */
export const OrderAllocated = defineEvent(
  'order.allocated.v1',
  { topic: orders, writers: ['fulfillment'], meaning: 'Stock is promised to lines of the order.' },
  z.strictObject({ orderId: OrderId, lines: z.array(StockLine) }),
);
export type OrderAllocated = EventOf<typeof OrderAllocated>;

/** Lines wait for stock. */
export const OrderBackordered = defineEvent(
  'order.backordered.v1',
  { topic: orders, writers: ['fulfillment'], meaning: 'Lines of the order wait for stock.' },
  z.strictObject({ orderId: OrderId, lines: z.array(StockLine) }),
);
export type OrderBackordered = EventOf<typeof OrderBackordered>;

/** What had not shipped is cancelled, after validation. */
export const OrderCancelled = defineEvent(
  'order.cancelled.v1',
  { topic: orders, writers: ['fulfillment'], meaning: 'What had not shipped is cancelled.' },
  z.strictObject({ orderId: OrderId, actor: Actor, reason: z.string().max(500), lines: z.array(StockLine) }),
);
export type OrderCancelled = EventOf<typeof OrderCancelled>;

/** Nothing is left to ship. */
export const OrderFulfilled = defineEvent(
  'order.fulfilled.v1',
  { topic: orders, writers: ['fulfillment'], meaning: 'Nothing is left to ship: every line is shipped or cancelled.' },
  z.strictObject({ orderId: OrderId, shipments: z.int(), lines: z.array(StockLine) }),
);
export type OrderFulfilled = EventOf<typeof OrderFulfilled>;

/** Everything shipped is invoiced and paid. */
export const OrderSettled = defineEvent(
  'order.settled.v1',
  { topic: orders, writers: ['billing'], meaning: 'Everything shipped is invoiced and paid.' },
  z.strictObject({ orderId: OrderId, accountId: z.string().max(60), invoiced: Money, paid: Money }),
);
export type OrderSettled = EventOf<typeof OrderSettled>;
