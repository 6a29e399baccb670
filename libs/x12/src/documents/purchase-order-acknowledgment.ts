import type { SegmentValues } from '../write/segment-values.js';
import {
  dateSegments,
  idPairs,
  partySegments,
  plainDecimal,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
} from './document-parts.js';

/** What becomes of a line, or of a part of it (ACK). The quantities of a line's outcomes add up to what was ordered. */
export interface LineOutcome {
  /** ACK01, e.g. `IA` accepted, `IB` back-ordered, `IR` rejected. */
  readonly status: string;
  /** Decimal string. */
  readonly quantity?: string;
  readonly unit?: string;
  /** ACK04/05, e.g. `068` current schedule ship. */
  readonly date?: DocumentDate;
}

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
  readonly outcomes: readonly LineOutcome[];
}

/** What an 855 says. Dates are CCYYMMDD. */
export interface PurchaseOrderAcknowledgment {
  /** BAK02: `AC` with detail and change, `AD` with detail and no change, `RD` rejected with detail … */
  readonly acknowledgmentType: string;
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
  /** Sentences for people, e.g. why the order is not taken; cut at 264 characters each. */
  readonly notes?: readonly string[];
  /** What carries a note: MSG up to 004xxx, MTX from 005010 on. Default `MSG`. */
  readonly noteSegment?: 'MSG' | 'MTX';
  readonly lines: readonly AcknowledgedLine[];
}

const NOTE_LENGTH_MAX = 264;

/** The segments of an 855 between ST and SE. */
export function toPurchaseOrderAcknowledgment(document: PurchaseOrderAcknowledgment): SegmentValues[] {
  const { lines } = document;
  return [
    bak(document),
    ...(document.currency === undefined ? [] : [['CUR', 'SE', document.currency] as const]),
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

function noteSegments({ notes = [], noteSegment = 'MSG' }: PurchaseOrderAcknowledgment): SegmentValues[] {
  if (notes.length === 0) return [];
  const carry = (text: string): SegmentValues =>
    noteSegment === 'MSG'
      ? ['MSG', text.slice(0, NOTE_LENGTH_MAX)]
      : ['MTX', undefined, text.slice(0, NOTE_LENGTH_MAX)];
  return [['N9', 'ZZ', 'NOTE'], ...notes.map(carry)];
}

function lineSegments(line: AcknowledgedLine): SegmentValues[] {
  const price = line.unitPrice === undefined ? undefined : plainDecimal(line.unitPrice);
  return [
    ['PO1', line.lineNumber, plainDecimal(line.quantity), line.unit, price, undefined, ...idPairs(line.ids)],
    ...line.outcomes.map(ack),
  ];
}

/** Quantity and unit, date and its qualifier: each pair together or not at all (P0203 P0405). */
function ack({ status, quantity, unit, date }: LineOutcome): SegmentValues {
  const amount = quantity === undefined || unit === undefined ? [undefined, undefined] : [plainDecimal(quantity), unit];
  return ['ACK', status, ...amount, date?.qualifier, date?.on];
}
