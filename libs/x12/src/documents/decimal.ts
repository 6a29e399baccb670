/** Each digit can stand in one place only: zeros without end and a letter behind them are judged at once. */
const DECIMAL = /^(-?)(\d*)(?:\.(\d*))?$/;

/**
 * The shortest way to write a decimal string: `012.00` is `12`, `.50` is `0.5`.
 *
 * @throws RangeError for what is no decimal string: X12 has no plus sign, no exponent and no thousands separator.
 */
export function plainDecimal(value: string): string {
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(value) ?? [];
  if (!/\d/.test(value) || !DECIMAL.test(value)) throw new RangeError('a quantity or price must be a decimal string');
  const decimals = withoutZerosBehind(fraction);
  const digits = `${whole.replace(/^0+/, '') || '0'}${decimals === '' ? '' : `.${decimals}`}`;
  return digits === '0' ? '0' : sign + digits;
}

function withoutZerosBehind(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

/**
 * Adds decimal strings exactly.
 *
 * @throws RangeError when one of them is no decimal string.
 */
export function sumOfDecimals(values: readonly string[]): string {
  const plain = values.map(plainDecimal);
  const scale = plain.reduce((most, value) => Math.max(most, (value.split('.')[1] ?? '').length), 0);
  const sum = plain.reduce((total, value) => total + scaled(value, scale), 0n);
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0');
  const cut = digits.length - scale;
  return plainDecimal(`${sum < 0n ? '-' : ''}${digits.slice(0, cut)}.${digits.slice(cut)}`);
}

function scaled(value: string, scale: number): bigint {
  const [whole = '', fraction = ''] = value.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

/**
 * An element of type N2: hundredths as they are, the point left out; 5401.80 goes out as `540180`.
 *
 * @throws RangeError when it is not a safe integer.
 */
export function impliedHundredths(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths)) throw new RangeError('an amount must be a safe integer of hundredths');
  return String(hundredths);
}
