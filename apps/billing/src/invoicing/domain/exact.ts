/** Decimal strings carry at most ten decimals: on this scale each of them is a whole number. */
const SCALE = 10n ** 10n;
const PERCENT = 100n;

/** A plain decimal as a whole number of ten-billionths. */
function scaled(text: string): bigint {
  const [whole = '0', decimals = ''] = text.replace('-', '').split('.');
  const magnitude = BigInt(whole) * SCALE + BigInt(decimals.padEnd(10, '0'));
  return text.startsWith('-') ? -magnitude : magnitude;
}

/** numerator ÷ denominator, rounded half away from zero. @throws RangeError when the result is not a safe integer. */
function rounded(numerator: bigint, denominator: bigint): number {
  const negative = numerator < 0n;
  const quotient = (2n * (negative ? -numerator : numerator) + denominator) / (2n * denominator);
  const result = Number(quotient);
  if (!Number.isSafeInteger(result)) throw new RangeError(`amount out of range: ${quotient}`);
  return negative && result !== 0 ? -result : result;
}

/** What `part` of `whole` is of an amount: `amountMinor` × part ÷ whole, rounded once. Zero of a whole that is zero. */
export function shareOf(amountMinor: number, part: string, whole: string): number {
  const total = scaled(whole);
  return total === 0n ? 0 : rounded(BigInt(amountMinor) * scaled(part), total);
}

/** `percent` per cent of an amount in minor units, rounded once. */
export function percentOfMinor(amountMinor: number, percent: string): number {
  return rounded(BigInt(amountMinor) * scaled(percent), PERCENT * SCALE);
}

/** What an adjusted line costs. */
export interface AdjustedPrice {
  /** Major units for `baseQuantity` units. */
  readonly unitPrice: string;
  readonly baseQuantity: string;
  /** The quantity that `adjustmentMinor` stands for. */
  readonly ordered: string;
  readonly adjustmentMinor: number;
  /** Minor digits of the currency. */
  readonly currencyDigits: number;
}

/**
 * quantity × (price ÷ base + adjustment ÷ ordered), rounded once. Two roundings would let the amount of a growing
 * quantity step back by a cent. Zero when nothing is ordered.
 */
export function extendAdjusted(quantity: string, price: AdjustedPrice): number {
  const base = scaled(price.baseQuantity);
  const ordered = scaled(price.ordered);
  if (ordered === 0n) return 0;
  const goods = scaled(price.unitPrice) * ordered * 10n ** BigInt(price.currencyDigits);
  const adjustment = BigInt(price.adjustmentMinor) * base * SCALE;
  return rounded(scaled(quantity) * (goods + adjustment), base * ordered * SCALE);
}

/** Splits an amount over weights so that the parts add up to it exactly; all of it to the first when no weight counts. */
export function spread(amountMinor: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (whole === 0) return weights.map((_, index) => (index === 0 ? amountMinor : 0));
  let reached = 0;
  let given = 0;
  return weights.map((weight) => {
    reached += weight;
    const upToHere = shareOf(amountMinor, String(reached), String(whole));
    const part = upToHere - given;
    given = upToHere;
    return part;
  });
}
