import { CurrencyCode, type DraftLine, type OrderDraft } from '@railhead/contracts';
import { addMoney, extend, isDecimal, parseMinor, sumMoney, type Money } from '@railhead/money';
import { element, type Segment } from '@railhead/x12';
import { isTaxCharge } from './allowance-mapper.js';
import type { FieldTrail } from './field-trail.js';
import { impliedHundredths, plainNumber } from './x12-values.js';

/** What the lines come to, for percentages of the whole order. Zero where a number is bad: it is named as a fault. */
export function goodsValueOf(lines: readonly DraftLine[], currency: string): Money {
  const zero = { currency, minor: 0 };
  if (!CurrencyCode.safeParse(currency).success) return zero;
  const computable = lines.filter(({ quantity, price }) => isDecimal(quantity.value) && isDecimal(price.amount));
  return computable.reduce((sum, { quantity, price, allowanceCharges = [] }) => {
    const goods = extend(quantity.value, price.amount, currency, { baseQuantity: price.baseQuantity ?? '1' });
    const net = allowanceCharges.reduce((total, item) => total + (item.isCharge ? item.amount.minor : -item.amount.minor), 0);
    return addMoney(addMoney(sum, goods), { currency, minor: net });
  }, zero);
}

/** Tax that the buyer states for the whole order: TXI02, or a SAC that is a tax. Undefined: it follows from the lines. */
export function taxOf(head: readonly Segment[], currency: string, trail: FieldTrail): Money | undefined {
  if (!CurrencyCode.safeParse(currency).success) return undefined;
  const stated = head.flatMap((segment) => {
    if (segment.id === 'TXI') return plainNumber(trail.take('/totals/tax', segment, 2)) ?? [];
    if (segment.id === 'SAC' && isTaxCharge(segment)) return impliedHundredths(trail.take('/totals/tax', segment, 5)) ?? [];
    return [];
  });
  const amounts = stated.filter((amount) => isDecimal(amount)).map((amount) => parseMinor(amount, currency));
  return amounts.length === 0 ? undefined : sumMoney(currency, amounts);
}

/** CTT and AMT*TT: what the buyer counted and summed up. */
export function controlTotalsOf(segments: readonly Segment[], trail: FieldTrail): OrderDraft['controlTotals'] {
  const ctt = segments.find(({ id }) => id === 'CTT');
  const total = segments.findLast((segment) => segment.id === 'AMT' && ['TT', '1'].includes(element(segment, 1) ?? ''));
  if (ctt === undefined && total === undefined) return undefined;
  const count = trail.take('/controlTotals/lineCount', ctt, 1);
  const hashTotal = plainNumber(trail.take('/controlTotals/hashTotal', ctt, 2));
  const amount = plainNumber(trail.take('/controlTotals/amount', total, 2));
  return {
    ...(count !== undefined && /^\d{1,9}$/.test(count) && { lineCount: Number(count) }),
    ...(hashTotal !== undefined && { hashTotal }),
    ...(amount !== undefined && { amount }),
  };
}
