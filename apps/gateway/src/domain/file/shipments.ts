import {
  ShipmentCancelled,
  ShipmentConfirmed,
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
  ShipmentTracked,
} from '@railhead/contracts';
import { factsOf, groupedBy, type Fact } from '../fact.js';
import type { FileScan, FileShipment } from './order-file.js';

/** The shipments of an order, in the order they were first heard of. */
export function shipmentsOf(story: readonly Fact[]): FileShipment[] {
  const facts = story.filter((fact) => fact.type.startsWith('shipment.'));
  const groups = groupedBy(facts, (fact) => (fact.data as { shipmentId: string }).shipmentId);
  return [...groups].map(([shipmentId, own]) => shipmentOf(shipmentId, own));
}

function shipmentOf(shipmentId: string, story: readonly Fact[]): FileShipment {
  const requested = factsOf(story, ShipmentRequested)[0];
  const dispatched = factsOf(story, ShipmentDispatched)[0];
  const confirmed = factsOf(story, ShipmentConfirmed)[0];
  const delay = factsOf(story, ShipmentDelayed).at(-1)?.data;
  const goods = dispatched?.data.lines ?? requested?.data.lines ?? [];
  return {
    shipmentId,
    state: stateOf(story),
    warehouse: requested?.data.warehouse,
    carrier: dispatched?.data.carrier ?? confirmed?.data.carrier,
    trackingNumbers: dispatched?.data.trackingNumbers ?? [],
    lines: goods.map(({ lineId, quantity }) => ({ lineId, quantity })),
    requestedAt: requested?.time,
    shippedAt: dispatched?.data.shippedAt,
    deliveredAt: factsOf(story, ShipmentDelivered)[0]?.data.deliveredAt,
    delayed: delay && { since: delay.since, expectedOn: delay.expectedOn, detail: delay.detail },
    scans: scansOf(story),
    problems: factsOf(story, ShipmentFailed).flatMap((fact) => fact.data.reasons),
  };
}

/** Whether a problem of a shipment is one of its parcels on their way, not one of what the warehouse reported. */
export function isOnTheWay({ code }: { readonly code: string }): boolean {
  return code.startsWith('PARCEL_') || code === 'DELIVERY_CORRECTED';
}

/** The furthest state any fact tells of: facts of one shipment may come late, goods do not move backwards. */
const FURTHEST_FIRST = [
  [ShipmentDelivered.type, 'delivered'],
  [ShipmentDispatched.type, 'dispatched'],
  [ShipmentCancelled.type, 'cancelled'],
  [ShipmentConfirmed.type, 'confirmed'],
  [ShipmentRequested.type, 'requested'],
] as const;

function stateOf(story: readonly Fact[]): FileShipment['state'] {
  const told = new Set(story.map((fact) => fact.type));
  // A refused confirmation changed nothing: the warehouse still has to ship.
  if (told.has(ShipmentFailed.type)) told.delete(ShipmentConfirmed.type);
  return FURTHEST_FIRST.find(([type]) => told.has(type))?.[1] ?? 'failed';
}

/** Scans in the carrier's own time, not in the order they reached us. */
function scansOf(story: readonly Fact[]): FileScan[] {
  const scans = factsOf(story, ShipmentTracked).map(({ data }) => ({
    trackingNumber: data.trackingNumber,
    status: data.status,
    carrierCode: data.carrierCode,
    description: data.description,
    occurredAt: data.occurredAt,
    place: [data.city, data.subdivision, data.country].filter((part) => part !== undefined).join(', ') || undefined,
  }));
  return scans.sort((left, right) =>
    left.occurredAt < right.occurredAt ? -1 : Number(left.occurredAt > right.occurredAt),
  );
}
