import {
  InvoiceIssued,
  OrderBackordered,
  OrderCaptured,
  OrderValidated,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
} from '@railhead/contracts';
import type { Fact } from '../fact.js';
import { isInvoiced, isOpen } from './display-status.js';
import type { Difference } from './copy-differences.js';
import type { ConflictingCopy, NextStep, OrderFile, Status } from './order-file.js';
import { isOnTheWay } from './shipments.js';

type Part = Pick<OrderFile, 'orderId' | 'holds' | 'tasks' | 'shipments' | 'invoices' | 'conflictingCopies'>;

const ENDED: ReadonlySet<Status> = new Set<Status>(['rejected', 'cancelled', 'settled']);

/** Who has the next move, what it is and since when. Null when the order has come to its end. */
export function nextStepOf(status: Status, story: readonly Fact[], file: Part): NextStep | null {
  const task = file.tasks.find((one) => one.state === 'open' || one.state === 'claimed');
  if (task?.ownerRole !== undefined)
    return step(task.ownerRole, task.detail ?? 'decide the open task', story, ['task.opened.v1']);
  const copy = ENDED.has(status) ? undefined : copyStep(file);
  if (copy !== undefined) return copy;
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
      return troubleStep(story, file) ?? step('carrier', 'deliver the goods', story, [ShipmentDispatched.type]);
    case 'delivered':
      return step('billing', 'invoice what was delivered', story, [ShipmentDelivered.type]);
    case 'invoiced':
      return isInvoiced(file) && file.invoices.every((invoice) => invoice.state === 'paid')
        ? step('billing', 'settle the order', story, ['invoice.paid.v1'])
        : step('customer', 'pay the invoices', story, [InvoiceIssued.type]);
  }
}

/** Another copy waits for a decision, wherever the order stands; of one that has ended the list of tasks says it. */
function copyStep({ orderId, holds, conflictingCopies }: Part): NextStep | undefined {
  const copy = conflictingCopies.find(({ state, holdId }) => state === 'waiting' && holdId !== undefined);
  const hold = holds.find(({ holdId }) => holdId === copy?.holdId);
  return copy && hold && { owner: hold.ownerRole, what: aboutCopy(orderId, copy), since: hold.since };
}

const DIFFERENCES_TOLD = 3;
const LOST_TASK = 'parcel-lost';

/** What a person has to know of another copy to decide about it, and how that is done. */
export function aboutCopy(
  orderId: string,
  { eventId, documentId, countedDocumentId, differences }: ConflictingCopy,
): string {
  const told = differences.slice(0, DIFFERENCES_TOLD).map(inWords).join('; ');
  const more = differences.length > DIFFERENCES_TOLD ? `; and ${differences.length - DIFFERENCES_TOLD} more` : '';
  const next = `railhead copies accept ${orderId}/${eventId} --reason "…" (or discard), or POST /v1/orders/${orderId}/copies/${eventId}`;
  return `document ${documentId} says otherwise than ${countedDocumentId}, which counts: ${told}${more}. To decide: ${next}`;
}

/** `line 10 quantity: was 10 EA, is 11 EA`. */
export function inWords({ at, was, is }: Difference): string {
  return `${at}: ${was === null ? 'was not there' : `was ${was}`}, ${is === null ? 'is gone' : `is ${is}`}`;
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

/** What a carrier has lost or brings back is delivered by nobody unless somebody sees to it. */
function troubleStep(story: readonly Fact[], { shipments, tasks }: Part): NextStep | undefined {
  const isLostSeenTo = tasks.some(({ kind }) => kind === LOST_TASK); // none of them is open: it would come first
  const trouble = shipments
    .filter(({ state }) => state === 'dispatched')
    .flatMap(({ problems }) => problems)
    .findLast((problem) => isOnTheWay(problem) && !(isLostSeenTo && problem.code === 'PARCEL_LOST'));
  return trouble && step('ops', `see to it with the carrier: ${trouble.detail}`, story, [ShipmentFailed.type]);
}

/** Since the latest fact of the kind that led here; since the latest fact of all where there is none. */
function step(owner: string, what: string, story: readonly Fact[], since: readonly string[]): NextStep {
  const fact = story.findLast((one) => since.includes(one.type)) ?? story.at(-1)!;
  return { owner, what, since: fact.time };
}
