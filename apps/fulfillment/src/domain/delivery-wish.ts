import { partyIn, type CanonicalOrder } from '@railhead/contracts';
import type { DeliveryWish, WantedDates } from './order-state.js';

/** Where and when an order is wanted, and by whom it is to be carried. */
export function deliveryWishOf(order: Pick<CanonicalOrder, 'parties' | 'delivery' | 'deliveryTerms'>): DeliveryWish {
  const dates = wantedDatesOf(order.delivery ?? {});
  const carriage = carriageOf(order);
  return { shipTo: partyIn(order, 'shipTo'), requestedOn: dayOf(dates), dates, ...(carriage && { carriage }) };
}

function carriageOf({ delivery, deliveryTerms }: Pick<CanonicalOrder, 'delivery' | 'deliveryTerms'>) {
  const { carrier, serviceLevel } = delivery ?? {};
  const freightPayment = deliveryTerms?.freightPayment;
  if ((carrier ?? serviceLevel ?? freightPayment) === undefined) return undefined;
  return {
    ...(carrier !== undefined && { carrier }),
    ...(serviceLevel !== undefined && { serviceLevel }),
    ...(freightPayment !== undefined && { freightPayment }),
  };
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
