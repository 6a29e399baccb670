import type { LineAnswer, OrderChanged, ValidatedLine } from '@railhead/contracts';
import { compareDecimals, extend, subtractDecimals } from '@railhead/money';
import { z } from 'zod';
import type { ResolvedLine } from './resolve-products.js';

/** What a line of an order comes to: which of our goods, how many, at what price. */
export const LineTerms = z
  .strictObject({
    lineId: z.string(),
    buyerLineId: z.string().optional(),
    sku: z.string(),
    /** Decimal string; 0 for a line that is gone. */
    quantity: z.string(),
    unitCode: z.string(),
    /** Major units for `baseQuantity` units. */
    amount: z.string(),
    baseQuantity: z.string().optional(),
  })
  .meta({ id: 'LineTerms' });
export type LineTerms = z.infer<typeof LineTerms>;

export function termsOf({ line, product }: ResolvedLine): LineTerms {
  const { lineId, buyerLineId, quantity, price } = line;
  return {
    lineId,
    ...(buyerLineId !== undefined && { buyerLineId }),
    sku: product.sku,
    quantity: quantity.value,
    unitCode: quantity.unitCode,
    amount: price.amount,
    ...(price.baseQuantity !== undefined && { baseQuantity: price.baseQuantity }),
  };
}

/** Whether nothing of an order is wanted any more. */
export function isNothingLeft(lines: readonly LineTerms[]): boolean {
  return lines.every(({ quantity }) => compareDecimals(quantity, '0') === 0);
}

/** What lines cost in minor units, without tax and without allowances. */
export function worthOf(lines: readonly LineTerms[], currency: string): number {
  return lines.reduce(
    (sum, { quantity, amount, baseQuantity = '1' }) => sum + extend(quantity, amount, currency, { baseQuantity }).minor,
    0,
  );
}

/** Lines without what was cancelled of them. */
export function withoutCancelled(
  lines: readonly LineTerms[],
  cancelled: readonly { readonly lineId: string; readonly quantity: string }[],
): LineTerms[] {
  const less = new Map(cancelled.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines.map((line) => {
    const left = subtractDecimals(line.quantity, less.get(line.lineId) ?? '0');
    return { ...line, quantity: compareDecimals(left, '0') > 0 ? left : '0' };
  });
}

/**
 * Lines with those that a change made of them; lines it added stand at the end. A known line has another price only where
 * the change is about that: told whole, it names the price of an earlier change too, which may have been refused meanwhile.
 */
export function withChanges(before: readonly LineTerms[], { lines: changed, answers }: Changed): LineTerms[] {
  const lines = new Map(before.map((line) => [line.lineId, line]));
  const repriced = new Set(answers.filter(isRepriced).map(({ lineId }) => lineId));
  for (const line of changed) {
    const known = lines.get(line.lineId);
    const isPriced = known === undefined || repriced.has(line.lineId);
    lines.set(line.lineId, isPriced ? lineAsTold(line) : { ...known, quantity: line.quantity });
  }
  return [...lines.values()];
}

type Changed = Pick<OrderChanged['data'], 'lines' | 'answers'>;

const isRepriced = ({ action, accepted }: LineAnswer): boolean => accepted && action === 'price';

function lineAsTold(line: ValidatedLine): LineTerms {
  const { lineId, buyerLineId, sku, quantity, unitCode, unitPrice, baseQuantity } = line;
  return {
    ...{ lineId, sku, quantity, unitCode, amount: unitPrice },
    ...(buyerLineId !== undefined && { buyerLineId }),
    ...(baseQuantity !== undefined && { baseQuantity }),
  };
}
