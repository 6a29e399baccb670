import { EXIT, type ExitCode } from '../exit-codes.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import type { OrderFile, OrderList } from '../gateway-shapes.js';
import { orderPage } from '../output/order-page.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';
import { changesOf } from './watch-order.js';
import { orderTable } from './orders.command.js';

const OVERVIEW_ORDERS = 200;
/** Nothing happens any more in these. */
const FINAL = new Set(['settled', 'rejected', 'cancelled']);

/** Shows one order, or without an argument how many stand where. With `watch` until the order is done or Ctrl-C. */
export async function statusCommand(
  context: CommandContext,
  wanted: string | undefined,
  { watch = false }: { watch?: boolean },
): Promise<ExitCode> {
  const gateway = gatewayOf(context);
  if (wanted === undefined) return overview(context, gateway);
  let file = await orderFile(gateway, wanted);
  context.out.result(file, orderPage(file));
  if (!watch) return EXIT.ok;
  for await (const changed of changesOf(gateway, file.orderId, context.signal)) {
    if (JSON.stringify(changed) === JSON.stringify(file)) continue;
    file = changed;
    context.out.result(file, `\n${orderPage(file)}`);
    if (FINAL.has(file.status)) break;
  }
  return EXIT.ok;
}

export async function orderFile(gateway: GatewayClient, wanted: string): Promise<OrderFile> {
  return gateway.get<OrderFile>(`/v1/orders/${encodeURIComponent(wanted)}`);
}

async function overview(context: CommandContext, gateway: GatewayClient): Promise<ExitCode> {
  const { orders } = await gateway.get<OrderList>('/v1/orders', { limit: OVERVIEW_ORDERS });
  const counts = Map.groupBy(orders, ({ status }) => status);
  const rows = [...counts].map(([status, all]): [string, string] => [status, String(all.length)]);
  const waiting = orders.filter(({ status }) => status === 'on-hold');
  const people = waiting.length === 0 ? '' : `\n\nWaiting for a person:\n${orderTable(waiting)}`;
  const text =
    orders.length === 0
      ? 'No orders yet. Send one: railhead send samples/850.clean.edi'
      : `${table(['STATUS', 'ORDERS'], rows)}${people}\n\nWhat people have to see to, and how: railhead tasks`;
  context.out.result(
    { orders: orders.length, byStatus: Object.fromEntries(rows.map(([status, count]) => [status, Number(count)])) },
    text,
  );
  return EXIT.ok;
}
