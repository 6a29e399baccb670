import type { SegmentValues } from '../write/segment-values.js';
import { chargeSegments, type DocumentCharge } from './charge.js';
import { plainDecimal, sumOfDecimals } from './decimal.js';
import { partiesSegments, priceElements, type DocumentHead, type OrderHead, type PricedItem } from './document-head.js';
import {
  carrierSegments,
  contactSegments,
  currencySegments,
  dateSegments,
  descriptionSegments,
  idPairs,
  noteSegments,
  referenceSegments,
  type DocumentContact,
  type DocumentDate,
  type MeasuredQuantity,
} from './document-parts.js';
import { termsSegments, type DocumentTerms } from './terms.js';

/** A part of a line for one place (SDQ). */
export interface LineDestination {
  readonly id: string;
  /** Decimal string in the line's unit. */
  readonly quantity: string;
}

/** A part of a line for one day (SCH). */
export interface LineSchedule extends MeasuredQuantity {
  readonly date: DocumentDate;
}

/** A line of an 850. */
export interface OrderedLine extends PricedItem, DocumentHead {
  readonly description?: string;
  readonly charges?: readonly DocumentCharge[];
  /** SDQ02, e.g. `92`: who gave the ids of `destinations`. */
  readonly destinationQualifier?: string;
  readonly destinations?: readonly LineDestination[];
  readonly schedules?: readonly LineSchedule[];
}

/** What an 850 says. Dates are CCYYMMDD. */
export interface PurchaseOrder extends OrderHead {
  /** BEG01. Default `00` original. */
  readonly purpose?: string;
  /** BEG02. Default `SA` stand-alone. */
  readonly type?: string;
  readonly purchaseOrderNumber: string;
  readonly releaseNumber?: string;
  readonly orderedOn: string;
  readonly contractNumber?: string;
  readonly contacts?: readonly DocumentContact[];
  readonly charges?: readonly DocumentCharge[];
  readonly terms?: DocumentTerms;
  /** SCAC, TD503. */
  readonly carrierCode?: string;
  /** TD505. */
  readonly routing?: string;
  readonly lines: readonly OrderedLine[];
  /** Whether CTT02 adds up the quantities. Default false. */
  readonly hashTotal?: boolean;
  /** AMT*TT, a decimal string in major units. */
  readonly total?: string;
}

const DESTINATIONS_PER_SEGMENT = 10;

/**
 * The segments of an 850 between ST and SE.
 *
 * @throws RangeError when a quantity, price or amount is not what its type says.
 */
export function toPurchaseOrder(document: PurchaseOrder): SegmentValues[] {
  return [
    beg(document),
    ...currencySegments('BY', document.currency),
    ...referenceSegments(document.references),
    ...contactSegments(document.contacts),
    ...chargeSegments(document.charges),
    ...termsSegments(document.terms),
    ...dateSegments(document.dates),
    ...carrierSegments(document.carrierCode, document.routing),
    ...noteSegments(document),
    ...partiesSegments(document.parties),
    ...document.lines.flatMap(lineSegments),
    ...totalSegments(document),
  ];
}

function beg(document: PurchaseOrder): SegmentValues {
  const { purpose = '00', type = 'SA', purchaseOrderNumber, releaseNumber, orderedOn, contractNumber } = document;
  return ['BEG', purpose, type, purchaseOrderNumber, releaseNumber, orderedOn, contractNumber];
}

function lineSegments(line: OrderedLine): SegmentValues[] {
  const { lineNumber, quantity, unit, ids } = line;
  return [
    ['PO1', lineNumber, plainDecimal(quantity), unit, ...priceElements(line), ...idPairs(ids)],
    ...descriptionSegments(line.description),
    ...referenceSegments(line.references),
    ...chargeSegments(line.charges),
    ...destinationSegments(line),
    ...dateSegments(line.dates),
    ...(line.schedules ?? []).map(scheduleSegment),
    ...partiesSegments(line.parties),
  ];
}

function destinationSegments({ unit, destinationQualifier, destinations = [] }: OrderedLine): SegmentValues[] {
  const segments: SegmentValues[] = [];
  for (let n = 0; n < destinations.length; n += DESTINATIONS_PER_SEGMENT) {
    const some = destinations.slice(n, n + DESTINATIONS_PER_SEGMENT);
    const pairs = some.flatMap(({ id, quantity }) => [id, plainDecimal(quantity)]);
    segments.push(['SDQ', unit, destinationQualifier, ...pairs]);
  }
  return segments;
}

function scheduleSegment({ quantity, unit, date }: LineSchedule): SegmentValues {
  return ['SCH', plainDecimal(quantity), unit, undefined, undefined, date.qualifier, date.on, date.at];
}

function totalSegments({ lines, hashTotal, total }: PurchaseOrder): SegmentValues[] {
  const hash = hashTotal === true ? sumOfDecimals(lines.map(({ quantity }) => quantity)) : undefined;
  return [
    ['CTT', String(lines.length), hash],
    ...(total === undefined ? [] : [['AMT', 'TT', plainDecimal(total)] as const]),
  ];
}
