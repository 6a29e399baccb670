import { compareDecimals, multiplyDecimals, percentOf, subtractDecimals } from '@railhead/money';
import type { OrderFacts } from './facts.js';

/** What is asked for a product. */
interface AskedPrice {
  readonly sku: string;
  /** Major units for `baseQuantity` units. */
  readonly amount: string;
  readonly baseQuantity?: string | undefined;
}

/** Why a price cannot stand without a person, in words; `undefined` when it is within the customer's tolerance of ours. */
export function priceObjection(name: string, asked: AskedPrice, facts: OrderFacts): string | undefined {
  const list = facts.priceOf(asked.sku);
  if (list === undefined) return `${name} has no price in this currency`;
  // price / base against list / base, multiplied out: no division, no rounding
  const theirs = multiplyDecimals(asked.amount, list.baseQuantity);
  const ours = multiplyDecimals(list.amount, asked.baseQuantity ?? '1');
  const difference = subtractDecimals(theirs, ours).replace(/^-/, '');
  const tolerance = facts.customer?.priceTolerancePercent ?? '0';
  if (compareDecimals(difference, percentOf(ours, tolerance)) <= 0) return undefined;
  return `${name} at ${asked.amount}, our price is ${list.amount}`;
}
