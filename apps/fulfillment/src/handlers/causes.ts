import type { Event } from '@railhead/contracts';
import type { OrderBook } from '../domain/order-book.js';

/** By product, the event about an order that touched it. */
export function causesBySku(events: readonly Event[], orders: OrderBook): ReadonlyMap<string, Event> {
  return new Map(
    events.flatMap((event) => (orders.get(event.subject)?.lines ?? []).map((line) => [line.sku, event] as const)),
  );
}
