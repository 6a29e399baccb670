import { CurrencyCode, type AllowanceCharge } from '@railhead/contracts';
import { extend, isDecimal, parseMinor, percentOf, type Money } from '@railhead/money';
import { element, type Segment } from '@railhead/x12';
import type { FieldTrail } from './field-trail.js';
import { impliedHundredths, plainNumber } from './x12-values.js';

/** What a percentage or a rate is taken of. */
export interface AllowanceBase {
  readonly currency: string;
  readonly amount: Money;
  /** Decimal string; a rate without its own quantity is per unit of this. */
  readonly quantity?: string | undefined;
}

/** Sales tax written as a charge: it is no charge, it is tax. */
export const isTaxCharge = (segment: Segment): boolean => element(segment, 1) === 'C' && element(segment, 2) === 'H850';

/** Allowances and charges (SAC) that name an amount or how to compute it. The others stay among the extras. */
export function allowancesOf(segments: readonly Segment[], field: string, base: AllowanceBase, trail: FieldTrail): AllowanceCharge[] {
  const found: AllowanceCharge[] = [];
  if (!CurrencyCode.safeParse(base.currency).success) return found; // named as a fault elsewhere
  for (const segment of segments) {
    const kind = element(segment, 1);
    const amount = kind === 'A' || kind === 'C' ? amountOf(segment, base) : undefined;
    if (amount === undefined) continue;
    const at = `${field}/${found.length}`;
    trail.mark(at, segment);
    const reasonCode = trail.take(`${at}/reasonCode`, segment, 2);
    const reason = trail.take(`${at}/reason`, segment, 15)?.slice(0, 200);
    trail.take(`${at}/amount`, segment, element(segment, 5) === undefined ? 8 : 5);
    const named = reason ?? (reasonCode === undefined ? (kind === 'C' ? 'charge' : 'allowance') : undefined);
    found.push({ isCharge: kind === 'C', ...(reasonCode !== undefined && { reasonCode }), ...(named !== undefined && { reason: named }), amount });
  }
  return found;
}

/** SAC05 is an amount, SAC07 a percentage, SAC08 a rate for each unit. Never negative: SAC01 gives the sign. */
export function amountOf(segment: Segment, base: AllowanceBase): Money | undefined {
  const stated = impliedHundredths(element(segment, 5));
  if (stated !== undefined) return parseMinor(stated.replace('-', ''), base.currency);
  const percent = plainNumber(element(segment, 7));
  if (percent !== undefined && isDecimal(percent))
    return { currency: base.currency, minor: parseMinor(percentOf(String(base.amount.minor), percent), 'JPY').minor }; // JPY: minor units already
  const rate = plainNumber(element(segment, 8));
  const quantity = plainNumber(element(segment, 10)) ?? base.quantity;
  if (rate === undefined || quantity === undefined || !isDecimal(rate) || !isDecimal(quantity)) return undefined;
  return extend(quantity, rate, base.currency);
}
