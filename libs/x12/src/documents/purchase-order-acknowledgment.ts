import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import { orderHeadSegments, priceElements } from './document-head.js';
import { idPairs } from './document-parts.js';
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
  const { lineNumber, quantity, unit, ids } = line;
  return [
    ['PO1', lineNumber, plainDecimal(quantity), unit, ...priceElements(line), ...idPairs(ids)],
    ...outcomeSegments(line.outcomes, line),
    ...(line.parts ?? []).flatMap(partSegments),
  ];
}

/** SLN01 is mandatory: a part without a number of the buyer's is counted. */
function partSegments(part: AnsweredItem, index: number): SegmentValues[] {
  const { lineNumber = String(index + 1), quantity, unit, ids } = part;
  const [price, basis] = priceElements(part);
  const head = ['SLN', lineNumber, undefined, 'A', plainDecimal(quantity), [unit], price, basis, undefined] as const;
  return [[...head, ...idPairs(ids)], ...outcomeSegments(part.outcomes, part)];
}
