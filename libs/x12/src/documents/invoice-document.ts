import type { SegmentValues } from '../write/segment-values.js';
import { chargeSegments, taxSegments, type DocumentCharge, type DocumentTax } from './charge.js';
import { impliedHundredths, plainDecimal } from './decimal.js';
import {
  currencySegments,
  dateSegments,
  descriptionSegments,
  idPairs,
  partySegments,
  referenceSegments,
  type DocumentDate,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
} from './document-parts.js';
import { termsSegments, type DocumentTerms } from './terms.js';

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
  readonly taxes?: readonly DocumentTax[];
  readonly charges?: readonly DocumentCharge[];
}

/** What an 810 says. Dates are CCYYMMDD. */
export interface InvoiceDocument {
  readonly invoiceNumber: string;
  readonly invoicedOn: string;
  readonly purchaseOrderNumber?: string;
  readonly releaseNumber?: string;
  readonly purchaseOrderDate?: string;
  /** BIG07: `DR` or `DI` invoice, `CR` or `CN` credit memo … Amounts of a credit memo stay positive; the type says which way. */
  readonly type?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly references?: readonly DocumentReference[];
  readonly parties?: readonly DocumentParty[];
  readonly terms?: DocumentTerms;
  readonly dates?: readonly DocumentDate[];
  readonly lines: readonly InvoicedLine[];
  readonly taxes?: readonly DocumentTax[];
  readonly charges?: readonly DocumentCharge[];
  /** Hundredths of the currency: TDS01 is a number with two implied decimals. */
  readonly totalHundredths: number;
  /** TDS02: of how much a discount of the terms is taken. */
  readonly discountableHundredths?: number;
  readonly carrierCode?: string;
}

/**
 * The segments of an 810 between ST and SE.
 *
 * @throws RangeError when an amount is not a safe integer, or a quantity or price is no decimal string.
 */
export function toInvoiceDocument(document: InvoiceDocument): SegmentValues[] {
  const { lines } = document;
  return [
    big(document),
    ...currencySegments('SE', document.currency),
    ...referenceSegments(document.references),
    ...(document.parties ?? []).flatMap(partySegments),
    ...termsSegments(document.terms),
    ...dateSegments(document.dates),
    ...lines.flatMap(lineSegments),
    tds(document),
    ...taxSegments(document.taxes),
    ...cadSegments(document.carrierCode),
    ...chargeSegments(document.charges),
    ['CTT', String(lines.length)],
  ];
}

function big(document: InvoiceDocument): SegmentValues {
  const { invoicedOn, invoiceNumber, purchaseOrderDate, purchaseOrderNumber, releaseNumber, type } = document;
  const head = ['BIG', invoicedOn, invoiceNumber, purchaseOrderDate, purchaseOrderNumber, releaseNumber] as const;
  return [...head, undefined, type];
}

function lineSegments(line: InvoicedLine): SegmentValues[] {
  const { lineNumber, quantity, unit, unitPrice, ids } = line;
  return [
    ['IT1', lineNumber, plainDecimal(quantity), unit, plainDecimal(unitPrice), undefined, ...idPairs(ids)],
    ...taxSegments(line.taxes),
    ...descriptionSegments(line.description),
    ...chargeSegments(line.charges),
  ];
}

function tds({ totalHundredths, discountableHundredths }: InvoiceDocument): SegmentValues {
  const discountable = discountableHundredths === undefined ? undefined : impliedHundredths(discountableHundredths);
  return ['TDS', impliedHundredths(totalHundredths), discountable];
}

function cadSegments(carrierCode: string | undefined): SegmentValues[] {
  return carrierCode === undefined ? [] : [['CAD', undefined, undefined, undefined, carrierCode]];
}
