import { multiplyDecimals, parseMinor, type Money } from '@railhead/money';

/** A day of X12, `CCYYMMDD` or `YYMMDD`, as ISO 8601. Years of two digits are of this century, unless DTM05 says another. */
export function toDay(text: string, century = '20'): string {
  const full = text.length === 6 ? century + text : text;
  return `${full.slice(0, 4)}-${full.slice(4, 6)}-${full.slice(6, 8)}`;
}

/** A number of type R in its shortest notation: `0008` is `8`, `.5` is `0.5`. @throws RangeError when it is none, or beyond our decimals. */
export function toDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(?=\.?\d)(\d*)\.?(\d*)$/.exec(text) ?? [];
  if (whole + fraction === '') throw new RangeError('not a number of X12');
  return multiplyDecimals(
    `${sign}${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`,
    '1',
  );
}

/** An amount of type N2: two decimals are implied, `1250` is 12.50. */
export function toAmount(text: string, currency: string): Money {
  return parseMinor(multiplyDecimals(toDecimal(text), '0.01'), currency);
}
