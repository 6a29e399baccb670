import type { SegmentValues } from '../write/segment-values.js';
import { partiesSegments } from './document-head.js';
import { optionalDecimal, type DocumentParty, type DocumentReference } from './document-parts.js';

/** Something that happened to a shipment, or is going to. */
export interface ShipmentEvent {
  /** AT701: `AF` left the shipper, `X6` under way, `X1` arrived, `D1` delivered, `SD` delayed, `A9` damaged … */
  readonly status?: string;
  /** AT703, in place of `status`: an appointment, e.g. `AA` pick-up, `AB` delivery. */
  readonly appointment?: string;
  /** AT702 or AT704. Default `NS` normal. */
  readonly reason?: string;
  /** CCYYMMDD. */
  readonly on: string;
  /** HHMM or HHMMSS. */
  readonly at?: string;
  /** AT707, e.g. `LT` local time. Only together with `at`. */
  readonly zone?: string;
  readonly city?: string;
  readonly state?: string;
  readonly country?: string;
}

/** What a 214 says. */
export interface ShipmentStatus {
  /** B1001: the carrier's own number (PRO). */
  readonly carrierReference: string;
  /** B1002: number of the shipment as the shipper wrote it. */
  readonly shipmentId: string;
  /** B1003. */
  readonly carrierCode: string;
  /** L11, e.g. `PO` and the order's number. */
  readonly references?: readonly DocumentReference[];
  readonly parties?: readonly DocumentParty[];
  readonly events: readonly ShipmentEvent[];
  /** AT8: gross weight in pounds, a decimal string, and pieces. */
  readonly weight?: string;
  readonly pieces?: number;
}

/**
 * The segments of a 214 between ST and SE.
 *
 * @throws RangeError when the weight is no decimal string.
 */
export function toShipmentStatus(document: ShipmentStatus): SegmentValues[] {
  const { carrierReference, shipmentId, carrierCode, references = [], parties, events } = document;
  return [
    ['B10', carrierReference, shipmentId, carrierCode],
    ...references.map(({ qualifier, value }): SegmentValues => ['L11', value, qualifier]),
    ...partiesSegments(parties),
    ['LX', '1'],
    ...events.flatMap(eventSegments),
    ...weightSegments(document),
  ];
}

function eventSegments(event: ShipmentEvent): SegmentValues[] {
  const { status, appointment, reason = 'NS', on, at, zone, city, state, country } = event;
  const what = appointment === undefined ? [status, reason] : [undefined, undefined, appointment, reason];
  const place = [city, state, country];
  return [
    ['AT7', ...[...what, undefined, undefined].slice(0, 4), on, at, zone],
    ...(place.every((part) => part === undefined) ? [] : [['MS1', ...place] as const]),
  ];
}

function weightSegments({ weight, pieces }: ShipmentStatus): SegmentValues[] {
  if (weight === undefined && pieces === undefined) return [];
  const pounds = weight === undefined ? [undefined, undefined, undefined] : ['G', 'L', optionalDecimal(weight)];
  return [['AT8', ...pounds, pieces === undefined ? undefined : String(pieces)]];
}
