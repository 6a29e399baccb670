const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;

/**
 * Digits of a number in `text[from, to)`: a leading minus and, for type R, one decimal point do not count. -1 when it is
 * not a number. No plus sign, no thousands separators; an exponent asks for {@link exponentialLength}.
 */
export function numericLength(text: string, from: number, to: number, mayHavePoint: boolean): number {
  let digits = 0;
  let points = 0;
  for (let i = text.charCodeAt(from) === MINUS ? from + 1 : from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code >= ZERO && code <= NINE) digits += 1;
    else if (code === POINT && mayHavePoint && points === 0) points = 1;
    else return -1;
  }
  return digits === 0 ? -1 : digits;
}

/** Each digit can stand in one place only: a million of them with a letter behind are judged at once. */
const EXPONENTIAL = /^-?(?:\d+(?:\.\d*)?|\.\d+)E-?\d+$/;

/** Digits of a number with an exponent in `text[from, to)`, `1.5E3` or `15E-1`; the digits of both count. -1 when it is none. */
export function exponentialLength(text: string, from: number, to: number): number {
  const number = text.slice(from, to);
  return EXPONENTIAL.test(number) ? number.replace(/\D/g, '').length : -1;
}
