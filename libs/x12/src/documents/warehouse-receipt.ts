import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal, sumOfDecimals } from './decimal.js';
import { warehouseHeadSegments, type DocumentHead } from './document-head.js';
import { idPairs, n9Segments, type DocumentReference, type ItemId, type MeasuredQuantity } from './document-parts.js';

/** A line of a 944: goods that came in. */
export interface ReceivedLine extends MeasuredQuantity {
  /** The first two go out. */
  readonly ids: readonly ItemId[];
  readonly lotNumber?: string;
  readonly references?: readonly DocumentReference[];
}

/** What a 944 says: the warehouse received. Dates are CCYYMMDD. */
export interface WarehouseReceipt extends DocumentHead {
  /** W1701: `F` full detail (default), `J` … */
  readonly reporting?: string;
  readonly receivedOn: string;
  /** W1703: the warehouse's own number. */
  readonly receiptNumber: string;
  readonly depositorOrderNumber?: string;
  readonly shipmentId?: string;
  readonly lines: readonly ReceivedLine[];
}

/**
 * The segments of a 944 between ST and SE.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toWarehouseReceipt(document: WarehouseReceipt): SegmentValues[] {
  const { reporting = 'F', receivedOn, receiptNumber, depositorOrderNumber, shipmentId, lines } = document;
  return [
    ['W17', reporting, receivedOn, receiptNumber, depositorOrderNumber, shipmentId],
    ...warehouseHeadSegments(document),
    ...lines.flatMap(lineSegments),
    ['W14', sumOfDecimals(lines.map(({ quantity }) => quantity))],
  ];
}

function lineSegments({ quantity, unit, ids, lotNumber, references }: ReceivedLine): SegmentValues[] {
  const two = [...idPairs(ids, 2), undefined, undefined, undefined, undefined].slice(0, 4);
  return [['W07', plainDecimal(quantity), unit, undefined, ...two, lotNumber], ...n9Segments(references)];
}
