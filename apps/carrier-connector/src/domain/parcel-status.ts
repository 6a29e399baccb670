import type { TrackStatus } from '@railhead/contracts';
import type { KeptScan } from './scan.js';

/** How far along a parcel is; breaks the tie between scans of the same moment. */
const RANK: Readonly<Record<TrackStatus, number>> = {
  unknown: 0,
  label_created: 1,
  picked_up: 2,
  in_transit: 3,
  delayed: 4,
  exception: 5,
  available_for_pickup: 6,
  out_for_delivery: 7,
  delivery_attempted: 8,
  cancelled: 9,
  lost: 10,
  returning: 11,
  delivered: 12,
  returned: 13,
};

/** Only these take a delivery back, and only when they happened after it. A stray late scan does not. */
const CORRECTS_DELIVERY: ReadonlySet<TrackStatus> = new Set(['exception', 'returning', 'returned', 'lost']);
/** What is lost is found when it moves again. */
const MOVING: ReadonlySet<TrackStatus> = new Set([
  'picked_up',
  'in_transit',
  'available_for_pickup',
  'out_for_delivery',
  'delivery_attempted',
]);
const TERMINAL: ReadonlySet<TrackStatus> = new Set(['delivered', 'returned', 'lost', 'cancelled']);

/**
 * The scan that says where a parcel stands, from all scans of it, in whatever order they arrived. Undefined: nothing
 * that tells anything was scanned.
 */
export function decisiveScan(scans: readonly KeptScan[]): KeptScan | undefined {
  const telling = scans.filter((scan) => scan.status !== 'unknown').sort(inTime);
  return telling.reduce<KeptScan | undefined>(
    (standing, scan) => (standing !== undefined && stays(standing, scan) ? standing : scan),
    undefined,
  );
}

/** Whether what stands is not changed by a later scan. A parcel on its way back that is "delivered" came back to us. */
function stays(standing: KeptScan, later: KeptScan): boolean {
  if (standing.status === 'returning' || standing.status === 'returned') return later.status !== 'returned';
  if (standing.status === 'delivered') return !CORRECTS_DELIVERY.has(later.status);
  if (standing.status === 'lost' && MOVING.has(later.status)) return false;
  return TERMINAL.has(standing.status) && !TERMINAL.has(later.status);
}

function inTime(one: KeptScan, other: KeptScan): number {
  if (one.occurredAt !== other.occurredAt) return one.occurredAt < other.occurredAt ? -1 : 1;
  if (RANK[one.status] !== RANK[other.status]) return RANK[one.status] - RANK[other.status];
  return one.scanId < other.scanId ? -1 : 1;
}
