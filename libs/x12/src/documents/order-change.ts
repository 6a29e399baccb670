import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { orderHeadSegments, priceElements, type OrderHead, type PricedItem } from './document-head.js';
import { dateSegments, descriptionSegments, idPairs, optionalDecimal, type DocumentDate } from './document-parts.js';

/**
 * POC02: AI add, CA change, DI delete, QD and QI fewer and more, PC price, PQ price and quantity, PR price and
 * quantity change, RS reschedule, CT dates, RZ replace, NC nothing changes.
 */
export type LineChange = 'AI' | 'CA' | 'DI' | 'QD' | 'QI' | 'PC' | 'PQ' | 'PR' | 'RS' | 'CT' | 'RZ' | 'NC';

/** A line of an 860 as it shall be from now on. */
export interface ChangedLine extends PricedItem {
  readonly change: LineChange;
  /** POC04: how many are still to be received, a decimal string. */
  readonly quantityLeft?: string;
  readonly description?: string;
  readonly dates?: readonly DocumentDate[];
}

/** What an 860 says: the buyer changes or cancels an order. Dates are CCYYMMDD. */
export interface OrderChange extends OrderHead {
  /** BCH01: `04` change (default), `01` cancel. */
  readonly purpose?: '01' | '04' | '05';
  /** BCH02, as on the 850. Default `SA`. */
  readonly type?: string;
  readonly purchaseOrderNumber: string;
  readonly purchaseOrderDate: string;
  readonly releaseNumber?: string;
  /** BCH05: which change this is, counted from 1. */
  readonly changeSequence?: string;
  /** BCH11: the date of the change. */
  readonly changedOn?: string;
  readonly lines: readonly ChangedLine[];
}

/**
 * The segments of an 860 between ST and SE.
 *
 * @throws RangeError when a quantity or price is no decimal string.
 */
export function toOrderChange(document: OrderChange): SegmentValues[] {
  const { lines } = document;
  return [
    bch(document),
    ...orderHeadSegments('BY', document),
    ...lines.flatMap(lineSegments),
    ...(lines.length === 0 ? [] : [['CTT', String(lines.length)] as const]),
  ];
}

function bch(document: OrderChange): SegmentValues {
  const { purpose = '04', type = 'SA', purchaseOrderNumber, purchaseOrderDate, changeSequence, changedOn } = document;
  const head = ['BCH', purpose, type, purchaseOrderNumber, document.releaseNumber, changeSequence] as const;
  return [...head, purchaseOrderDate, undefined, undefined, undefined, undefined, changedOn];
}

/** The ids stand one pair later than in PO1: POC08 and POC09 are the first. */
function lineSegments(line: ChangedLine): SegmentValues[] {
  const { lineNumber, change, quantity, quantityLeft, unit, ids } = line;
  const amounts = [plainDecimal(quantity), optionalDecimal(quantityLeft), [unit]] as const;
  return [
    ['POC', lineNumber, change, ...amounts, ...priceElements(line), ...idPairs(ids)],
    ...descriptionSegments(line.description),
    ...dateSegments(line.dates),
  ];
}
