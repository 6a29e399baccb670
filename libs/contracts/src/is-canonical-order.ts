import { decimalsOf, digitsOf, isCurrency, isDecimal } from '@railhead/money';
import type { z } from 'zod';
import { quickCheckOf } from './compiled/quick-check.js';
import { CanonicalOrder } from './order.js';
import { CurrencyCode, Decimal, PositiveDecimal } from './values.js';

const DECIMALS_MAX = 10;

/** By hand where a pattern costs more than a look. */
const SHORT_WAYS = new Map<z.ZodType, (text: string) => boolean>([
  [CurrencyCode, isCurrency],
  [Decimal, isDecimal],
  [PositiveDecimal, isPositiveDecimal],
]);

function isPositiveDecimal(text: string): boolean {
  if (digitsOf(text) >= 0) return decimalsOf(text) <= DECIMALS_MAX;
  return isDecimal(text) && !text.startsWith('-');
}

/** Whether a value is a canonical order as it stands, with nothing left to fill in. On `false`, ask the schema why. */
export const isCanonicalOrder = quickCheckOf(CanonicalOrder, SHORT_WAYS) as (value: unknown) => value is CanonicalOrder;
