import type { SegmentValues } from '../write/segment-values.js';
import { plainDecimal, sumOfDecimals } from './decimal.js';
import { idPairs, type DocumentDate, type ItemId } from './document-parts.js';

/**
 * ACK01, what becomes of a line: IA accepted, IB back-ordered, IC accepted with changes, ID deleted, IP accepted with
 * another price, IQ accepted with another quantity, IR rejected, IS substituted, BP partly shipped and the rest
 * back-ordered, DR accepted with another date.
 */
export type LineStatus = 'IA' | 'IB' | 'IC' | 'ID' | 'IP' | 'IQ' | 'IR' | 'IS' | 'BP' | 'DR';

/** What becomes of a line, or of a part of it (ACK). */
export interface LineOutcome {
  readonly status: LineStatus;
  /** Decimal string. Only together with `unit`. */
  readonly quantity?: string;
  readonly unit?: string;
  /** ACK04/05, e.g. `068` current schedule ship. */
  readonly date?: DocumentDate;
  /** Numbers of what comes instead (status IS); they stand from ACK07 on. */
  readonly ids?: readonly ItemId[];
}

/**
 * The ACK segments of a line.
 *
 * @param ordered - How many the line was for. Where every outcome has a quantity in this unit, they add up to it.
 * @throws RangeError when they do not: part of the line would have no answer.
 */
export function outcomeSegments(
  outcomes: readonly LineOutcome[],
  ordered: { readonly quantity: string; readonly unit: string },
): SegmentValues[] {
  const counted = outcomes.flatMap(({ quantity, unit }) =>
    quantity === undefined || unit !== ordered.unit ? [] : [quantity],
  );
  const isComplete = outcomes.length > 0 && counted.length === outcomes.length;
  if (isComplete && sumOfDecimals(counted) !== plainDecimal(ordered.quantity))
    throw new RangeError('the outcomes of a line must add up to its quantity');
  return outcomes.map(outcomeSegment);
}

/** Quantity and unit, date and its qualifier: each pair together or not at all (P0203 P0405). */
function outcomeSegment({ status, quantity, unit, date, ids = [] }: LineOutcome): SegmentValues {
  const amount = quantity === undefined || unit === undefined ? [undefined, undefined] : [plainDecimal(quantity), unit];
  return ['ACK', status, ...amount, date?.qualifier, date?.on, undefined, ...idPairs(ids)];
}
