import type { SegmentValues } from '../write/segment-values.js';
import { impliedHundredths, plainDecimal } from './decimal.js';
import { optionalDecimal } from './document-parts.js';

/** An allowance or charge (SAC), for a whole document or for one line. */
export interface DocumentCharge {
  readonly kind: 'allowance' | 'charge';
  /** SAC02, e.g. `D240` freight. */
  readonly code: string;
  /** Hundredths of the currency: SAC05 is a number with two implied decimals. */
  readonly amountHundredths?: number;
  /** SAC07, of the gross amount (SAC06 `3`): a decimal string such as `2.5`. */
  readonly percent?: string;
  /** SAC08 for each unit: a decimal string in major units. */
  readonly rate?: string;
  /** SAC10 and SAC09: of how many. */
  readonly quantity?: string;
  readonly unit?: string;
  /** SAC12, e.g. `02` off the invoice, `06` paid by the customer. */
  readonly handling?: string;
  readonly description?: string;
}

/** A tax (TXI). */
export interface DocumentTax {
  /** TXI01, e.g. `ST` state sales tax. */
  readonly type: string;
  /** Decimal string in major units. */
  readonly amount: string;
  /** Decimal string, e.g. `7.25`. */
  readonly percent?: string;
}

/** @throws RangeError when an amount is not a safe integer or a rate no decimal string. */
export function chargeSegments(charges: readonly DocumentCharge[] = []): SegmentValues[] {
  return charges.map((charge) => {
    const { kind, code, amountHundredths, percent, rate, quantity, unit, handling, description } = charge;
    const amount = amountHundredths === undefined ? undefined : impliedHundredths(amountHundredths);
    const ofPrice = percent === undefined ? [undefined, undefined] : ['3', plainDecimal(percent)];
    const ofHowMany = quantity === undefined ? [undefined, undefined] : [unit, plainDecimal(quantity)];
    const head = ['SAC', kind === 'charge' ? 'C' : 'A', code, undefined, undefined, amount] as const;
    const tail = [undefined, handling, undefined, undefined, description];
    return [...head, ...ofPrice, optionalDecimal(rate), ...ofHowMany, ...tail];
  });
}

/** @throws RangeError when an amount is no decimal string. */
export function taxSegments(taxes: readonly DocumentTax[] = []): SegmentValues[] {
  return taxes.map(({ type, amount, percent }) => ['TXI', type, plainDecimal(amount), optionalDecimal(percent)]);
}
