import type { SegmentValues } from '../write/segment-values.js';
import { chargeSegments, taxSegments, type DocumentCharge, type DocumentTax } from './charge.js';
import { impliedHundredths, plainDecimal } from './decimal.js';
import { partiesSegments, priceElements, type DocumentHead, type PricedItem } from './document-head.js';
import { currencySegments, dateSegments, descriptionSegments, idPairs, referenceSegments } from './document-parts.js';
import { termsSegments, type DocumentTerms } from './terms.js';

/** A line of an 810. */
export interface InvoicedLine extends PricedItem {
  /** Decimal string in major units. */
  readonly unitPrice: string;
  readonly description?: string;
  readonly taxes?: readonly DocumentTax[];
  readonly charges?: readonly DocumentCharge[];
}

/** What an 810 says. Dates are CCYYMMDD. */
export interface InvoiceDocument extends DocumentHead {
  readonly invoiceNumber: string;
  readonly invoicedOn: string;
  readonly purchaseOrderNumber?: string;
  readonly releaseNumber?: string;
  readonly purchaseOrderDate?: string;
  /** BIG07: `DR` or `DI` invoice, `CR` or `CN` credit memo … Amounts of a credit memo stay positive; the type says which way. */
  readonly type?: string;
  /** ISO 4217. */
  readonly currency?: string;
  readonly terms?: DocumentTerms;
  readonly lines: readonly InvoicedLine[];
  readonly taxes?: readonly DocumentTax[];
  readonly charges?: readonly DocumentCharge[];
  /** Hundredths of the currency: TDS01 is a number with two implied decimals. */
  readonly totalHundredths: number;
  /** TDS02: of how much a discount of the terms is taken. */
  readonly discountableHundredths?: number;
  /** SCAC, CAD04. */
  readonly carrierCode?: string;
  /** CAD01: `M` motor, `U` parcel … Default `M`; CAD is written with a carrier only. */
  readonly transport?: string;
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
    ...partiesSegments(document.parties),
    ...termsSegments(document.terms),
    ...dateSegments(document.dates),
    ...lines.flatMap(lineSegments),
    tds(document),
    ...taxSegments(document.taxes),
    ...cadSegments(document),
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
  const { lineNumber, quantity, unit, ids } = line;
  return [
    ['IT1', lineNumber, plainDecimal(quantity), unit, ...priceElements(line), ...idPairs(ids)],
    ...taxSegments(line.taxes),
    ...descriptionSegments(line.description),
    ...chargeSegments(line.charges),
  ];
}

function tds({ totalHundredths, discountableHundredths }: InvoiceDocument): SegmentValues {
  const discountable = discountableHundredths === undefined ? undefined : impliedHundredths(discountableHundredths);
  return ['TDS', impliedHundredths(totalHundredths), discountable];
}

/** CAD01 may be left out in 004010; later it may not. */
function cadSegments({ carrierCode, transport = 'M' }: InvoiceDocument): SegmentValues[] {
  return carrierCode === undefined ? [] : [['CAD', transport, undefined, undefined, carrierCode]];
}
