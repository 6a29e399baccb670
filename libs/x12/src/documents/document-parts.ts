import type { SegmentValues } from '../write/segment-values.js';

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
  readonly postalCode?: string;
  readonly country?: string;
}

/** A reference, e.g. `BM` bill of lading (REF01/REF02). */
export interface DocumentReference {
  readonly qualifier: string;
  readonly value: string;
}

/** A date with what it is, e.g. `011` shipped; `on` is CCYYMMDD. */
export interface DocumentDate {
  readonly qualifier: string;
  readonly on: string;
}

/** N1 with what of N3 and N4 there is. */
export function partySegments(party: DocumentParty): SegmentValues[] {
  const { addressLines = [], city, state, postalCode, country } = party;
  const segments: SegmentValues[] = [['N1', party.role, party.name, party.idQualifier, party.id]];
  for (let n = 0; n < Math.min(addressLines.length, 4); n += 2)
    segments.push(['N3', addressLines[n], addressLines[n + 1]]);
  if (city ?? state ?? postalCode ?? country) segments.push(['N4', city, state, postalCode, country]);
  return segments;
}

export function referenceSegments(references: readonly DocumentReference[] = []): SegmentValues[] {
  return references.map(({ qualifier, value }) => ['REF', qualifier, value]);
}

export function dateSegments(dates: readonly DocumentDate[] = []): SegmentValues[] {
  return dates.map(({ qualifier, on }) => ['DTM', qualifier, on]);
}

/** Qualifier and number, side by side, as PO1, IT1, LIN and ACK take them; ten pairs at most. */
export function idPairs(ids: readonly ItemId[]): string[] {
  return ids.slice(0, 10).flatMap(({ qualifier, value }) => [qualifier, value]);
}

/** Drops trailing zeros after the point, so that `12.00` goes out as `12`. Takes decimal strings only. */
export function plainDecimal(value: string): string {
  return value.includes('.') ? value.replace(/0+$/, '').replace(/\.$/, '') : value;
}
