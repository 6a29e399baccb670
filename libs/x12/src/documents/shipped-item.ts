import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { descriptionSegments, idPairs, type ItemId } from './document-parts.js';

/** Goods of one order line in a shipment or in one pack of it. */
export interface ShippedItem {
  /** LIN01: the buyer's line number. */
  readonly lineNumber?: string;
  readonly ids: readonly ItemId[];
  /** Decimal string. */
  readonly quantityShipped: string;
  readonly unit: string;
  /** Decimal string. */
  readonly quantityOrdered?: string;
  /** SN108: `AC` accepted and shipped, `BP` shipped in part, `CP` shipped and complete … Only together with `quantityOrdered`. */
  readonly status?: string;
  readonly description?: string;
}

/** LIN, SN1 and, where there is a description, PID. */
export function itemSegments(item: ShippedItem): SegmentValues[] {
  const { lineNumber, quantityShipped, unit, quantityOrdered, status } = item;
  const ordered = quantityOrdered === undefined ? [] : [undefined, plainDecimal(quantityOrdered), unit];
  const told = status === undefined || quantityOrdered === undefined ? [] : [undefined, status];
  return [
    ['LIN', lineNumber, ...idPairs(item.ids)],
    ['SN1', lineNumber, plainDecimal(quantityShipped), unit, ...ordered, ...told],
    ...descriptionSegments(item.description),
  ];
}
