import type { TrackStatus } from '@railhead/contracts';
import type { z } from 'zod';
import type { MessageIssue, ReadMessage } from '../carrier.js';
import type { Scan } from '../domain/scan.js';

/** What a carrier's own mapper understood of one scan; texts may be blank or too long. */
export interface RawScan {
  readonly at: string;
  readonly trackingNumber: string;
  readonly carrier: string;
  /** Undefined: a code that is not in the carrier's table. */
  readonly status: TrackStatus | undefined;
  readonly carrierCode: string;
  readonly description?: string | null | undefined;
  readonly occurredAt: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly subdivision?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly signedBy?: string | null | undefined;
  readonly expectedOn?: string | null | undefined;
}

/** Blanks and small letters do not make another parcel. */
export function normalTrackingNumber(text: string): string {
  return text.replaceAll(/\s+/g, '').toUpperCase();
}

/** Turns what a carrier's mapper understood into scans; a scan without a usable time or number is an issue. */
export function scansFrom(raws: readonly RawScan[]): ReadMessage {
  const scans: Scan[] = [];
  const issues: MessageIssue[] = [];
  const unmapped = new Set<string>();
  for (const raw of raws) {
    const told = raw.occurredAt ?? '';
    const time = instantOf(told, raw.status);
    const trackingNumber = normalTrackingNumber(raw.trackingNumber);
    if (time === undefined) issues.push({ at: raw.at, message: `"${told.slice(0, 40)}" is not a time` });
    if (!/^[!-~]{1,40}$/.test(trackingNumber)) issues.push({ at: raw.at, message: 'no usable tracking number' });
    if (time === undefined || !/^[!-~]{1,40}$/.test(trackingNumber)) continue;
    if (raw.status === undefined) unmapped.add(clip(raw.carrierCode, 40) ?? '');
    scans.push({ ...placeOf(raw), trackingNumber, status: raw.status ?? 'unknown', ...time });
  }
  return { readable: true, scans, unmapped: [...unmapped], issues };
}

function placeOf(
  raw: RawScan,
): Pick<
  Scan,
  'carrier' | 'carrierCode' | 'description' | 'city' | 'subdivision' | 'country' | 'signedBy' | 'expectedOn'
> {
  return {
    carrier: clip(raw.carrier, 20) ?? '',
    carrierCode: clip(raw.carrierCode, 40) ?? '',
    description: clip(raw.description, 300),
    city: clip(raw.city, 80),
    subdivision: clip(raw.subdivision, 40),
    country: clip(raw.country, 3),
    signedBy: clip(raw.signedBy, 120),
    expectedOn: /^\d{4}-\d{2}-\d{2}/.exec(raw.expectedOn ?? '')?.[0],
  };
}

/** PostgreSQL keeps no NUL character in a text. */
function clip(text: string | null | undefined, max: number): string | undefined {
  const clean = text?.replaceAll('\u0000', '').trim().slice(0, max);
  return clean === '' ? undefined : clean;
}

const ZONE = /(Z|[+-]\d{2}:?\d{2})$/i;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Nothing else happens to a parcel on the day after these. */
const ENDS: ReadonlySet<TrackStatus | undefined> = new Set(['delivered', 'returned']);

/**
 * An instant in UTC. A time without a zone is read as UTC and marked so; a day without a time as its beginning, and of what
 * ends a parcel's way as its end, so that nothing of that day comes after it.
 */
function instantOf(told: string, status: TrackStatus | undefined): Pick<Scan, 'occurredAt' | 'zoneKnown'> | undefined {
  const text = DAY.test(told) ? `${told}T${ENDS.has(status) ? '23:59:59' : '00:00:00'}` : told;
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return undefined;
  const zoneKnown = ZONE.test(text);
  const time = new Date(zoneKnown ? text : `${text}Z`);
  return Number.isNaN(time.getTime()) ? undefined : { occurredAt: time.toISOString(), zoneKnown };
}

/** A message that is not of the carrier's shape. */
export function unreadable(error: z.ZodError): ReadMessage {
  const issues = error.issues
    .slice(0, 20)
    .map((issue) => ({ at: `/${issue.path.map(String).join('/')}`, message: issue.message }));
  return { readable: false, issues };
}

/** A message of the carrier's about something else than a parcel's way. */
export const NOT_TRACKING: ReadMessage = { readable: true, scans: [], unmapped: [], issues: [] };
