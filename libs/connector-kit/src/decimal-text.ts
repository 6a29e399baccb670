const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;
const DECIMALS_MAX = 10;

/**
 * A JSON number's text as a plain decimal: `12.0` is `12`, `5.0E-4` is `0.0005`, and the noise of binary fractions
 * (`0.30000000000000004`) goes when it is rounded to ten decimals. What is no number is left as it is; the schema names it.
 */
export function decimalOf(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  if (whole === '') return text;
  const scaled = scale(BigInt(whole + fraction), Number(exponent) - fraction.length + DECIMALS_MAX);
  const digits = scaled.toString().padStart(DECIMALS_MAX + 1, '0');
  const decimals = digits.slice(-DECIMALS_MAX).replace(/0+$/, '');
  const plain = digits.slice(0, -DECIMALS_MAX) + (decimals === '' ? '' : `.${decimals}`);
  return plain === '0' ? '0' : sign + plain;
}

/** Times a power of ten, rounded half up. */
function scale(value: bigint, power: number): bigint {
  if (power >= 0) return value * 10n ** BigInt(power);
  const divisor = 10n ** BigInt(-power);
  return (value * 2n + divisor) / (divisor * 2n);
}
