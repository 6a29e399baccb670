import {
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentFailed,
  ShipmentTracked,
  TaskClosed,
  TaskOpened,
  derivedUuid,
  type EventDefinition,
} from '@railhead/contracts';
import { timesLost, type Progress, type Trouble } from './follow-shipment.js';
import type { KeptScan } from './scan.js';

/** An event to be announced under the shipment's order. */
export interface Fact {
  readonly definition: EventDefinition;
  readonly data: unknown;
}

/**
 * A shipment's progress in the words of the other services.
 *
 * @param now - ISO 8601.
 */
export function factsOf(progress: Progress, now: string): Fact[] {
  const { shipment, tracked, delivered, delayed, troubles } = progress;
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
  return [...facts, ...tasksOf(progress, now)];
}

/** What is lost comes back by itself or never: a person sees to it, and need not when it is found. */
function tasksOf({ shipment, troubles, found }: Progress, at: string): Fact[] {
  const { orderId } = shipment;
  const lost = troubles.filter(({ code }) => code === 'PARCEL_LOST');
  return [
    ...lost.map(({ scan }) => {
      const taskId = lostTaskId(shipment, scan, timesLost(scan, shipment) + 1);
      return { definition: TaskOpened, data: { orderId, taskId, at, ...lostTask(scan, taskId) } };
    }),
    ...found.map((scan) => {
      const taskId = lostTaskId(shipment, scan, timesLost(scan, shipment));
      return { definition: TaskClosed, data: { orderId, taskId, at, outcome: `found: ${scan.status}` } };
    }),
  ];
}

function lostTaskId({ shipmentId }: Progress['shipment'], { trackingNumber }: KeptScan, time: number): string {
  return derivedUuid(`carrier-task|parcel-lost|${JSON.stringify([shipmentId, trackingNumber, time])}`);
}

function lostTask({ trackingNumber, carrier, occurredAt }: Trouble['scan'], taskId: string): Record<string, string> {
  const detail =
    `${carrier} has lost parcel ${trackingNumber}, since ${occurredAt}. Claim it there, and ship anew what the buyer still wants; ` +
    `then: railhead close ${taskId} --reason "…", or POST /v1/tasks/${taskId}/close. It closes by itself when the parcel is found`;
  return { kind: 'parcel-lost', ownerRole: 'ops', detail };
}

function trackedData(scan: KeptScan): Record<string, unknown> {
  const { trackingNumber, carrier, status, carrierCode, description, occurredAt, city, subdivision, country } = scan;
  return { trackingNumber, carrier, status, carrierCode, description, occurredAt, city, subdivision, country };
}
