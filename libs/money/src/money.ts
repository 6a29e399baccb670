import Big from 'big.js';
import { currencyScale } from './currency.js';
import { big, decimalsOf, digitsOf, exact } from './decimal.js';

/** An amount: a whole number of the currency's minor unit. 12.34 USD is `{ currency: 'USD', minor: 1234 }`. */
export interface Money {
  readonly currency: string;
  readonly minor: number;
}

/** How an amount that falls between two minor units is settled. Commercial rounding is the default everywhere. */
export type Rounding = 'half-away-from-zero' | 'half-even' | 'toward-zero';

const MODES: Record<Rounding, 0 | 1 | 2> = { 'toward-zero': 0, 'half-away-from-zero': 1, 'half-even': 2 };

function safe(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`amount out of range: ${minor}`);
  return minor === 0 ? 0 : minor; // never -0
}

/** Makes an amount. @throws RangeError when `minor` is not a safe integer or the currency is unknown. */
export function money(currency: string, minor: number): Money {
  currencyScale(currency);
  return { currency, minor: safe(minor) };
}

/**
 * Extends a line: quantity × (price ÷ base quantity), rounded once to the minor unit.
 *
 * @param quantity - Decimal string in the line's unit.
 * @param price - Decimal string in major units for `baseQuantity` units; may be finer than the currency.
 * @throws RangeError when a string is not a decimal, the base is not above zero, or the result is not a safe integer.
 * @see Peppol BIS Order, rule R024
 */
export function extend(
  quantity: string,
  price: string,
  currency: string,
  { baseQuantity = '1', rounding = 'half-away-from-zero' }: { baseQuantity?: string; rounding?: Rounding } = {},
): Money {
  const scale = currencyScale(currency);
  const minor = rounding === 'half-away-from-zero' ? extendInIntegers(quantity, price, baseQuantity, scale) : undefined;
  if (minor !== undefined) return { currency, minor };
  const base = big(baseQuantity);
  if (base.lte(0)) throw new RangeError(`base quantity must be above zero: ${baseQuantity}`);
  const product = big(quantity).times(big(price)).times(new Big(10).pow(scale));
  return { currency, minor: toInteger(product.div(base), MODES[rounding]) };
}

/** Below this, twice a remainder is still a safe integer. */
const EXACT_MAX = 2 ** 52;
const DECIMALS_MAX = 10;
/** 1 to 10 to the power of 20. */
const POWERS = Array.from({ length: 21 }, (_, power) => Number(`1e${power}`));

/** The usual line in integers, where every step is exact; `undefined` where one might not be. */
function extendInIntegers(quantity: string, price: string, base: string, scale: number): number | undefined {
  const quantityDigits = digitsOf(quantity);
  const priceDigits = digitsOf(price);
  const baseDigits = base === '1' ? 1 : digitsOf(base);
  if (quantityDigits < 0 || priceDigits < 0 || baseDigits <= 0) return undefined;
  const decimals = [decimalsOf(quantity), decimalsOf(price), decimalsOf(base)] as const;
  if (decimals[0] > DECIMALS_MAX || decimals[1] > DECIMALS_MAX || decimals[2] > DECIMALS_MAX) return undefined;

  const shift = decimals[0] + decimals[1] - decimals[2] - scale;
  const dividend = quantityDigits * priceDigits * (shift < 0 ? POWERS[-shift]! : 1);
  const divisor = baseDigits * (shift > 0 ? POWERS[shift]! : 1);
  if (dividend >= EXACT_MAX || divisor >= EXACT_MAX) return undefined;
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
}

function toInteger(value: Big, mode: 0 | 1 | 2): number {
  return safe(Number(value.round(0, mode).toFixed()));
}

/** Reads an amount in major units, `'12.34'`, or what was computed, rounding to the minor unit. @throws RangeError when it is none, or out of range. */
export function parseMinor(text: string, currency: string, rounding: Rounding = 'half-away-from-zero'): Money {
  return { currency, minor: toInteger(exact(text).times(new Big(10).pow(currencyScale(currency))), MODES[rounding]) };
}

/** The amount in major units with all decimals of its currency: `'12.30'`, `'1200'` for JPY. */
export function formatMinor(amount: Money): string {
  const scale = currencyScale(amount.currency);
  const digits = Math.abs(amount.minor)
    .toString()
    .padStart(scale + 1, '0');
  const sign = amount.minor < 0 ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function sameCurrency(left: Money, right: Money): void {
  if (left.currency !== right.currency) throw new RangeError(`cannot mix ${left.currency} and ${right.currency}`);
}

/** Sum of two amounts. @throws RangeError when the currencies differ. */
export function addMoney(left: Money, right: Money): Money {
  sameCurrency(left, right);
  return { currency: left.currency, minor: safe(left.minor + right.minor) };
}

/** Difference of two amounts. @throws RangeError when the currencies differ. */
export function subtractMoney(left: Money, right: Money): Money {
  sameCurrency(left, right);
  return { currency: left.currency, minor: safe(left.minor - right.minor) };
}

/** Sum of amounts in one currency; zero of that currency for none. */
export function sumMoney(currency: string, amounts: Iterable<Money>): Money {
  let sum: Money = { currency, minor: 0 };
  for (const amount of amounts) sum = addMoney(sum, amount);
  return sum;
}
