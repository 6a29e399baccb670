import type {
  Actor,
  DocumentAcknowledged,
  DocumentReceived,
  DocumentRejected,
  HoldPlaced,
  HoldReleased,
  InvoiceIssued,
  InvoicePaid,
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderCaptured,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeRequested,
  OrderRejected,
  OrderSettled,
  OrderValidated,
  PaymentApplied,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
  ShipmentTracked,
  TaskOpened,
} from '@railhead/contracts';
import { EVENTS } from '@railhead/contracts';
import { formatMinor, type Money } from '@railhead/money';
import type { Fact } from '../fact.js';
import type { TimelineEntry } from './order-file.js';
import { isOnTheWay } from './shipments.js';

/** The story for people, oldest first. */
export function timelineOf(story: readonly Fact[]): TimelineEntry[] {
  return story.map((fact) => {
    const data = fact.data as { actor?: Actor; documentId?: string; provenance?: { documentId: string } };
    return {
      eventId: fact.id,
      at: fact.time,
      type: fact.type,
      what: sentenceFor(fact),
      source: fact.source,
      who: data.actor,
      documentId: data.documentId ?? data.provenance?.documentId,
      causedBy: fact.causationId,
      correlationId: fact.correlationId,
    };
  });
}

/** One sentence about a fact; where there is nothing to add, the meaning that the catalogue gives its type. */
export function sentenceFor(fact: Fact): string {
  return SENTENCES[fact.type]?.(fact.data as never) ?? EVENTS.get(fact.type)?.meaning ?? fact.type;
}

type Of<E extends Fact> = E['data'];

const SENTENCES: Readonly<Record<string, (data: never) => string>> = {
  'order.captured.v1': (data: Of<OrderCaptured>) =>
    `order ${data.purchaseOrderNumber} captured by ${data.channel}: ${count(data.lines.length, 'line')}, ${amount(data.totals.payable)}`,
  'order.validated.v1': (data: Of<OrderValidated>) => `validated: may be fulfilled, net ${data.netDays} days`,
  'order.rejected.v1': (data: Of<OrderRejected>) =>
    data.withdrawn
      ? 'withdrawn by the buyer before it was judged'
      : `rejected: ${data.reasons.map((one) => one.detail).join('; ')}`,
  'hold.placed.v1': (data: Of<HoldPlaced>) => `on hold, ${data.ownerRole} must decide: ${data.code}: ${data.detail}`,
  'hold.released.v1': (data: Of<HoldReleased>) => `hold ${data.code} released: ${data.reason}`,
  'hold.release-requested.v1': (data: Of<HoldReleased>) => `release asked for: ${data.reason}`,
  'order.reject-requested.v1': (data: Of<HoldReleased>) => `rejection asked for: ${data.reason}`,
  'order.cancel-requested.v1': (data: Of<HoldReleased>) => `cancellation asked for: ${data.reason}`,
  'order.change-requested.v1': (data: Of<OrderChangeRequested>) =>
    `${number(data)}asked for: ${data.changes.length === 0 ? `wanted on ${data.requestedOn}` : count(data.changes.length, 'wish', 'wishes')}`,
  'order.changed.v1': (data: Of<OrderChanged>) => `${number(data)}made: ${goods(data.lines)}${refusals(data.answers)}`,
  'order.change-refused.v1': (data: Of<OrderChangeRefused>) =>
    `${number(data)}refused: ${data.reasons.map((one) => one.detail).join('; ')}`,
  'order.allocated.v1': (data: Of<OrderAllocated>) => `stock promised: ${goods(data.lines)}`,
  'order.backordered.v1': (data: Of<OrderBackordered>) => `waits for stock: ${goods(data.lines)}`,
  'order.cancelled.v1': (data: Of<OrderCancelled>) => `cancelled: ${goods(data.lines)}: ${data.reason}`,
  'order.settled.v1': (data: Of<OrderSettled>) =>
    `settled: ${amount(data.paid)} paid of ${amount(data.invoiced)} invoiced`,
  'shipment.requested.v1': (data: Of<ShipmentRequested>) =>
    `warehouse ${data.warehouse} asked to ship ${goods(data.lines)}`,
  'shipment.dispatched.v1': (data: Of<ShipmentDispatched>) =>
    `${goods(data.lines)} left with ${data.carrier}${data.trackingNumbers.length > 0 ? ` (${data.trackingNumbers.join(', ')})` : ''}`,
  'shipment.failed.v1': (data: Of<ShipmentFailed>) =>
    `${data.reasons.every(isOnTheWay) ? 'trouble on the way' : 'the shipment cannot be as reported'}: ${data.reasons.map((one) => one.detail).join('; ')}`,
  'shipment.tracked.v1': (data: Of<ShipmentTracked>) =>
    `parcel ${data.trackingNumber}: ${data.status.replaceAll('_', ' ')}${data.city === undefined ? '' : ` in ${data.city}`}`,
  'invoice.issued.v1': (data: Of<InvoiceIssued>) =>
    `invoice ${data.invoiceNumber} over ${amount(data.gross)}, due ${data.dueOn}`,
  'invoice.paid.v1': (data: Of<InvoicePaid>) => `invoice ${data.invoiceNumber} is paid`,
  'payment.applied.v1': (data: Of<PaymentApplied>) =>
    `${amount(data.amount)} paid on invoice ${data.invoiceNumber}, ${amount(data.open)} open`,
  'document.received.v1': (data: Of<DocumentReceived>) => `${data.documentType} received from ${data.partner}`,
  'document.sent.v1': (data: Of<DocumentReceived>) => `${data.documentType} sent to ${data.partner}`,
  'document.duplicated.v1': (data: Of<DocumentReceived>) =>
    `${data.documentType} from ${data.partner} came again; nothing was done twice`,
  'document.rejected.v1': (data: Of<DocumentRejected>) =>
    `${data.documentType} from ${data.partner} refused: ${data.issues[0]!.message}`,
  'document.acknowledged.v1': (data: Of<DocumentAcknowledged>) =>
    `${data.partner} ${data.accepted ? 'confirmed' : 'refused'} our ${data.documentType}`,
  'task.opened.v1': (data: Of<TaskOpened>) => `task for ${data.ownerRole}: ${data.detail}`,
};

function amount(value: Money): string {
  return `${formatMinor(value)} ${value.currency}`;
}

function goods(lines: readonly { sku: string; quantity: string }[]): string {
  return lines.map((line) => `${line.quantity} × ${line.sku}`).join(', ') || 'nothing';
}

function count(number: number, noun: string, nouns = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : nouns}`;
}

function number({ sequence }: { sequence: number }): string {
  return sequence === 0 ? 'change ' : `change ${sequence} `;
}

function refusals(answers: Of<OrderChanged>['answers']): string {
  const refused = answers.flatMap(({ reason }) => reason?.detail ?? []);
  return refused.length === 0 ? '' : `; refused: ${refused.join('; ')}`;
}
