import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { descriptionSegments, idPairs, optionalDecimal, type ItemId } from './document-parts.js';

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
  /** How much of it is in each of its packs (PO401); left out where it is no whole number of up to six digits. */
  readonly quantityInPack?: string;
}

/** LIN, SN1 and, where they are told, PO4 and PID. */
export function itemSegments(item: ShippedItem): SegmentValues[] {
  const { lineNumber, quantityShipped, unit, quantityOrdered, status } = item;
  const inPack = optionalDecimal(item.quantityInPack) ?? '';
  const ordered = quantityOrdered === undefined ? [] : [undefined, plainDecimal(quantityOrdered), unit];
  const told = status === undefined || quantityOrdered === undefined ? [] : [undefined, status];
  return [
    ['LIN', lineNumber, ...idPairs(item.ids)],
    ['SN1', lineNumber, plainDecimal(quantityShipped), unit, ...ordered, ...told],
    ...(/^[1-9]\d{0,5}$/.test(inPack) ? [['PO4', inPack] as const] : []),
    ...descriptionSegments(item.description),
  ];
}
