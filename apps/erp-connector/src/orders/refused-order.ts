import { derivedUuid, TaskClosed, TaskOpened } from '@railhead/contracts';
import { announce, howToReplay, type Announcement, type Delivery } from '@railhead/service-kit';
import { revisionOf, type SalesOrderAttributes } from './planned-sales-order.js';

type Refused = Pick<Delivery, 'deliveryId' | 'idempotencyKey' | 'attributes'>;

/** The ERP does not take an order, or a change of it: somebody has to see to it there. */
export function refusedTask(delivery: Refused, because: string, at: Date): Announcement {
  const { orderId, correlationId } = delivery.attributes as SalesOrderAttributes;
  const what = revisionOf(delivery.attributes) === undefined ? 'the order' : 'a change of the order';
  const detail = `the ERP does not take ${what}: ${because.slice(0, 250)}. ${howToReplay('erp-connector', delivery.deliveryId)}`;
  const data = {
    orderId,
    taskId: taskOf(delivery),
    at: at.toISOString(),
    kind: 'erp-order-refused',
    ownerRole: 'ops',
    detail,
  };
  return announce(TaskOpened, orderId, data, { correlationId });
}

/** It took it after all, or somebody dropped it. */
export function refusedTaskClosed(delivery: Refused, outcome: string, at: Date): Announcement {
  const { orderId, correlationId } = delivery.attributes as SalesOrderAttributes;
  const data = { orderId, taskId: taskOf(delivery), at: at.toISOString(), outcome: outcome.slice(0, 60) };
  return announce(TaskClosed, orderId, data, { correlationId });
}

function taskOf({ idempotencyKey }: Refused): string {
  return derivedUuid(`erp-task|${idempotencyKey}`);
}
