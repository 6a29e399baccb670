import Big from 'big.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;
const WHOLE = /^-?\d{1,15}$/;

/** Whether a string is a plain decimal: up to 15 digits, up to 10 decimals, no exponent, no plus, no separators. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** Reads a decimal string. @throws RangeError naming the text when it is not one. */
export function big(text: string): Big {
  if (!isDecimal(text)) throw new RangeError(`not a decimal: ${JSON.stringify(text)}`);
  return new Big(text);
}

/** The shortest plain notation of a number: no exponent, no trailing zeros. */
function plain(value: Big): string {
  return value.eq(0) ? '0' : value.toFixed();
}

/** Exact sum of decimal strings. Whole numbers, the usual quantities, take a short way. */
export function addDecimals(...values: readonly string[]): string {
  if (values.every((value) => WHOLE.test(value)))
    return values.reduce((sum, value) => sum + BigInt(value), 0n).toString();
  return plain(values.reduce((sum, value) => sum.plus(big(value)), new Big(0)));
}

/** Exact difference of two decimal strings. */
export function subtractDecimals(left: string, right: string): string {
  if (WHOLE.test(left) && WHOLE.test(right)) return (BigInt(left) - BigInt(right)).toString();
  return plain(big(left).minus(big(right)));
}

/** Exact product of two decimal strings. */
export function multiplyDecimals(left: string, right: string): string {
  return plain(big(left).times(big(right)));
}

/** `percent` per cent of a decimal, exact: `percentOf('200', '2.5')` is `'5'`. */
export function percentOf(base: string, percent: string): string {
  return plain(big(base).times(big(percent)).times('0.01'));
}

/** -1, 0 or 1, like a sort comparator; `'1.0'` equals `'1'`. */
export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  if (WHOLE.test(left) && WHOLE.test(right)) return Math.sign(Number(left) - Number(right)) as -1 | 0 | 1;
  return big(left).cmp(big(right));
}

/** The shortest notation of the same number: `'12.50'` is `'12.5'`, `'0008'` is `'8'`. Other text comes back unchanged. */
export function shortestDecimal(text: string): string {
  if (typeof text !== 'string' || !DECIMAL.test(text)) return text; // the schemas say what is wrong with it
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d*?)0*)?$/.exec(text) ?? [];
  const plainText = fraction === '' ? whole : `${whole}.${fraction}`;
  return plainText === '0' ? '0' : sign + plainText;
}
