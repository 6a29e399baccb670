import { EXIT, type ExitCode } from '../exit-codes.js';
import type { OrderHead, OrderList } from '../gateway-shapes.js';
import { amount } from '../output/amount.js';
import { moreOf } from '../output/more.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';

export interface OrdersOptions {
  readonly search?: string;
  readonly status?: string;
  readonly account?: string;
  readonly limit: string;
  readonly cursor?: string;
}

/** Lists orders, newest first. */
export async function ordersCommand(
  context: CommandContext,
  { search, status, account, limit, cursor }: OrdersOptions,
): Promise<ExitCode> {
  const list = await gatewayOf(context).get<OrderList>('/v1/orders', { q: search, status, account, limit, cursor });
  context.out.result(
    list,
    list.orders.length === 0
      ? 'No orders. Send one: railhead send samples/850.clean.edi'
      : orderTable(list.orders) + moreOf(list.next),
  );
  return EXIT.ok;
}

export function orderTable(orders: readonly OrderHead[]): string {
  return table(
    ['PO NUMBER', 'CUSTOMER', 'TOTAL', 'STATUS', 'NEXT', 'ORDER ID'],
    orders.map((order) => [
      order.purchaseOrderNumber ?? '-',
      order.customerName ?? order.accountId ?? '-',
      amount(order.total),
      order.status,
      order.nextStep === null ? '-' : `${order.nextStep.owner}: ${order.nextStep.what}`,
      order.orderId,
    ]),
  );
}
