import { decisiveScan } from './parcel-status.js';
import type { KeptScan } from './scan.js';

/** A shipment under way: its parcels, every scan of them, and what was announced so far. */
export interface ShipmentState {
  readonly shipmentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  /** Whom it was given to, as the warehouse wrote it. Undefined: not known. */
  readonly carrier?: string | undefined;
  readonly trackingNumbers: readonly string[];
  /** Scans of these numbers from before or after belong to another shipment. */
  readonly scansFrom: string;
  readonly scansTo: string;
  readonly deliveredAt: string | undefined;
  readonly delayedSince: string | undefined;
  /** Marks of what was told: see {@link markOf}. */
  readonly troubles: readonly string[];
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
  /** Scans by a carrier that the shipment was not given to: told to nobody, and looked at once. */
  readonly foreign: readonly KeptScan[];
  readonly delivered: Delivered | undefined;
  readonly delayed: KeptScan | undefined;
  readonly troubles: readonly Trouble[];
  /** Scans that tell of parcels that were lost. */
  readonly found: readonly KeptScan[];
}

/**
 * What the scans of a shipment mean, from all of them at once: late, repeated and disordered scans give the same end.
 * Delivered is said once, when every parcel is; a delivery that is taken back afterwards is trouble for a person.
 */
export function followShipment(shipment: ShipmentState): Progress {
  const timely = shipment.scans.filter(
    (scan) => scan.occurredAt >= shipment.scansFrom && scan.occurredAt <= shipment.scansTo,
  );
  const scans = timely.filter((scan) => maySpeak(scan, shipment));
  const standing = shipment.trackingNumbers.map((number) =>
    decisiveScan(scans.filter((scan) => scan.trackingNumber === number)),
  );
  return {
    shipment,
    tracked: scans.filter((scan) => !scan.announced).sort((one, other) => (one.occurredAt < other.occurredAt ? -1 : 1)),
    foreign: timely.filter((scan) => !scan.announced && !maySpeak(scan, shipment)),
    delivered: shipment.deliveredAt === undefined ? allDelivered(standing) : undefined,
    delayed: newDelay(shipment, standing),
    troubles: troublesIn(shipment, standing).filter((trouble) => !isTold(trouble, shipment)),
    found: standing.filter(
      (scan) => scan !== undefined && scan.status !== 'lost' && isLost(scan, shipment),
    ) as KeptScan[],
  };
}

/** One carrier says nothing of what another carries. Who speaks for many is believed; so is anybody where no carrier is known. */
function maySpeak({ speaksFor }: KeptScan, { carrier }: ShipmentState): boolean {
  const code = carrier?.trim().toUpperCase() ?? '';
  return speaksFor === undefined || code === '' || speaksFor.includes(code);
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

function troublesIn({ deliveredAt }: ShipmentState, standing: readonly (KeptScan | undefined)[]): Trouble[] {
  return standing.flatMap((scan): Trouble[] => {
    if (scan === undefined) return [];
    if (scan.status === 'lost') return [{ code: 'PARCEL_LOST', scan }];
    if (scan.status === 'returned' || scan.status === 'returning') return [{ code: 'PARCEL_RETURNED', scan }];
    return deliveredAt !== undefined && scan.status !== 'delivered' ? [{ code: 'DELIVERY_CORRECTED', scan }] : [];
  });
}

/** What a trouble is remembered by: each kind of it is told once of each parcel. */
export function markOf({ code, scan }: Trouble): string {
  return `${code} ${scan.trackingNumber}`;
}

/** What a parcel that was found is remembered by: then it may be lost again. */
export function foundMarkOf({ trackingNumber }: KeptScan): string {
  return `PARCEL_FOUND ${trackingNumber}`;
}

/** How often a parcel was told to be lost. */
export function timesLost({ trackingNumber }: KeptScan, { troubles }: ShipmentState): number {
  return troubles.filter((mark) => mark === `PARCEL_LOST ${trackingNumber}`).length;
}

/** Whether a parcel is lost, as far as was told. */
function isLost(scan: KeptScan, shipment: ShipmentState): boolean {
  return timesLost(scan, shipment) > shipment.troubles.filter((mark) => mark === foundMarkOf(scan)).length;
}

/** Earlier marks were of the whole shipment: the code alone. */
function isTold(trouble: Trouble, shipment: ShipmentState): boolean {
  const { troubles } = shipment;
  if (trouble.code === 'PARCEL_LOST') return isLost(trouble.scan, shipment) || troubles.includes(trouble.code);
  return troubles.includes(markOf(trouble)) || troubles.includes(trouble.code);
}

/** Whether there is anything to announce. */
export function isNews(progress: Progress): boolean {
  return (
    progress.tracked.length > 0 ||
    progress.foreign.length > 0 ||
    progress.delivered !== undefined ||
    progress.delayed !== undefined ||
    progress.troubles.length > 0 ||
    progress.found.length > 0
  );
}
