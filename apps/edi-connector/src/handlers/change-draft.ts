import type { OutboundDraft } from '../folder/outbox-desk.js';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import type { AskedOrderChange } from '../store/order-change.store.js';

/** An 865 for each change, told apart by the id of the change. */
export function changeDraft(
  order: AnsweredOrder,
  { changeId }: AskedOrderChange,
  correlationId: string,
  segments: OutboundDraft['segments'],
): OutboundDraft {
  const { partner, orderId } = order;
  return { partner, orderId, correlationId, documentType: '865', reference: changeId, segments };
}
