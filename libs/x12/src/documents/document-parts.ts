import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal } from './decimal.js';

/** A product number with who gave it, e.g. `VP` for the seller's own (X12 235/234). */
export interface ItemId {
  readonly qualifier: string;
  readonly value: string;
}

/** A party with its address. Texts must fit X12: name 60, address line 55, city 30. */
export interface DocumentParty {
  /** N101, e.g. `ST` ship-to, `SF` ship-from, `RI` remit-to. */
  readonly role: string;
  readonly name?: string;
  /** N103, e.g. `92` assigned by the buyer. Only together with `id`. */
  readonly idQualifier?: string;
  readonly id?: string;
  readonly addressLines?: readonly string[];
  readonly city?: string;
  readonly state?: string;
  /** In words, where the state has no code of two characters (N405 `SP`, N406). */
  readonly stateName?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** A reference, e.g. `BM` bill of lading (REF01/REF02). */
export interface DocumentReference {
  readonly qualifier: string;
  readonly value: string;
}

/** A date with what it is, e.g. `011` shipped; `on` is CCYYMMDD, `at` HHMM or HHMMSS. */
export interface DocumentDate {
  readonly qualifier: string;
  readonly on: string;
  readonly at?: string;
}

/** A person or desk to ask (PER). */
export interface DocumentContact {
  /** PER01, e.g. `BD` buyer's department. */
  readonly role: string;
  readonly name?: string;
  readonly phone?: string;
  readonly email?: string;
}

/** What was ordered, shipped or counted, on one line. */
export interface MeasuredQuantity {
  /** Decimal string. */
  readonly quantity: string;
  /** X12 355, e.g. `EA`. */
  readonly unit: string;
}

/** Sentences for people. */
export interface DocumentNotes {
  /** Cut at 264 characters each. */
  readonly notes?: readonly string[];
  /** What carries a note: MSG up to 004xxx, MTX from 005010 on. Default `MSG`. */
  readonly noteSegment?: 'MSG' | 'MTX';
}

const NOTE_LENGTH_MAX = 264;

/** N1 with what of N3 and N4 there is. */
export function partySegments(party: DocumentParty): SegmentValues[] {
  const { addressLines = [], city, state, stateName, postalCode, country } = party;
  const segments: SegmentValues[] = [['N1', party.role, party.name, party.idQualifier, party.id]];
  for (let n = 0; n < Math.min(addressLines.length, 4); n += 2)
    segments.push(['N3', addressLines[n], addressLines[n + 1]]);
  const inWords = stateName === undefined ? [] : (['SP', stateName] as const);
  if (city ?? state ?? stateName ?? postalCode ?? country)
    segments.push(['N4', city, state, postalCode, country, ...inWords]);
  return segments;
}

export function referenceSegments(references: readonly DocumentReference[] = []): SegmentValues[] {
  return references.map(({ qualifier, value }) => ['REF', qualifier, value]);
}

/** The references of documents that have N9 in place of REF (940, 944, 945). */
export function n9Segments(references: readonly DocumentReference[] = []): SegmentValues[] {
  return references.map(({ qualifier, value }) => ['N9', qualifier, value]);
}

export function dateSegments(dates: readonly DocumentDate[] = []): SegmentValues[] {
  return dates.map(({ qualifier, on, at }) => ['DTM', qualifier, on, at]);
}

/** The dates of documents that have G62 in place of DTM; the qualifiers are others and have two characters. */
export function g62Segments(dates: readonly DocumentDate[] = []): SegmentValues[] {
  return dates.map(({ qualifier, on }) => ['G62', qualifier, on]);
}

export function contactSegments(contacts: readonly DocumentContact[] = []): SegmentValues[] {
  return contacts.map(({ role, name, phone, email }) => [
    'PER',
    role,
    name,
    ...(phone === undefined ? [] : ['TE', phone]),
    ...(email === undefined ? [] : ['EM', email]),
  ]);
}

/** N9 and a segment for each sentence; nothing without sentences. */
export function noteSegments({ notes = [], noteSegment = 'MSG' }: DocumentNotes): SegmentValues[] {
  if (notes.length === 0) return [];
  const texts = notes.map((text) => text.slice(0, NOTE_LENGTH_MAX));
  const carry = (text: string): SegmentValues => (noteSegment === 'MSG' ? ['MSG', text] : ['MTX', undefined, text]);
  return [['N9', 'ZZ', 'NOTE'], ...texts.map(carry)];
}

/** PID with a free text; nothing without one. */
export function descriptionSegments(description: string | undefined): SegmentValues[] {
  return description === undefined ? [] : [['PID', 'F', undefined, undefined, undefined, description]];
}

/** CUR of the party named; nothing without a currency. */
export function currencySegments(party: 'BY' | 'SE' | 'PR', currency: string | undefined): SegmentValues[] {
  return currency === undefined ? [] : [['CUR', party, currency]];
}

/** TD5 with a SCAC, with words, or with both; nothing without either. */
export function carrierSegments(carrierCode: string | undefined, routing: string | undefined): SegmentValues[] {
  if (carrierCode === undefined && routing === undefined) return [];
  const qualifier = carrierCode === undefined ? undefined : '2';
  return [['TD5', undefined, qualifier, carrierCode, undefined, routing]];
}

/** Qualifier and number, side by side, as PO1, IT1, LIN and ACK take them; ten pairs at most. */
export function idPairs(ids: readonly ItemId[], pairsMax = 10): string[] {
  return ids.slice(0, pairsMax).flatMap(({ qualifier, value }) => [qualifier, value]);
}

/** A decimal that may be absent. */
export function optionalDecimal(value: string | undefined): string | undefined {
  return value === undefined ? undefined : plainDecimal(value);
}
