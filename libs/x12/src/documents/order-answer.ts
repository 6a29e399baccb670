import type { OrderHead, PricedItem } from './document-head.js';
import type { LineOutcome } from './line-outcome.js';

/**
 * What a whole answer says (X12 587): AC with detail and change, AD with detail and no change, AE exceptions only,
 * AK without detail or change, AT accepted, RD rejected with detail, RJ rejected without.
 */
export type AcknowledgmentType = 'AC' | 'AD' | 'AE' | 'AK' | 'AT' | 'RD' | 'RJ';

/** What answers to an order (855) and to its change (865) have in common. Dates are CCYYMMDD. */
export interface OrderAnswer extends OrderHead {
  readonly acknowledgmentType: AcknowledgmentType;
  readonly purchaseOrderNumber: string;
  readonly purchaseOrderDate: string;
  readonly releaseNumber?: string;
  /** Our own order number. */
  readonly sellerOrderNumber?: string;
  readonly acknowledgedOn?: string;
}

/** The buyer's own line, echoed, and what becomes of it. */
export interface AnsweredItem extends PricedItem {
  /** Where each has a quantity, they add up to the quantity of the line. */
  readonly outcomes: readonly LineOutcome[];
  /** What is sold beside it as a part of it (SLN), each with its own answer. Of an 855. */
  readonly parts?: readonly Omit<AnsweredItem, 'parts'>[];
}
