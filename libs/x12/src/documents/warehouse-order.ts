import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal, sumOfDecimals } from './decimal.js';
import { warehouseHeadSegments, type DocumentHead } from './document-head.js';
import {
  idPairs,
  n9Segments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
  type MeasuredQuantity,
} from './document-parts.js';

/** A line of a 940. */
export interface WarehouseOrderLine extends MeasuredQuantity {
  /** At least one; the first three go out. */
  readonly ids: readonly ItemId[];
  /** G69: what it is, in words. */
  readonly description?: string;
  /** N9 references of the line, e.g. `LI` its number. */
  readonly references?: readonly DocumentReference[];
}

/** What a 940 says: the warehouse shall ship. Dates are CCYYMMDD. */
export interface WarehouseOrder extends DocumentHead {
  /** W0501: `N` original (default), `F` cancel, `R` change, `C` confirm. */
  readonly status?: 'N' | 'F' | 'R' | 'C';
  /** W0502: our own number for what shall be shipped. */
  readonly depositorOrderNumber: string;
  /** W0503: the number of the buyer's order. */
  readonly purchaseOrderNumber?: string;
  readonly parties: readonly DocumentParty[];
  /** G62: `10` ship on, `02` deliver on, `38` not before, `54` cancel after. */
  readonly dates?: readonly DocumentDate[];
  /** Sentences for the warehouse (NTE), cut at 80 characters each. */
  readonly notes?: readonly string[];
  /** W6601, e.g. `PP` prepaid, `CC` collect. With it or a carrier, W66 is written. */
  readonly freightTerms?: string;
  /** W6602: `M` motor, `A` air, `U` parcel … Default `M`. */
  readonly transport?: string;
  /** W6605. */
  readonly routing?: string;
  /** SCAC, W6610. */
  readonly carrierCode?: string;
  readonly lines: readonly WarehouseOrderLine[];
}

const NOTE_LENGTH_MAX = 80;

/**
 * The segments of a 940 between ST and SE.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toWarehouseOrder(document: WarehouseOrder): SegmentValues[] {
  const { status = 'N', depositorOrderNumber, purchaseOrderNumber, lines } = document;
  return [
    ['W05', status, depositorOrderNumber, purchaseOrderNumber],
    ...warehouseHeadSegments(document),
    ...(document.notes ?? []).map((text): SegmentValues => ['NTE', 'WHI', text.slice(0, NOTE_LENGTH_MAX)]),
    ...w66(document),
    ...lines.flatMap(lineSegments),
    ...(lines.length === 0 ? [] : [['W76', sumOfDecimals(lines.map(({ quantity }) => quantity))] as const]),
  ];
}

function w66({ freightTerms, transport = 'M', routing, carrierCode }: WarehouseOrder): SegmentValues[] {
  if ((freightTerms ?? routing ?? carrierCode) === undefined) return [];
  const head = ['W66', freightTerms ?? 'PP', transport, undefined, undefined, routing] as const;
  return [[...head, undefined, undefined, undefined, undefined, carrierCode]];
}

/** W0104 on: three pairs of qualifier and number; W0103, the UPC case code, has no room for who gave it. */
function lineSegments(line: WarehouseOrderLine, index: number): SegmentValues[] {
  const [first, second, third] = [line.ids.slice(0, 1), line.ids.slice(1, 2), line.ids.slice(2, 3)];
  const two = [...idPairs(first), ...(second.length === 0 ? [undefined, undefined] : idPairs(second))];
  return [
    ['LX', String(index + 1)],
    ['W01', plainDecimal(line.quantity), line.unit, undefined, ...two, undefined, undefined, ...idPairs(third)],
    ...(line.description === undefined ? [] : [['G69', line.description.slice(0, 45)] as const]),
    ...n9Segments(line.references),
  ];
}
