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

/**
 * What the whole answer says (X12 587): AC with detail and change, AD with detail and no change, AE exceptions only,
 * AK without detail or change, AT accepted, RD rejected with detail, RJ rejected without.
 */
export type AcknowledgmentType = 'AC' | 'AD' | 'AE' | 'AK' | 'AT' | 'RD' | 'RJ';

/** A line of an 855: the buyer's own line, echoed, and what becomes of it. */
export interface AcknowledgedLine {
  /** PO101 as the buyer wrote it. */
  readonly lineNumber?: string;
  /** Decimal string. */
  readonly quantity: string;
  readonly unit: string;
  /** Decimal string in major units. */
  readonly unitPrice?: string;
  readonly ids: readonly ItemId[];
  /** Where each has a quantity, they add up to the quantity of the line. */
  readonly outcomes: readonly LineOutcome[];
}

/** What an 855 says. Dates are CCYYMMDD. */
export interface PurchaseOrderAcknowledgment extends DocumentNotes {
  /** BAK02. */
  readonly acknowledgmentType: AcknowledgmentType;
  readonly purchaseOrderNumber: string;
  readonly purchaseOrderDate: string;
  readonly releaseNumber?: string;
  /** BAK08: our own order number. */
  readonly sellerOrderNumber?: string;
  readonly acknowledgedOn?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly parties?: readonly DocumentParty[];
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
    ...currencySegments('SE', document.currency),
    ...referenceSegments(document.references),
    ...dateSegments(document.dates),
    ...noteSegments(document),
    ...(document.parties ?? []).flatMap(partySegments),
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
