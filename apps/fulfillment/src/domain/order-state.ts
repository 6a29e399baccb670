import type { Party } from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';

/** How far a line has come. Quantities are decimal strings in the line's unit. */
export interface LineState {
  readonly lineId: string;
  readonly sku: string;
  readonly unitCode: string;
  readonly ordered: string;
  /** Promised and not yet shipped. */
  readonly allocated: string;
  readonly shipped: string;
  readonly cancelled: string;
}

export interface LineQuantity {
  readonly lineId: string;
  readonly quantity: string;
}

export interface ShipmentState {
  readonly shipmentId: string;
  /** 1, 2, 3 … within the order. */
  readonly number: number;
  readonly state: 'requested' | 'dispatched' | 'cancelled';
  /** What the warehouse was asked for. */
  readonly lines: readonly LineQuantity[];
  /** Which of the order's places it goes to; absent: where the order goes. What it brings there is in `lines` once it has left. */
  readonly place?: number | undefined;
  /** Fingerprint of the confirmation that was taken. */
  readonly confirmation?: string | undefined;
}

/** The days on which something is wanted: at its place, and to leave. */
export interface WantedDates {
  readonly requestedFrom?: string | undefined;
  readonly requestedTo?: string | undefined;
  readonly requestedDespatchOn?: string | undefined;
  readonly despatchFrom?: string | undefined;
  readonly despatchTo?: string | undefined;
}

/** One of the places and days that an order is split by, and how much of which line is for it. */
export interface Place {
  /** Absent: where the order goes, on days of its own. */
  readonly shipTo?: Party | undefined;
  /** Absent: when the order is wanted. */
  readonly dates?: WantedDates | undefined;
  readonly lines: readonly LineQuantity[];
}

/** By whom an order wants to be carried, how fast, and who pays for that. */
export interface Carriage {
  readonly carrier?: string | undefined;
  readonly serviceLevel?: string | undefined;
  readonly freightPayment?: string | undefined;
}

/** Where and when an order is wanted: passed on to the warehouse unread. */
export interface DeliveryWish {
  readonly shipTo?: Party | undefined;
  readonly requestedOn?: string | undefined;
  readonly dates?: WantedDates | undefined;
  readonly carriage?: Carriage | undefined;
}

/** An order as fulfillment sees it. */
export interface OrderState {
  readonly orderId: string;
  readonly purchaseOrderNumber: string;
  readonly partialDeliveryAllowed: boolean;
  readonly backorderAllowed: boolean;
  readonly validatedAt: string;
  readonly correlationId: string;
  readonly delivery: DeliveryWish;
  readonly lines: readonly LineState[];
  /** Where and when its parts go, when they have places or days of their own. */
  readonly places?: readonly Place[] | undefined;
  readonly shipments: readonly ShipmentState[];
  /** Counts the changes that were made; absent before the first. */
  readonly revision?: number | undefined;
}

/** What of a line waits for stock. */
export function waitingOf(line: LineState): string {
  return subtractDecimals(line.ordered, addDecimals(line.allocated, line.shipped, line.cancelled));
}

/** What of a line was promised so far: shipped, or about to be. */
export function promisedOf(line: LineState): string {
  return addDecimals(line.allocated, line.shipped);
}

export function isPositive(quantity: string): boolean {
  return compareDecimals(quantity, '0') > 0;
}

export function smaller(left: string, right: string): string {
  return compareDecimals(left, right) <= 0 ? left : right;
}

export function larger(left: string, right: string): string {
  return compareDecimals(left, right) >= 0 ? left : right;
}

/** Nothing is promised and nothing waits: every line is shipped or cancelled. */
export function isFinished(order: OrderState): boolean {
  return order.lines.every((line) => !isPositive(line.allocated) && !isPositive(waitingOf(line)));
}
