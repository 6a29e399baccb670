import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { orderHeadSegments } from './document-head.js';
import { idPairs, optionalDecimal } from './document-parts.js';
import { outcomeSegments } from './line-outcome.js';
import type { AnsweredItem, OrderAnswer } from './order-answer.js';

/** A line of an 855: the buyer's own line, echoed, and what becomes of it. */
export type AcknowledgedLine = AnsweredItem;

/** What an 855 says. */
export interface PurchaseOrderAcknowledgment extends OrderAnswer {
  readonly lines: readonly AcknowledgedLine[];
}

/**
 * The segments of an 855 between ST and SE.
 *
 * @throws RangeError when the outcomes of a line do not add up, or a quantity or price is no decimal string.
 */
export function toPurchaseOrderAcknowledgment(document: PurchaseOrderAcknowledgment): SegmentValues[] {
  const { lines } = document;
  return [
    bak(document),
    ...orderHeadSegments('SE', document),
    ...lines.flatMap(lineSegments),
    ['CTT', String(lines.length)],
  ];
}

function bak(document: PurchaseOrderAcknowledgment): SegmentValues {
  const { acknowledgmentType, purchaseOrderNumber, purchaseOrderDate, releaseNumber, sellerOrderNumber } = document;
  const head = ['BAK', '00', acknowledgmentType, purchaseOrderNumber, purchaseOrderDate, releaseNumber] as const;
  return [...head, undefined, undefined, sellerOrderNumber, document.acknowledgedOn];
}

function lineSegments(line: AcknowledgedLine): SegmentValues[] {
  const { lineNumber, quantity, unit, unitPrice, ids } = line;
  return [
    ['PO1', lineNumber, plainDecimal(quantity), unit, optionalDecimal(unitPrice), undefined, ...idPairs(ids)],
    ...outcomeSegments(line.outcomes, line),
  ];
}
