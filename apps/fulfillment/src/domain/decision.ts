import {
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderFulfilled,
  type Actor,
  type EventDefinition,
  type EventOf,
} from '@railhead/contracts';
import { compareDecimals, subtractDecimals } from '@railhead/money';
import type { z } from 'zod';
import { isPositive, promisedOf, waitingOf, type LineState, type OrderState } from './order-state.js';

/** An event that a decision leads to. */
export interface Said {
  readonly definition: EventDefinition;
  readonly data: unknown;
}

/** What was decided about an order: how it is now, and what is to be told. */
export interface Decision {
  readonly order: OrderState;
  readonly says: readonly Said[];
}

/** Who wants an order cancelled, and why. */
export interface Wish {
  readonly actor: z.infer<typeof Actor>;
  readonly reason: string;
}

type StockLines = EventOf<typeof OrderAllocated>['data']['lines'];

export function say<Schema extends z.ZodType>(
  definition: EventDefinition<string, Schema>,
  data: z.infer<Schema>,
): Said {
  return { definition, data };
}

/** Tells which lines are promised more or less than before, in absolute quantities, shipped ones included. */
export function sayAllocated(before: OrderState | undefined, after: OrderState): Said[] {
  const lines = linesWhere(after, (line, place) => {
    const promised = promisedOf(line);
    return compareDecimals(promised, quantityBefore(before, place, promisedOf)) === 0 ? undefined : promised;
  });
  return lines.length === 0 ? [] : [say(OrderAllocated, { orderId: after.orderId, lines })];
}

/** Tells which lines wait for another quantity than before, in absolute quantities. */
export function sayBackordered(before: OrderState | undefined, after: OrderState): Said[] {
  const lines = linesWhere(after, (line, place) => {
    const waiting = waitingOf(line);
    const isNews = compareDecimals(waiting, quantityBefore(before, place, waitingOf)) !== 0;
    return isNews && isPositive(waiting) ? waiting : undefined;
  });
  return lines.length === 0 ? [] : [say(OrderBackordered, { orderId: after.orderId, lines })];
}

/** Tells what was cancelled just now. */
export function sayCancelled(before: OrderState | undefined, after: OrderState, wish: Wish): Said[] {
  const lines = linesWhere(after, (line, place) => {
    const more = subtractDecimals(
      line.cancelled,
      quantityBefore(before, place, (earlier) => earlier.cancelled),
    );
    return isPositive(more) ? more : undefined;
  });
  return lines.length === 0 ? [] : [say(OrderCancelled, { orderId: after.orderId, ...wish, lines })];
}

/** Tells that nothing is left to ship. Only where something was shipped at all. */
export function sayFulfilled(order: OrderState): Said[] {
  const lines = linesWhere(order, (line) => (isPositive(line.shipped) ? line.shipped : undefined));
  if (lines.length === 0) return [];
  const shipments = order.shipments.filter((shipment) => shipment.state === 'dispatched').length;
  return [say(OrderFulfilled, { orderId: order.orderId, shipments, lines })];
}

function quantityBefore(before: OrderState | undefined, place: number, read: (line: LineState) => string): string {
  const line = before?.lines[place];
  return line === undefined ? '0' : read(line);
}

function linesWhere(order: OrderState, read: (line: LineState, place: number) => string | undefined): StockLines {
  return order.lines.flatMap((line, place) => {
    const quantity = read(line, place);
    return quantity === undefined ? [] : [{ lineId: line.lineId, sku: line.sku, quantity }];
  });
}
