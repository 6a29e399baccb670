import type { AllowanceCharge, CanonicalOrder } from '@railhead/contracts';
import { compareDecimals, formatMinor, percentOf } from '@railhead/money';

type Priced = Pick<CanonicalOrder, 'allowanceCharges' | 'lines' | 'totals' | 'currency'>;

/**
 * Why what a buyer takes off an order, in its head and its lines, cannot stand without a person, in words.
 *
 * @param percentMax - So much of the goods is agreed. Absent: all of them.
 * @returns `undefined` when it is within what is agreed.
 */
export function allowanceObjection(order: Priced, percentMax: string | null | undefined): string | undefined {
  if (percentMax == null) return undefined;
  const { lines, totals, currency } = order;
  const ofLines = lines.flatMap(({ allowanceCharges }) => allowanceCharges);
  // The extension of a line is what its goods cost, less its allowances and with its charges.
  const goods = totals.lineExtension.minor + sumOf(ofLines, false) - sumOf(ofLines, true);
  const taken = sumOf(order.allowanceCharges, false) + sumOf(ofLines, false);
  if (compareDecimals(String(taken), percentOf(String(goods), percentMax)) <= 0) return undefined;
  const [less, worth] = [taken, goods].map((minor) => `${formatMinor({ currency, minor })} ${currency}`);
  return `allowances of ${less} on goods of ${worth}; at most ${percentMax} % are agreed`;
}

function sumOf(items: readonly AllowanceCharge[], areCharges: boolean): number {
  return items.reduce((sum, { isCharge, amount }) => (isCharge === areCharges ? sum + amount.minor : sum), 0);
}
