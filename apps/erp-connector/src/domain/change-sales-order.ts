import { repricedLines, type OrderCancelled, type OrderChanged, type ValidatedLine } from '@railhead/contracts';
import {
  compareDecimals,
  extend,
  formatMinor,
  parseMinor,
  percentOf,
  rateBeside,
  subtractDecimals,
} from '@railhead/money';
import type { SalesOrder, SalesOrderLine } from './sales-order.js';

/** What happened to an order after it was validated. */
export type ChangeOfOrder =
  | { readonly kind: 'changed'; readonly data: OrderChanged['data'] }
  | { readonly kind: 'cancelled'; readonly data: OrderCancelled['data'] };

/** A sales order as it is to be from now on: all of it, so that sending it twice does what sending it once does. */
export interface ChangedSalesOrder extends SalesOrder {
  /** Counts what became of the order since the ERP was told of it first: 1 for the first change. */
  readonly revision: number;
  /** Nothing of it is wanted any more. */
  readonly status: 'open' | 'cancelled';
}

/**
 * The next revision of a sales order. A line that is gone stays in it at quantity 0, so that the ERP can tell it from one
 * that was forgotten. The total moves by what its lines come to, with their taxes and allowances.
 */
export function changeSalesOrder(order: SalesOrder | ChangedSalesOrder, change: ChangeOfOrder): ChangedSalesOrder {
  const lines = change.kind === 'changed' ? withLines(order.lines, change.data) : withoutCancelled(order, change);
  const requestedOn = (change.kind === 'changed' ? change.data.requestedOn : undefined) ?? order.requestedOn;
  const isOver = lines.every(isGone);
  const more = worthOf(lines, order.currency) - worthOf(order.lines, order.currency);
  const minor = isOver ? 0 : parseMinor(order.total, order.currency).minor + more;
  return {
    ...order,
    requestedOn,
    lines,
    total: formatMinor({ currency: order.currency, minor }),
    revision: ('revision' in order ? order.revision : 0) + 1,
    status: isOver ? 'cancelled' : 'open',
  };
}

const isGone = ({ quantity }: SalesOrderLine): boolean => compareDecimals(quantity, '0') <= 0;

/**
 * Changed lines are told as they are now; new ones stand at the end. A line keeps its rate of tax, and a new one is taxed as
 * those beside it, as in their invoice; and as there, only a change of its price gives a line another one.
 */
function withLines(lines: readonly SalesOrderLine[], changed: OrderChanged['data']): SalesOrderLine[] {
  const repriced = repricedLines(changed.answers);
  const byId = new Map(lines.map((line) => [line.line, line]));
  const rates = lines.map(({ taxPercent }) => taxPercent);
  for (const line of changed.lines) {
    const before = byId.get(line.lineId);
    const taxPercent = before === undefined ? rateBeside(rates, line.taxPercent) : before.taxPercent;
    const { unitPrice, priceUnits } = (repriced.has(line.lineId) ? undefined : before) ?? toLine(line, before);
    byId.set(line.lineId, { ...toLine(line, before), unitPrice, priceUnits, taxPercent });
  }
  return [...byId.values()];
}

function toLine(line: ValidatedLine, before: SalesOrderLine | undefined): SalesOrderLine {
  return {
    line: line.lineId,
    sku: line.sku,
    description: line.description ?? before?.description,
    quantity: line.quantity,
    unit: line.unitCode,
    unitPrice: line.unitPrice,
    priceUnits: line.baseQuantity ?? '1',
    adjustments: before?.adjustments ?? [],
  };
}

/** What was cancelled is told as the difference. */
function withoutCancelled(
  { lines }: SalesOrder,
  { data }: Extract<ChangeOfOrder, { kind: 'cancelled' }>,
): SalesOrderLine[] {
  const cancelled = new Map(data.lines.map(({ lineId, quantity }) => [lineId, quantity]));
  return lines.map((line) => {
    const less = cancelled.get(line.line);
    return less === undefined ? line : { ...line, quantity: subtractDecimals(line.quantity, less) };
  });
}

/** What lines come to in minor units, with their own allowances, charges and taxes. */
function worthOf(lines: readonly SalesOrderLine[], currency: string): number {
  return lines.reduce((sum, line) => sum + (isGone(line) ? 0 : worthOfLine(line, currency)), 0);
}

function worthOfLine(
  { quantity, unitPrice, priceUnits, adjustments, taxPercent }: SalesOrderLine,
  currency: string,
): number {
  const goods = extend(quantity, unitPrice, currency, { baseQuantity: priceUnits }).minor;
  const net = adjustments.reduce((sum, { amount }) => sum + parseMinor(amount, currency).minor, goods);
  if (taxPercent === undefined) return net;
  return net + parseMinor(percentOf(formatMinor({ currency, minor: net }), taxPercent), currency).minor;
}
