import { repricedLines, type OrderChanged } from '@railhead/contracts';
import { rateBeside } from '@railhead/money';
import type { BillableLine, BillableOrder } from './billable-order.js';
import { percentOfMinor, shareOf } from './exact.js';
import { netUpTo } from './line-amounts.js';

/**
 * What can be invoiced of an order after a change. A line keeps its allowances and its rate of tax; where only an amount of
 * tax was stated, the line's new amount bears the same share. A line that is added is taxed as those beside it. What was
 * invoiced before stays as it was.
 */
export function changeBillable(order: BillableOrder, { lines, answers }: Changed): BillableOrder {
  const changed = new Map(lines.map((line) => [line.lineId, line]));
  const repriced = repricedLines(answers);
  const known = new Set(order.lines.map(({ lineId }) => lineId));
  const added = lines.filter(({ lineId }) => !known.has(lineId));
  return {
    ...order,
    lines: [
      ...order.lines.map((line) => {
        const wanted = changed.get(line.lineId);
        return wanted === undefined
          ? line
          : taxed(merged(line, wanted, repriced.has(line.lineId)), line, order.currency);
      }),
      ...added.map((line) => addedTo(order, line)),
    ],
  };
}

type Changed = Pick<OrderChanged['data'], 'lines' | 'answers'>;

/** A line that is gone has no allowance either. */
function merged(
  line: BillableLine,
  { quantity, unitPrice, baseQuantity }: Changed['lines'][number],
  isPriced: boolean,
): BillableLine {
  const isGone = Number(quantity) === 0;
  return { ...line, quantity, ...(isPriced && { unitPrice, baseQuantity }), ...(isGone && { adjustmentMinor: 0 }) };
}

/** Taxed as the lines beside it: at their rate, not at all, or with the same share where only an amount was stated. */
function addedTo({ lines, currency }: BillableOrder, told: Changed['lines'][number]): BillableLine {
  const rates = lines.map(({ taxPercent }) => taxPercent);
  const line = { ...told, taxPercent: rateBeside(rates, told.taxPercent), adjustmentMinor: 0, taxMinor: 0 };
  const areWithoutRate = rates.every((rate) => rate === undefined);
  return { ...line, taxMinor: areWithoutRate ? shareBeside(lines, line, currency) : ownTaxOf(line, currency) };
}

function shareBeside(others: readonly BillableLine[], line: BillableLine, currency: string): number {
  const nets = others.reduce((sum, one) => sum + netUpTo(one, one.quantity, currency), 0);
  const taxes = others.reduce((sum, { taxMinor }) => sum + taxMinor, 0);
  return taxes === 0 ? 0 : shareOf(taxes, String(netUpTo(line, line.quantity, currency)), String(nets));
}

/** What the order stated beyond the rates of its lines, for its freight say, stays with the line that bore it. */
function taxed(line: BillableLine, before: BillableLine, currency: string): BillableLine {
  if (line.taxPercent !== undefined) {
    const taxMinor = before.taxMinor - ownTaxOf(before, currency) + ownTaxOf(line, currency);
    return { ...line, taxMinor: taxMinor < 0 && before.taxMinor >= 0 ? 0 : taxMinor };
  }
  const net = netUpTo(line, line.quantity, currency);
  const netBefore = netUpTo(before, before.quantity, currency);
  return { ...line, taxMinor: before.taxMinor === 0 ? 0 : shareOf(before.taxMinor, String(net), String(netBefore)) };
}

/** The tax of a line by its own rate; 0 where it has none. */
function ownTaxOf(line: BillableLine, currency: string): number {
  return line.taxPercent === undefined ? 0 : percentOfMinor(netUpTo(line, line.quantity, currency), line.taxPercent);
}
