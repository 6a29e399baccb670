import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { orderHeadSegments, priceElements } from './document-head.js';
import { idPairs } from './document-parts.js';
import { outcomeSegments } from './line-outcome.js';
import type { AnsweredItem, OrderAnswer } from './order-answer.js';
import type { LineChange } from './order-change.js';

/** A line of an 865: the buyer's own change, echoed, and what becomes of the line. */
export interface AcknowledgedChange extends Omit<AnsweredItem, 'quantity'> {
  /** That after the change; absent, with its unit, where nobody speaks of it. */
  readonly quantity?: string;
  /** POC02 as the buyer wrote it. */
  readonly change: LineChange;
}

/** What an 865 says. */
export interface OrderChangeAcknowledgment extends OrderAnswer {
  /** BCA05: BCH05 of the change that is answered. */
  readonly changeSequence?: string;
  readonly lines: readonly AcknowledgedChange[];
}

/**
 * The segments of an 865 between ST and SE.
 *
 * @throws RangeError when the outcomes of a line do not add up, or a quantity or price is no decimal string.
 */
export function toOrderChangeAcknowledgment(document: OrderChangeAcknowledgment): SegmentValues[] {
  const { lines } = document;
  return [
    bca(document),
    ...orderHeadSegments('SE', document),
    ...lines.flatMap(lineSegments),
    ['CTT', String(lines.length)],
  ];
}

function bca(document: OrderChangeAcknowledgment): SegmentValues {
  const { acknowledgmentType, purchaseOrderNumber, purchaseOrderDate, releaseNumber, changeSequence } = document;
  const head = ['BCA', '00', acknowledgmentType, purchaseOrderNumber, releaseNumber, changeSequence] as const;
  const { sellerOrderNumber, acknowledgedOn } = document;
  return [...head, purchaseOrderDate, undefined, undefined, sellerOrderNumber, acknowledgedOn];
}

/** POC04 is mandatory from the echo on: nothing more is told than how many there are now. */
function lineSegments(line: AcknowledgedChange): SegmentValues[] {
  const { lineNumber, change, quantity, unit, ids } = line;
  const [measured, ofUnit] = quantity === undefined ? [] : [plainDecimal(quantity), [unit]];
  const head = ['POC', lineNumber, change, measured, undefined, ofUnit] as const;
  const outcomes = outcomeSegments(line.outcomes, { quantity: quantity ?? '0', unit });
  return [[...head, ...priceElements(line), ...idPairs(ids)], ...outcomes];
}
