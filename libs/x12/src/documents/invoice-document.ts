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

/** A line of an 810. */
export interface InvoicedLine {
  /** IT101: the buyer's line number. */
  readonly lineNumber?: string;
  /** Decimal string. */
  readonly quantity: string;
  readonly unit: string;
  /** Decimal string in major units. */
  readonly unitPrice: string;
  readonly ids: readonly ItemId[];
  readonly description?: string;
}

/** An allowance or charge for the whole invoice (SAC). */
export interface InvoicedCharge {
  readonly kind: 'allowance' | 'charge';
  /** SAC02, e.g. `D240` freight. */
  readonly code: string;
  /** Hundredths of the currency: SAC05 is a number with two implied decimals. */
  readonly amountHundredths: number;
  readonly description?: string;
}

/** A tax for the whole invoice (TXI). */
export interface InvoicedTax {
  /** TXI01, e.g. `ST` state sales tax. */
  readonly type: string;
  /** Decimal string in major units. */
  readonly amount: string;
  /** Decimal string, e.g. `7.25`. */
  readonly percent?: string;
}

/** Payment terms (ITD). */
export interface InvoiceTerms {
  readonly netDays?: number;
  readonly discountPercent?: string;
  readonly discountDays?: number;
  readonly description?: string;
}

/** What an 810 says. Dates are CCYYMMDD. */
export interface InvoiceDocument {
  readonly invoiceNumber: string;
  readonly invoicedOn: string;
  readonly purchaseOrderNumber?: string;
  readonly purchaseOrderDate?: string;
  /** BIG07: `DR` or `DI` invoice, `CR` credit memo … */
  readonly type?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly references?: readonly DocumentReference[];
  readonly parties?: readonly DocumentParty[];
  readonly terms?: InvoiceTerms;
  readonly dates?: readonly DocumentDate[];
  readonly lines: readonly InvoicedLine[];
  readonly taxes?: readonly InvoicedTax[];
  readonly charges?: readonly InvoicedCharge[];
  /** Hundredths of the currency: TDS01 is a number with two implied decimals. */
  readonly totalHundredths: number;
  readonly carrierCode?: string;
}

/**
 * The segments of an 810 between ST and SE.
 *
 * @throws RangeError when an amount is not a safe integer.
 */
export function toInvoiceDocument(document: InvoiceDocument): SegmentValues[] {
  const { invoicedOn, invoiceNumber, purchaseOrderDate, purchaseOrderNumber, type, lines } = document;
  return [
    ['BIG', invoicedOn, invoiceNumber, purchaseOrderDate, purchaseOrderNumber, undefined, undefined, type],
    ...(document.currency === undefined ? [] : [['CUR', 'SE', document.currency] as const]),
    ...referenceSegments(document.references),
    ...(document.parties ?? []).flatMap(partySegments),
    ...termsSegments(document.terms),
    ...dateSegments(document.dates),
    ...lines.flatMap(lineSegments),
    ['TDS', impliedDecimals(document.totalHundredths)],
    ...(document.taxes ?? []).map(taxSegment),
    ...(document.carrierCode === undefined
      ? []
      : [['CAD', undefined, undefined, undefined, document.carrierCode] as const]),
    ...(document.charges ?? []).map(chargeSegment),
    ['CTT', String(lines.length)],
  ];
}

/** An N2 element: hundredths as they are, the point left out. */
function impliedDecimals(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths)) throw new RangeError('an amount must be a safe integer of hundredths');
  return String(hundredths);
}

function lineSegments(line: InvoicedLine): SegmentValues[] {
  const { lineNumber, quantity, unit, unitPrice, ids, description } = line;
  return [
    ['IT1', lineNumber, plainDecimal(quantity), unit, plainDecimal(unitPrice), undefined, ...idPairs(ids)],
    ...(description === undefined ? [] : [['PID', 'F', undefined, undefined, undefined, description] as const]),
  ];
}

/** ITD01 14 is "previously agreed upon"; 08 offers a discount; 05 offers none. */
function termsSegments(terms: InvoiceTerms | undefined): SegmentValues[] {
  if (terms === undefined) return [];
  const { netDays, discountPercent, discountDays, description } = terms;
  const type = discountPercent === undefined ? (netDays === undefined ? '14' : '05') : '08';
  const days = (count: number | undefined) => (count === undefined ? undefined : String(count));
  const head = ['ITD', type, '3', discountPercent, undefined, days(discountDays), undefined, days(netDays)] as const;
  return [[...head, undefined, undefined, undefined, undefined, description]];
}

function taxSegment({ type, amount, percent }: InvoicedTax): SegmentValues {
  return ['TXI', type, plainDecimal(amount), percent];
}

function chargeSegment({ kind, code, amountHundredths, description }: InvoicedCharge): SegmentValues {
  const amount = impliedDecimals(amountHundredths);
  const head = ['SAC', kind === 'charge' ? 'C' : 'A', code, undefined, undefined, amount] as const;
  return [...head, ...new Array<undefined>(9).fill(undefined), description];
}
