import {
  InvoiceIssued,
  OrderBackordered,
  OrderCaptured,
  OrderValidated,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentRequested,
} from '@railhead/contracts';
import type { Fact } from '../fact.js';
import { isInvoiced, isOpen } from './display-status.js';
import type { NextStep, OrderFile, Status } from './order-file.js';

type Part = Pick<OrderFile, 'holds' | 'tasks' | 'shipments' | 'invoices'>;

/** Who has the next move, what it is and since when. Null when the order has come to its end. */
export function nextStepOf(status: Status, story: readonly Fact[], file: Part): NextStep | null {
  const task = file.tasks.find((one) => one.state === 'open' || one.state === 'claimed');
  if (task?.ownerRole !== undefined)
    return step(task.ownerRole, task.detail ?? 'decide the open task', story, ['task.opened.v1']);
  switch (status) {
    case 'rejected':
    case 'cancelled':
    case 'settled':
      return null;
    case 'received':
      return step('validation', 'judge the order', story, [OrderCaptured.type]);
    case 'on-hold':
      return holdStep(file);
    case 'accepted':
      return step('fulfillment', 'allocate stock', story, [OrderValidated.type]);
    case 'backordered':
      return step('purchasing', 'bring in the goods that are missing', story, [OrderBackordered.type]);
    case 'in-fulfillment':
      return warehouseStep(story, file);
    case 'partially-shipped':
      return file.shipments.some(isOpen)
        ? warehouseStep(story, file)
        : step('purchasing', 'bring in the goods that are missing', story, [OrderBackordered.type]);
    case 'shipped':
      return step('carrier', 'deliver the goods', story, [ShipmentDispatched.type]);
    case 'delivered':
      return step('billing', 'invoice what was delivered', story, [ShipmentDelivered.type]);
    case 'invoiced':
      return isInvoiced(file) && file.invoices.every((invoice) => invoice.state === 'paid')
        ? step('billing', 'settle the order', story, ['invoice.paid.v1'])
        : step('customer', 'pay the invoices', story, [InvoiceIssued.type]);
  }
}

function holdStep(file: Part): NextStep | null {
  const oldest = file.holds
    .filter((hold) => hold.state === 'active')
    .reduce((left, right) => (right.since < left.since ? right : left));
  return { owner: oldest.ownerRole, what: `release the order or reject it: ${oldest.code}`, since: oldest.since };
}

function warehouseStep(story: readonly Fact[], file: Part): NextStep {
  const refused = file.shipments.some((shipment) => isOpen(shipment) && shipment.problems.length > 0);
  const what = refused ? 'confirm the shipment again: the last confirmation could not be true' : 'pick, pack and ship';
  return step('warehouse', what, story, [ShipmentRequested.type]);
}

/** Since the latest fact of the kind that led here; since the latest fact of all where there is none. */
function step(owner: string, what: string, story: readonly Fact[], since: readonly string[]): NextStep {
  const fact = story.findLast((one) => since.includes(one.type)) ?? story.at(-1)!;
  return { owner, what, since: fact.time };
}
