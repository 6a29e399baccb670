import type { ReadMessage } from '../carrier.js';
import type { Scan } from '../domain/scan.js';

const DAY_MS = 24 * 3_600_000;

/** Clocks are wrong by minutes. A time without a zone may lie 14 hours ahead of us rightly, and a day's end another day. */
const ahead = ({ zoneKnown }: Scan): number => (zoneKnown ? DAY_MS : 2 * DAY_MS);

/** Nobody has scanned a parcel in days to come: such a scan is named and left out, for it would say where the parcel stands until then. */
export function withoutAhead(read: ReadMessage, now: Date): ReadMessage {
  if (!read.readable) return read;
  const late = read.scans.filter((scan) => Date.parse(scan.occurredAt) > now.getTime() + ahead(scan));
  if (late.length === 0) return read;
  const issues = late.map(({ trackingNumber, occurredAt }) => {
    return { at: '', message: `the scan of ${trackingNumber} at ${occurredAt} lies more than a day ahead of us` };
  });
  return { ...read, scans: read.scans.filter((scan) => !late.includes(scan)), issues: [...read.issues, ...issues] };
}
