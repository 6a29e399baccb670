import { codeTable } from '@railhead/connector-kit/code-table';
import type { TrackStatus } from '@railhead/contracts';
import { element, type Segment, type TransactionSet } from '@railhead/x12';
import { Faults } from './faults.js';
import { toInstant } from './instant.js';
import type { ReadMessage } from './message.js';
import type { Arrival } from './purchase-order.mapper.js';

/** One AT7: where a shipment is. */
export interface StatusScan {
  readonly status: TrackStatus;
  /** AT701, or AT703 of an appointment, as the carrier wrote it. */
  readonly carrierCode: string;
  readonly occurredAt: string;
  readonly city?: string | undefined;
  readonly subdivision?: string | undefined;
  readonly country?: string | undefined;
}

/** A 214: what a carrier says of a shipment. */
export interface ShipmentStatus {
  readonly kind: 'tracking';
  readonly carrier: string;
  /** The carrier's number of the load. */
  readonly proNumber?: string | undefined;
  /** Everything by which the shipment may be known here: B1001, B1002, L11. */
  readonly references: readonly string[];
  readonly scans: readonly StatusScan[];
}

/** Element 1650. What is not in the table is `unknown`, which is neither arrival nor trouble. */
const STATUSES = codeTable<string, TrackStatus>({
  XB: 'label_created',
  AA: 'label_created',
  X3: 'label_created',
  AM: 'picked_up',
  CP: 'picked_up',
  AF: 'picked_up',
  L1: 'picked_up',
  P1: 'in_transit',
  X4: 'in_transit',
  X6: 'in_transit',
  I1: 'in_transit',
  OO: 'in_transit',
  R1: 'in_transit',
  AG: 'in_transit',
  X1: 'out_for_delivery',
  X5: 'out_for_delivery',
  J1: 'in_transit',
  A3: 'returning',
  A7: 'exception',
  A9: 'exception',
  AP: 'exception',
  AR: 'exception',
  B6: 'in_transit',
  SD: 'delayed',
  S1: 'exception',
  CA: 'cancelled',
  CD: 'delivered',
  D1: 'delivered',
  AJ: 'exception',
  AH: 'delivery_attempted',
  AV: 'available_for_pickup',
  BC: 'exception',
  OA: 'out_for_delivery',
});

/** Reads an X12 214. @see ASC X12 004010 214 */
export function toShipmentStatus(set: TransactionSet, _arrival: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const b10 = segments.find(({ id }) => id === 'B10');
  const carrier = faults.needed(b10, 3, "the carrier's code");
  const proNumber = element(b10, 1)?.trim();
  const l11s = segments.filter(({ id }) => id === 'L11');
  const references = [proNumber, element(b10, 2)?.trim(), ...l11s.map((l11) => element(l11, 1)?.trim())];
  const scans = segments.flatMap((segment, place) => {
    if (segment.id !== 'AT7') return [];
    const rest = segments.slice(place + 1);
    const ends = rest.findIndex(({ id }) => id === 'AT7' || id === 'LX');
    return scanOf(segment, rest.slice(0, ends < 0 ? rest.length : ends), faults);
  });
  if (scans.length === 0 && faults.issues.length === 0) faults.at(b10, 3, 'no status is told', 'element-missing');
  if (faults.issues.length > 0 || carrier === undefined) return { ok: false, issues: faults.issues };
  const known = references.filter((one): one is string => one !== undefined && one !== '');
  return {
    ok: true,
    message: { kind: 'tracking', carrier: carrier.slice(0, 20), proNumber, references: [...new Set(known)], scans },
  };
}

/** AT703, a planned visit, says when somebody will come: of the parcel itself it says that it is on its way. */
function scanOf(at7: Segment, behind: readonly Segment[], faults: Faults): StatusScan[] {
  const [status, appointment] = [element(at7, 1)?.trim(), element(at7, 3)?.trim()];
  const code = status ?? appointment;
  const day = faults.neededDay(at7, 5);
  if (code === undefined) faults.at(at7, 1, 'a status or an appointment is needed', 'element-missing');
  if (day === undefined || code === undefined) return [];
  // Before 004010 AT706 is the century, which has two digits, and the time follows it.
  const time = /^\d\d$/.test(element(at7, 6) ?? '') ? 7 : 6;
  const ms1 = behind.find(({ id }) => id === 'MS1');
  return [
    {
      status: status === undefined ? 'in_transit' : (STATUSES[status] ?? 'unknown'),
      carrierCode: code.slice(0, 40),
      occurredAt: toInstant(day, element(at7, time), element(at7, time + 1)),
      city: element(ms1, 1)?.slice(0, 80),
      subdivision: element(ms1, 2),
      country: element(ms1, 3),
    },
  ];
}
