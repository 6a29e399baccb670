import type { SegmentValues } from '../write/segment-values.js';

/** Payment terms (ITD). */
export interface DocumentTerms {
  readonly netDays?: number;
  readonly discountPercent?: string;
  readonly discountDays?: number;
  readonly description?: string;
}

/** ITD01 14 is "previously agreed upon"; 08 offers a discount; 05 offers none. ITD02 3: days count from the invoice. */
export function termsSegments(terms: DocumentTerms | undefined): SegmentValues[] {
  if (terms === undefined) return [];
  const { netDays, discountPercent, discountDays, description } = terms;
  const type = discountPercent === undefined ? (netDays === undefined ? '14' : '05') : '08';
  const days = (count: number | undefined) => (count === undefined ? undefined : String(count));
  const head = ['ITD', type, '3', discountPercent, undefined, days(discountDays), undefined, days(netDays)] as const;
  return [[...head, undefined, undefined, undefined, undefined, description]];
}
