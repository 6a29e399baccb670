import { divideDecimals } from '@railhead/money';

/** A price as our stages have it: major units for `baseQuantity` units; absent: for one. */
interface Priced {
  readonly unitPrice: string;
  readonly baseQuantity?: string | undefined;
}

/** Element 639 of a price for so many. */
const CODES: Readonly<Record<string, string>> = {
  '10': 'PN',
  '12': 'PD',
  '100': 'HP',
  '1000': 'TP',
  '10000': 'TT',
  '100000': 'HT',
};

/** A price as the buyer stated it: for a hundred where it was for a hundred. */
export function toldPrice({ unitPrice, baseQuantity = '1' }: Priced): { unitPrice: string; priceBasis?: string } {
  const priceBasis = CODES[baseQuantity];
  return priceBasis === undefined ? { unitPrice: priceOfOne({ unitPrice, baseQuantity }) } : { unitPrice, priceBasis };
}

/** The price of one, to ten decimals. */
export function priceOfOne({ unitPrice, baseQuantity = '1' }: Priced): string {
  return baseQuantity === '1' ? unitPrice : divideDecimals(unitPrice, baseQuantity);
}
