import { digitsOf, multiplyDecimals, parseMinor, shortestDecimal, type Money } from '@railhead/money';

/** Two-digit years from here on are of the last century. */
const FIRST_YEAR_OF_1900 = 70;
const SHORT = 6;
const LONG = 8;

/** A day of X12, `CCYYMMDD` or `YYMMDD`, as ISO 8601. Years of two digits are of 1970 to 2069, unless DTM05 says the century. */
export function toDay(text: string, century?: string): string {
  const full = text.length === SHORT ? (century ?? centuryOf(text)) + text : text;
  return `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6)}`;
}

const centuryOf = (text: string): string => (Number(text.slice(0, 2)) < FIRST_YEAR_OF_1900 ? '20' : '19');

/** `CCYYMMDD-CCYYMMDD`, as DTM06 has it with format RD8. */
export function toDays(text: string): readonly [string, string] | undefined {
  const [from, to, ...more] = text.split('-');
  if (from?.length !== LONG || to?.length !== LONG || more.length > 0) return undefined;
  return [toDay(from), toDay(to)];
}

/** Text that should be a number, and is none. */
export class NotANumber extends RangeError {
  override readonly name = 'NotANumber';
}

/** A number of type R, from 005010 on with an exponent. One of three digits is beyond all that we count. */
const NUMBER = /^(-?)(?=\.?\d)(\d*)(?:\.(\d*))?(?:E(-?\d{1,2}))?$/;

export const isNumber = (text: string): boolean => NUMBER.test(text);

/**
 * A number of type R in its shortest notation: `0008` is `8`, `.5` is `0.5`, `1.5E3` is `1500`.
 *
 * @throws NotANumber when it is none, RangeError when it is beyond our decimals.
 */
export function toDecimal(text: string): string {
  if (digitsOf(text) >= 0) return shortestDecimal(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole + fraction === '') throw new NotANumber('is no number');
  return multiplyDecimals(sign + moved(whole + fraction, whole.length + Number(exponent)), '1');
}

/** Digits with the point behind so many of them; before the first, where that is below zero. */
function moved(digits: string, point: number): string {
  const whole = digits.slice(0, Math.max(point, 0)).padEnd(point, '0').replace(/^0+/, '') || '0';
  const fraction = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** An amount of type N2: two decimals are implied, `1250` is 12.50. */
export function toAmount(text: string, currency: string): Money {
  return parseMinor(multiplyDecimals(toDecimal(text), '0.01'), currency);
}
