import { announce, type Announcement, type Cause } from '@railhead/service-kit';
import type { OrderState } from '../domain/order-state.js';
import type { Said } from '../domain/decision.js';

/** What was decided, as events about an order. They carry the order's own correlation id, whatever led to them. */
export function announcementsOf(
  says: readonly Said[],
  order: Pick<OrderState, 'orderId' | 'correlationId'>,
  event: Pick<Cause, 'id' | 'traceparent'>,
): Announcement[] {
  const cause = { id: event.id, traceparent: event.traceparent, correlationId: order.correlationId };
  return says.map(({ definition, data }) => announce(definition, order.orderId, data, cause));
}
