import Big from 'big.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;
/** What exact sums and products of decimals look like: as a decimal, with more digits. */
const RESULT = /^-?\d{1,60}(\.\d{1,60})?$/;
const ZERO = 48;
const NINE = 57;
const DOT = 46;
const MINUS = 45;
/** So many decimals a decimal string may have. */
const DECIMALS_MAX = 10;
/** So many digits always fit into a safe integer. */
const SAFE_DIGITS = 15;

/** A decimal not below zero as its digits, without the dot: `'12.50'` is 1250. -1 when it is none, or has more digits than are safe. */
export function digitsOf(text: string): number {
  let digits = 0;
  let dots = 0;
  const { length } = text;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= ZERO && code <= NINE) digits = digits * 10 + code - ZERO;
    else if (code === DOT && dots === 0 && at > 0 && at < length - 1) dots = 1;
    else return -1;
  }
  return length === 0 || length - dots > SAFE_DIGITS ? -1 : digits;
}

/** How many decimals a decimal string has. */
export function decimalsOf(text: string): number {
  const dot = text.indexOf('.');
  return dot < 0 ? 0 : text.length - dot - 1;
}

/** A whole number, below zero or not, or NaN. */
function wholeOf(text: string): number {
  const isBelowZero = text.charCodeAt(0) === MINUS;
  const digits = digitsOf(isBelowZero ? text.slice(1) : text);
  if (digits < 0 || decimalsOf(text) > 0) return Number.NaN;
  return isBelowZero ? -digits : digits;
}

/** Whether a string is a plain decimal: up to 15 digits, up to 10 decimals, no exponent, no plus, no separators. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** Reads a decimal string. @throws RangeError naming the text when it is not one. */
export function big(text: string): Big {
  if (!isDecimal(text)) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Big(text);
}

/** Reads a decimal string, or what was computed from some: a result can be computed with again. @throws RangeError as {@link big}. */
export function exact(text: string): Big {
  if (!RESULT.test(text)) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Big(text);
}

/** The shortest plain notation of a number: no exponent, no trailing zeros. */
function plain(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed();
}

/** Exact sum of decimal strings. Whole numbers, the usual quantities, take a short way. */
export function addDecimals(...values: readonly string[]): string {
  let whole = 0;
  for (const value of values) whole = Number.isSafeInteger(whole) ? whole + wholeOf(value) : Number.NaN;
  if (Number.isSafeInteger(whole)) return String(whole === 0 ? 0 : whole);
  return plain(values.reduce((sum, value) => sum.plus(exact(value)), new Big(0)));
}

/** Exact difference of two decimal strings. */
export function subtractDecimals(left: string, right: string): string {
  const whole = wholeOf(left) - wholeOf(right);
  if (Number.isSafeInteger(whole)) return String(whole === 0 ? 0 : whole);
  return plain(exact(left).minus(exact(right)));
}

/** Exact product of two decimal strings. */
export function multiplyDecimals(left: string, right: string): string {
  return plain(exact(left).times(exact(right)));
}

/** A decimal divided by another, to ten decimals: `divideDecimals('1', '12')` is `'0.0833333333'`. @throws RangeError for a division by zero. */
export function divideDecimals(left: string, right: string): string {
  const divisor = exact(right);
  if (divisor.eq(0)) throw new RangeError('nothing can be divided by zero');
  return plain(exact(left).div(divisor).round(DECIMALS_MAX));
}

/** `percent` per cent of a decimal, exact: `percentOf('200', '2.5')` is `'5'`. */
export function percentOf(base: string, percent: string): string {
  return plain(exact(base).times(exact(percent)).times('0.01'));
}

/** -1, 0 or 1, like a sort comparator; `'1.0'` equals `'1'`. */
export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  const whole = wholeOf(left) - wholeOf(right);
  if (!Number.isNaN(whole)) return whole === 0 ? 0 : whole < 0 ? -1 : 1;
  return exact(left).cmp(exact(right));
}

/** The shortest notation of the same number: `'12.50'` is `'12.5'`, `'0008'` is `'8'`. Other text comes back unchanged. */
export function shortestDecimal(text: string): string {
  if (isShortest(text)) return text;
  if (typeof text !== 'string' || !DECIMAL.test(text)) return text; // the schemas say what is wrong with it
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const plainText = fraction === '' ? whole : `${whole}.${fraction}`;
  return plainText === '0' ? '0' : sign + plainText;
}

/** Nothing to take away: the usual case, and cheap to see. */
function isShortest(text: string): boolean {
  if (typeof text !== 'string' || digitsOf(text) < 0) return false;
  const isPadded = text.length > 1 && text.charCodeAt(0) === ZERO && text.charCodeAt(1) !== DOT;
  return !isPadded && (decimalsOf(text) === 0 || text.charCodeAt(text.length - 1) !== ZERO);
}
