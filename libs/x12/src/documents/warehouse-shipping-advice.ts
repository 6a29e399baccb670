import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal, sumOfDecimals } from './decimal.js';
import { warehouseHeadSegments, type DocumentHead } from './document-head.js';
import {
  idPairs,
  n9Segments,
  optionalDecimal,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
} from './document-parts.js';
import { markSegment, type PackMark } from './pack-mark.js';

/** A line of a 945: what was shipped of what was ordered. */
export interface WarehouseShippedLine {
  /** W1201: `CC` complete, `CP` in part, `BO` back-ordered, `SS` split … */
  readonly status: string;
  /** Decimal string. */
  readonly quantityOrdered?: string;
  /** Decimal string. */
  readonly quantityShipped: string;
  readonly unit: string;
  /** The first two go out. */
  readonly ids: readonly ItemId[];
  readonly lotNumber?: string;
  readonly references?: readonly DocumentReference[];
}

/** What was packed together, with its labels; without labels, what was shipped loose. */
export interface WarehouseShippedPack {
  readonly marks?: readonly PackMark[];
  readonly lines: readonly WarehouseShippedLine[];
}

/** What a 945 says: the warehouse shipped. Dates are CCYYMMDD. */
export interface WarehouseShippingAdvice extends DocumentHead {
  /** W0601: `F` full detail (default), `N` no exceptions, `R` replaces. */
  readonly reporting?: 'F' | 'N' | 'R';
  readonly depositorOrderNumber: string;
  readonly shippedOn: string;
  /** W0604: bill of lading or number of the shipment. */
  readonly shipmentId?: string;
  readonly purchaseOrderNumber?: string;
  readonly parties: readonly DocumentParty[];
  /** W2701: `M` motor, `U` parcel … Default `M`; W27 is written with a carrier only. */
  readonly transport?: string;
  /** SCAC, W2702. */
  readonly carrierCode?: string;
  readonly packs: readonly WarehouseShippedPack[];
}

/**
 * The segments of a 945 between ST and SE.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toWarehouseShippingAdvice(document: WarehouseShippingAdvice): SegmentValues[] {
  const { packs, transport = 'M', carrierCode } = document;
  const shipped = packs.flatMap(({ lines }) => lines.map(({ quantityShipped }) => quantityShipped));
  return [
    w06(document),
    ...warehouseHeadSegments(document),
    ...(carrierCode === undefined ? [] : [['W27', transport, carrierCode] as const]),
    ...packs.flatMap(packSegments),
    ['W03', sumOfDecimals(shipped)],
  ];
}

function w06(document: WarehouseShippingAdvice): SegmentValues {
  const { reporting = 'F', depositorOrderNumber, shippedOn, shipmentId, purchaseOrderNumber } = document;
  return ['W06', reporting, depositorOrderNumber, shippedOn, shipmentId, undefined, purchaseOrderNumber];
}

function packSegments({ marks = [], lines }: WarehouseShippedPack, index: number): SegmentValues[] {
  return [['LX', String(index + 1)], ...marks.map(markSegment), ...lines.flatMap(lineSegments)];
}

function lineSegments(line: WarehouseShippedLine): SegmentValues[] {
  const { status, quantityOrdered, quantityShipped, unit, ids, lotNumber } = line;
  const shipped = plainDecimal(quantityShipped);
  const missing = quantityOrdered === undefined ? undefined : sumOfDecimals([quantityOrdered, negative(shipped)]);
  const first = ids.length === 0 ? [undefined, undefined] : idPairs(ids.slice(0, 1));
  return [
    ['W12', status, optionalDecimal(quantityOrdered), shipped, missing, unit, undefined, ...first, lotNumber],
    ...n9Segments(line.references),
  ];
}

function negative(value: string): string {
  return value.startsWith('-') ? value.slice(1) : `-${value}`;
}
