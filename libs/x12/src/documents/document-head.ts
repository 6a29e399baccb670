import type { SegmentValues } from '../write/segment-values.js';
import {
  currencySegments,
  dateSegments,
  g62Segments,
  n9Segments,
  noteSegments,
  optionalDecimal,
  partySegments,
  referenceSegments,
  type DocumentDate,
  type DocumentNotes,
  type DocumentParty,
  type DocumentReference,
  type ItemId,
  type MeasuredQuantity,
} from './document-parts.js';

/** What nearly every document may say as a whole, in front of its lines. */
export interface DocumentHead {
  readonly references?: readonly DocumentReference[];
  readonly dates?: readonly DocumentDate[];
  readonly parties?: readonly DocumentParty[];
}

/** The same for an order, its changes, and the answers to both. */
export interface OrderHead extends DocumentHead, DocumentNotes {
  /** ISO 4217. */
  readonly currency?: string;
}

/** Goods of an order line with their price. */
export interface PricedItem extends MeasuredQuantity {
  /** PO101 as the buyer writes it. */
  readonly lineNumber?: string;
  /** Decimal string in major units. */
  readonly unitPrice?: string;
  /** X12 639, e.g. `PE` each, `HP` for a hundred. Only together with a price. */
  readonly priceBasis?: string;
  readonly ids: readonly ItemId[];
}

/** What goods cost and for how many, as PO1, POC and IT1 take it. */
export function priceElements({ unitPrice, priceBasis }: Pick<PricedItem, 'unitPrice' | 'priceBasis'>) {
  return [optionalDecimal(unitPrice), unitPrice === undefined ? undefined : priceBasis] as const;
}

/** CUR of the party named, REF, DTM, notes and parties. */
export function orderHeadSegments(namedBy: 'BY' | 'SE', head: OrderHead): SegmentValues[] {
  return [
    ...currencySegments(namedBy, head.currency),
    ...referenceSegments(head.references),
    ...dateSegments(head.dates),
    ...noteSegments(head),
    ...partiesSegments(head.parties),
  ];
}

/** Parties, N9 and G62, as documents of warehouses have them. */
export function warehouseHeadSegments({ parties, references, dates }: DocumentHead): SegmentValues[] {
  return [...partiesSegments(parties), ...n9Segments(references), ...g62Segments(dates)];
}

/** N1 with what of N3 and N4 there is, for each party. */
export function partiesSegments(parties: readonly DocumentParty[] = []): SegmentValues[] {
  return parties.flatMap(partySegments);
}
