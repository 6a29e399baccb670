import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';
import {
  currencySegments,
  dateSegments,
  idPairs,
  noteSegments,
  optionalDecimal,
  partySegments,
  referenceSegments,
  type DocumentDate,
  type DocumentNotes,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
} from './document-parts.js';
import { outcomeSegments, type LineOutcome } from './line-outcome.js';
import type { LineChange } from './order-change.js';
import type { AcknowledgmentType } from './purchase-order-acknowledgment.js';

/** A line of an 865: the buyer's own change, echoed, and what becomes of the line. */
export interface AcknowledgedChange {
  readonly lineNumber?: string;
  /** POC02 as the buyer wrote it. */
  readonly change: LineChange;
  /** POC03: how many the line is for after the change, a decimal string. */
  readonly quantity: string;
  readonly unit: string;
  /** Decimal string in major units. */
  readonly unitPrice?: string;
  readonly ids: readonly ItemId[];
  /** Where each has a quantity, they add up to the quantity of the line. */
  readonly outcomes: readonly LineOutcome[];
}

/** What an 865 says. Dates are CCYYMMDD. */
export interface OrderChangeAcknowledgment extends DocumentNotes {
  /** BCA02. */
  readonly acknowledgmentType: AcknowledgmentType;
  readonly purchaseOrderNumber: string;
  readonly purchaseOrderDate: string;
  readonly releaseNumber?: string;
  /** BCA05: BCH05 of the change that is answered. */
  readonly changeSequence?: string;
  /** BCA09: our own order number. */
  readonly sellerOrderNumber?: string;
  readonly acknowledgedOn?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly parties?: readonly DocumentParty[];
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
    ...currencySegments('SE', document.currency),
    ...referenceSegments(document.references),
    ...dateSegments(document.dates),
    ...noteSegments(document),
    ...(document.parties ?? []).flatMap(partySegments),
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
  const { lineNumber, change, unit, unitPrice, ids } = line;
  const quantity = plainDecimal(line.quantity);
  const head = ['POC', lineNumber, change, quantity, undefined, [unit]] as const;
  return [[...head, optionalDecimal(unitPrice), undefined, ...idPairs(ids)], ...outcomeSegments(line.outcomes, line)];
}
