import { addDecimals, currencyScale, extend, parseMinor, sumMoney, type Money } from '@railhead/money';

const PRICE_DECIMALS = 10;

/** A line as the shop states it. All amounts in major units; `price` is of one unit, before discounts. */
export interface StatedLine {
  readonly quantity: string;
  /** The quantity that `discounts` and `taxes` are of: more than `quantity`, where some of it was taken off again. */
  readonly ordered: string;
  readonly price: string;
  readonly discounts: readonly string[];
  readonly taxes: readonly string[];
  /** Whether `price` and `discounts` contain the taxes. */
  readonly taxesIncluded: boolean;
  readonly currency: string;
}

export interface NetLine {
  /** Of one unit, without tax; decimal string, up to ten decimals. */
  readonly unitPrice: string;
  /** Without tax, not below zero for any sane input. */
  readonly discount: Money;
}

/** Sum of amounts in major units, each a whole number of minor units. @throws RangeError as `parseMinor`. */
export function sumOf(currency: string, amounts: readonly string[]): Money {
  return sumMoney(
    currency,
    amounts.map((amount) => parseMinor(amount, currency)),
  );
}

/**
 * A line without tax, such that quantity × price − discount is to the cent what the shop charges without tax.
 *
 * With tax in the prices, the tax is taken out of the line as the shop computed it (not anew from the rate: it rounded
 * already), and the discount keeps its share of the line.
 *
 * @throws RangeError when a text is not a decimal or the quantity is zero.
 */
export function netLine(stated: StatedLine): NetLine {
  const { currency, quantity, price } = stated;
  const discount = partOf(stated, stated.discounts);
  if (!stated.taxesIncluded) return { unitPrice: addDecimals(price), discount };
  const charged = extend(quantity, price, currency).minor - discount.minor;
  const net = charged - partOf(stated, stated.taxes).minor;
  const netDiscount =
    charged <= 0 ? discount.minor : Number(rounded(BigInt(discount.minor) * BigInt(net), BigInt(charged)));
  return { unitPrice: unitPriceOf(net + netDiscount, quantity, currency), discount: { currency, minor: netDiscount } };
}

/** The share of amounts that falls on what is left of a line. */
function partOf({ quantity, ordered, currency }: StatedLine, amounts: readonly string[]): Money {
  const whole = sumOf(currency, amounts);
  if (quantity === ordered) return whole;
  return { currency, minor: Number(rounded(BigInt(whole.minor) * BigInt(quantity), BigInt(ordered))) };
}

/** An amount divided by a whole quantity, with so many decimals that multiplying back gives the amount. */
function unitPriceOf(minor: number, quantity: string, currency: string): string {
  const shift = 10n ** BigInt(PRICE_DECIMALS - currencyScale(currency));
  const scaled = rounded(BigInt(Math.abs(minor)) * shift, BigInt(quantity));
  const digits = scaled.toString().padStart(PRICE_DECIMALS + 1, '0');
  return addDecimals(`${minor < 0 ? '-' : ''}${digits.slice(0, -PRICE_DECIMALS)}.${digits.slice(-PRICE_DECIMALS)}`);
}

/** Half away from zero; the divisor is above zero. */
function rounded(dividend: bigint, divisor: bigint): bigint {
  const size = (2n * (dividend < 0n ? -dividend : dividend) + divisor) / (2n * divisor);
  return dividend < 0n ? -size : size;
}
