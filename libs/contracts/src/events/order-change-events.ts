import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { OrderItem } from '../order.js';
import { Actor, CalendarDate, OrderId, PositiveDecimal, Reason } from '../values.js';
import { ValidatedLine } from './order-events.js';

const orders = 'orders' as const;
const DOORS = ['edi-connector', 'crm-connector', 'commerce-connector', 'gateway'];
const LINES_MAX = 10_000;

const LINE_ACTIONS = ['add', 'delete', 'quantity', 'price', 'date'] as const;

/** What is wanted of one line. Quantity and price are the new ones, not the difference. */
export const LineChange = z
  .strictObject({
    /** Ours; the buyer's number where the line is to be added or the door does not know ours. */
    lineId: z.string().max(20),
    action: z.enum(LINE_ACTIONS),
    quantity: PositiveDecimal.optional(),
    /** Whether the sender means more or fewer; a quantity that is neither is refused, for it may be meant as the difference. */
    direction: z.enum(['increase', 'decrease']).optional(),
    price: PositiveDecimal.optional(),
    /** For how many units `price` is; absent: for as many as the price of the line was, for one where it had none. */
    priceBase: PositiveDecimal.optional(),
    requestedOn: CalendarDate.optional(),
    buyerLineId: z.string().max(40).optional(),
    unitCode: z.string().min(1).max(3).optional(),
    /** Which goods: of a line to be added. */
    item: OrderItem.optional(),
  })
  .meta({ id: 'LineChange' });
export type LineChange = z.infer<typeof LineChange>;

/** Whether `requestedOn` is a day to leave, or one to be there; absent: nobody says. */
const ToLeave = z.boolean().optional();

const Change = {
  orderId: OrderId,
  /** Made from the document that asked; absent where somebody asked without one. */
  changeId: z.uuid().optional(),
  /** The buyer's number of the change; 0 where it has none. */
  sequence: z.int().min(0),
};

/** The buyer asks for a change (X12 860, a changed deal). A change whose number is not above that of the last is stale. */
export const OrderChangeRequested = defineEvent(
  'order.change-requested.v1',
  { topic: orders, writers: DOORS, meaning: 'The buyer asks to change the order.' },
  z.strictObject({
    ...Change,
    actor: Actor,
    reason: z.string().max(500),
    changes: z.array(LineChange).max(LINES_MAX),
    /** The day on which the whole order is wanted now. */
    requestedOn: CalendarDate.optional(),
    toLeave: ToLeave,
    documentId: z.string().max(200).optional(),
  }),
);
export type OrderChangeRequested = EventOf<typeof OrderChangeRequested>;

/** What became of one wish for a line. */
export const LineAnswer = z
  .strictObject({
    lineId: z.string().max(20),
    buyerLineId: z.string().max(40).optional(),
    action: z.enum(LINE_ACTIONS),
    accepted: z.boolean(),
    /** Why not. */
    reason: Reason.optional(),
  })
  .meta({ id: 'LineAnswer' });
export type LineAnswer = z.infer<typeof LineAnswer>;

const Answered = {
  ...Change,
  /** Counts the changes of the order that were found possible: 1 for the first. */
  revision: z.int().min(1),
  /** The changed lines as they are now; quantity 0 is a line that is gone. */
  lines: z.array(ValidatedLine),
  answers: z.array(LineAnswer),
  requestedOn: CalendarDate.optional(),
  toLeave: ToLeave,
};

/** Customer, credit, price and product allow the change; whether the warehouse still does is not said. */
export const OrderChangeValidated = defineEvent(
  'order.change-validated.v1',
  { topic: orders, writers: ['validation'], meaning: 'A change may be made, if the goods have not left yet.' },
  z.strictObject(Answered),
);
export type OrderChangeValidated = EventOf<typeof OrderChangeValidated>;

/** The order is another one now. Written by the stage that has it: validation while it is held, fulfillment afterwards. */
export const OrderChanged = defineEvent(
  'order.changed.v1',
  { topic: orders, writers: ['validation', 'fulfillment'], meaning: 'The order was changed as its buyer asked.' },
  z.strictObject(Answered),
);
export type OrderChanged = EventOf<typeof OrderChanged>;

/** Nothing of a change was made, and why. */
export const OrderChangeRefused = defineEvent(
  'order.change-refused.v1',
  { topic: orders, writers: ['validation', 'fulfillment'], meaning: 'A change of the order was refused.' },
  z.strictObject({ ...Change, reasons: z.array(Reason).min(1), answers: z.array(LineAnswer) }),
);
export type OrderChangeRefused = EventOf<typeof OrderChangeRefused>;
