import { partyIn, type CanonicalOrder } from '@railhead/contracts';
import type { DeliveryWish, WantedDates } from './order-state.js';

/** Where and when an order is wanted. */
export function deliveryWishOf(order: Pick<CanonicalOrder, 'parties' | 'delivery'>): DeliveryWish {
  const dates = wantedDatesOf(order.delivery ?? {});
  return { shipTo: partyIn(order, 'shipTo'), requestedOn: dayOf(dates), dates };
}

/** The days that something names; `undefined`: none. */
export function wantedDatesOf(stated: WantedDates): WantedDates | undefined {
  const { requestedFrom, requestedTo, requestedDespatchOn, despatchFrom, despatchTo } = stated;
  const dates = { requestedFrom, requestedTo, requestedDespatchOn, despatchFrom, despatchTo };
  return Object.values(dates).some((day) => day !== undefined) ? dates : undefined;
}

/** The day it should leave counts; where only a delivery day is named, that one. */
export function dayOf(dates: WantedDates | undefined): string | undefined {
  return dates?.requestedDespatchOn ?? dates?.despatchFrom ?? dates?.requestedFrom;
}
