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

/** A number of type R in its shortest notation: `0008` is `8`, `.5` is `0.5`. @throws NotANumber when it is none, RangeError when it is beyond our decimals. */
export function toDecimal(text: string): string {
  if (digitsOf(text) >= 0) return shortestDecimal(text);
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(?=\.?\d)(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (whole + fraction === '') throw new NotANumber('is no number');
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  return multiplyDecimals(`${sign}${digits}${fraction === '' ? '' : `.${fraction}`}`, '1');
}

/** An amount of type N2: two decimals are implied, `1250` is 12.50. */
export function toAmount(text: string, currency: string): Money {
  return parseMinor(multiplyDecimals(toDecimal(text), '0.01'), currency);
}
