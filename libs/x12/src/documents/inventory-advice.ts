import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { partiesSegments, type DocumentHead } from './document-head.js';
import {
  dateSegments,
  descriptionSegments,
  idPairs,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type ItemId,
  type MeasuredQuantity,
} from './document-parts.js';

/** How much there is, and what is meant by it. */
export interface StockQuantity extends MeasuredQuantity {
  /** QTY01: `33` available, `17` on hand, `63` on order, `QH` on hold … */
  readonly qualifier: string;
  /** When it will be there, for what is on order. */
  readonly dates?: readonly DocumentDate[];
}

/** A product of an 846. */
export interface StockedItem {
  readonly lineNumber?: string;
  readonly ids: readonly ItemId[];
  readonly description?: string;
  readonly quantities: readonly StockQuantity[];
}

/** What an 846 says. Dates are CCYYMMDD. */
export interface InventoryAdvice extends DocumentHead {
  /** BIA01. Default `00` original. */
  readonly purpose?: string;
  /** BIA02: `SI` seller's inventory, `DD` distributor's inventory … */
  readonly type: string;
  readonly reference: string;
  readonly countedOn: string;
  /** HHMM or HHMMSS. */
  readonly countedAt?: string;
  /** `WH`: whose stock it is. */
  readonly parties?: readonly DocumentParty[];
  readonly items: readonly StockedItem[];
}

/**
 * The segments of an 846 between ST and SE.
 *
 * @throws RangeError when a quantity is no decimal string.
 */
export function toInventoryAdvice(document: InventoryAdvice): SegmentValues[] {
  const { purpose = '00', type, reference, countedOn, countedAt, items } = document;
  return [
    ['BIA', purpose, type, reference, countedOn, countedAt],
    ...dateSegments(document.dates),
    ...referenceSegments(document.references),
    ...partiesSegments(document.parties),
    ...items.flatMap(itemSegments),
    ['CTT', String(items.length)],
  ];
}

function itemSegments({ lineNumber, ids, description, quantities }: StockedItem): SegmentValues[] {
  return [
    ['LIN', lineNumber, ...idPairs(ids)],
    ...descriptionSegments(description),
    ...quantities.flatMap(({ qualifier, quantity, unit, dates }): SegmentValues[] => [
      ['QTY', qualifier, plainDecimal(quantity), [unit]],
      ...dateSegments(dates),
    ]),
  ];
}
