import { PRICE_BASES } from './codes.js';

/** For how many of the ordered unit a price is. */
export interface PriceBasis {
  /** `1` for one. */
  readonly baseQuantity: string;
  readonly isContract: boolean;
}

const DOZEN = 'DZ';

/**
 * Reads element 639.
 *
 * @param unit - In which the goods are ordered, where that is said.
 * @returns `undefined` for a code that does not say how a price is counted; in words what is wrong where the price is for
 *   another unit than the ordered one, and so gives no amount.
 */
export function priceBasisOf(code: string | undefined, unit: string | undefined): PriceBasis | string | undefined {
  const basis = PRICE_BASES[code ?? ''];
  if (basis === undefined) return undefined;
  const { per = '1', of, isContract = false } = basis;
  if (of === undefined || of === unit) return { baseQuantity: per, isContract };
  if (unit === undefined) return `a price for ${per === '1' ? 'one' : per} ${of} needs the unit of the goods`;
  if (of === DOZEN) return { baseQuantity: '12', isContract };
  return `a price for ${per === '1' ? 'one' : per} ${of} gives no amount for goods in ${unit}`;
}
