import { decisiveScan } from './parcel-status.js';
import type { KeptScan } from './scan.js';

/** A shipment under way: its parcels, every scan of them, and what was announced so far. */
export interface ShipmentState {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly trackingNumbers: readonly string[];
  /** Scans of these numbers from before or after belong to another shipment. */
  readonly scansFrom: string;
  readonly scansTo: string;
  readonly deliveredAt: string | undefined;
  readonly delayedSince: string | undefined;
  readonly trouble: TroubleCode | undefined;
  readonly scans: readonly (KeptScan & { readonly announced: boolean })[];
}

export type TroubleCode = 'PARCEL_RETURNED' | 'PARCEL_LOST' | 'DELIVERY_CORRECTED';

export interface Delivered {
  readonly at: string;
  readonly signedBy: string | undefined;
}

export interface Trouble {
  readonly code: TroubleCode;
  readonly scan: KeptScan;
}

/** What is to be announced about a shipment, and then is. */
export interface Progress {
  readonly shipment: ShipmentState;
  /** Scans nobody was told about yet, in the order in which they happened. */
  readonly tracked: readonly KeptScan[];
  readonly delivered: Delivered | undefined;
  readonly delayed: KeptScan | undefined;
  readonly trouble: Trouble | undefined;
}

/**
 * What the scans of a shipment mean, from all of them at once: late, repeated and disordered scans give the same end.
 * Delivered is said once, when every parcel is; a delivery that is taken back afterwards is trouble for a person.
 */
export function followShipment(shipment: ShipmentState): Progress {
  const scans = shipment.scans.filter(
    (scan) => scan.occurredAt >= shipment.scansFrom && scan.occurredAt <= shipment.scansTo,
  );
  const standing = shipment.trackingNumbers.map((number) =>
    decisiveScan(scans.filter((scan) => scan.trackingNumber === number)),
  );
  return {
    shipment,
    tracked: scans.filter((scan) => !scan.announced).sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1)),
    delivered: shipment.deliveredAt === undefined ? allDelivered(standing) : undefined,
    delayed: newDelay(shipment, standing),
    trouble: shipment.trouble === undefined ? troubleIn(shipment, standing) : undefined,
  };
}

function allDelivered(standing: readonly (KeptScan | undefined)[]): Delivered | undefined {
  const arrivals = standing.filter((scan) => scan?.status === 'delivered') as KeptScan[];
  if (arrivals.length === 0 || arrivals.length < standing.length) return undefined;
  const last = arrivals.reduce((latest, scan) => (scan.occurredAt > latest.occurredAt ? scan : latest));
  return { at: last.occurredAt, signedBy: last.signedBy };
}

/** A delay counts while it is the last thing said about its parcel, and is told once. */
function newDelay(shipment: ShipmentState, standing: readonly (KeptScan | undefined)[]): KeptScan | undefined {
  return standing.find(
    (scan) =>
      scan?.status === 'delayed' && (shipment.delayedSince === undefined || scan.occurredAt > shipment.delayedSince),
  );
}

function troubleIn(shipment: ShipmentState, standing: readonly (KeptScan | undefined)[]): Trouble | undefined {
  for (const scan of standing) {
    if (scan === undefined) continue;
    if (scan.status === 'lost') return { code: 'PARCEL_LOST', scan };
    if (scan.status === 'returned' || scan.status === 'returning') return { code: 'PARCEL_RETURNED', scan };
    if (shipment.deliveredAt !== undefined && scan.status !== 'delivered') return { code: 'DELIVERY_CORRECTED', scan };
  }
  return undefined;
}

/** Whether there is anything to announce. */
export function isNews(progress: Progress): boolean {
  return (
    progress.tracked.length > 0 ||
    progress.delivered !== undefined ||
    progress.delayed !== undefined ||
    progress.trouble !== undefined
  );
}
