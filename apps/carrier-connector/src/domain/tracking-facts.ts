import {
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentFailed,
  ShipmentTracked,
  type EventDefinition,
} from '@railhead/contracts';
import type { Progress } from './follow-shipment.js';
import type { KeptScan } from './scan.js';

/** An event to be announced under the shipment's order. */
export interface Fact {
  readonly definition: EventDefinition;
  readonly data: unknown;
}

/** A shipment's progress in the words of the other services. */
export function factsOf({ shipment, tracked, delivered, delayed, troubles }: Progress): Fact[] {
  const ids = { orderId: shipment.orderId, shipmentId: shipment.shipmentId };
  const facts: Fact[] = tracked.map((scan) => ({
    definition: ShipmentTracked,
    data: { ...ids, ...trackedData(scan) },
  }));
  if (delayed !== undefined) {
    const detail = delayed.description ?? `${delayed.carrier} reports a delay (${delayed.carrierCode})`;
    facts.push({
      definition: ShipmentDelayed,
      data: { ...ids, since: delayed.occurredAt, expectedOn: delayed.expectedOn, detail },
    });
  }
  if (delivered !== undefined) {
    facts.push({
      definition: ShipmentDelivered,
      data: { ...ids, deliveredAt: delivered.at, signedBy: delivered.signedBy },
    });
  }
  if (troubles.length > 0) {
    const reasons = troubles.map(({ code, scan: { trackingNumber, status, occurredAt } }) => {
      return { code, detail: `parcel ${trackingNumber}: ${status} since ${occurredAt}` };
    });
    facts.push({ definition: ShipmentFailed, data: { ...ids, reasons } });
  }
  return facts;
}

function trackedData(scan: KeptScan): Record<string, unknown> {
  const { trackingNumber, carrier, status, carrierCode, description, occurredAt, city, subdivision, country } = scan;
  return { trackingNumber, carrier, status, carrierCode, description, occurredAt, city, subdivision, country };
}
