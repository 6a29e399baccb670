import type { OrderChanged } from '@railhead/contracts';
import type { BillableLine, BillableOrder } from './billable-order.js';
import { percentOfMinor, shareOf } from './exact.js';
import { netUpTo } from './line-amounts.js';

/**
 * What can be invoiced of an order after a change. A line keeps its allowances and its rate of tax; where only an amount of
 * tax was stated, the line's new amount bears the same share. What was invoiced before stays as it was.
 */
export function changeBillable(order: BillableOrder, { lines }: Pick<OrderChanged['data'], 'lines'>): BillableOrder {
  const changed = new Map(lines.map((line) => [line.lineId, line]));
  const known = new Set(order.lines.map(({ lineId }) => lineId));
  const added = lines
    .filter(({ lineId }) => !known.has(lineId))
    .map((line) => ({ ...line, adjustmentMinor: 0, taxMinor: 0 }));
  return {
    ...order,
    lines: [
      ...order.lines.map((line) => {
        const wanted = changed.get(line.lineId);
        return wanted === undefined ? line : taxed(merged(line, wanted), line, order.currency);
      }),
      ...added.map((line) => taxed(line, line, order.currency)),
    ],
  };
}

/** A line that is gone has no allowance either. */
function merged(
  line: BillableLine,
  { quantity, unitPrice, baseQuantity }: OrderChanged['data']['lines'][number],
): BillableLine {
  const isGone = Number(quantity) === 0;
  return { ...line, quantity, unitPrice, baseQuantity, ...(isGone && { adjustmentMinor: 0 }) };
}

function taxed(line: BillableLine, before: BillableLine, currency: string): BillableLine {
  const net = netUpTo(line, line.quantity, currency);
  if (line.taxPercent !== undefined) return { ...line, taxMinor: percentOfMinor(net, line.taxPercent) };
  const netBefore = netUpTo(before, before.quantity, currency);
  return { ...line, taxMinor: before.taxMinor === 0 ? 0 : shareOf(before.taxMinor, String(net), String(netBefore)) };
}
