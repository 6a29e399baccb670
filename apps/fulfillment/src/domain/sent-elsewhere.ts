import { derivedUuid, TaskOpened, type OrderSentElsewhere } from '@railhead/contracts';
import { say, type Said } from './decision.js';
import { isFinished, isPositive, type OrderState } from './order-state.js';

/**
 * Somebody else has sent of an order that we are to send: a person must call it off, or it goes out twice. When we have sent
 * of it before, they speak of our parcels; and of an order that is over nothing goes out.
 *
 * @param order - Undefined: it is not here yet, so nothing of it has left.
 */
export function sentElsewhere(order: OrderState | undefined, { data, time }: OrderSentElsewhere): Said[] {
  const isOurs = order?.lines.some(({ shipped }) => isPositive(shipped)) ?? false;
  if (isOurs || (order !== undefined && isFinished(order))) return [];
  const { orderId, actor } = data;
  const taskId = derivedUuid(`fulfillment-task|sent-elsewhere|${orderId}`);
  const detail =
    `${actor.id.slice(0, 80)} has sent of this order itself, so it may go out twice. Call off what we would send: ` +
    `railhead cancel ${orderId} --reason "…". Then, or where both are right: railhead close ${taskId} --reason "…", ` +
    `or POST /v1/tasks/${taskId}/close`;
  return [
    say(TaskOpened, { orderId, taskId, at: time, kind: 'sent-elsewhere', ownerRole: 'customer-service', detail }),
  ];
}
