import { partyIn, type CanonicalOrder } from '@railhead/contracts';
import type { DeliveryWish } from './order-state.js';

/** Where and when an order is wanted. The day it should leave counts; where only a delivery day is named, that one. */
export function deliveryWishOf(order: Pick<CanonicalOrder, 'parties' | 'delivery'>): DeliveryWish {
  const { delivery } = order;
  return {
    shipTo: partyIn(order, 'shipTo'),
    requestedOn: delivery?.requestedDespatchOn ?? delivery?.despatchFrom ?? delivery?.requestedFrom,
  };
}
