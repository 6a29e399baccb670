import { EXIT, type ExitCode } from '../exit-codes.js';
import type { GatewayClient } from '../connection/gateway-client.js';
import type { OrderFile, OrderList, Overview } from '../gateway-shapes.js';
import { orderPage } from '../output/order-page.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';
import { changesOf } from './watch-order.js';
import { orderTable } from './orders.command.js';

const WAITING_SHOWN = 20;
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
  const { byStatus } = await gateway.get<Overview>('/v1/overview');
  const rows = Object.entries(byStatus).map(([status, count]) => [status, String(count)]);
  const orders = Object.values(byStatus).reduce((sum, count) => sum + count, 0);
  const people = 'on-hold' in byStatus ? await waiting(gateway) : '';
  const text =
    orders === 0
      ? 'No orders yet. Send one: railhead send samples/850.clean.edi'
      : `${table(['STATUS', 'ORDERS'], rows)}${people}\n\nWhat people have to see to, and how: railhead tasks`;
  context.out.result({ orders, byStatus }, text);
  return EXIT.ok;
}

async function waiting(gateway: GatewayClient): Promise<string> {
  const { orders, next } = await gateway.get<OrderList>('/v1/orders', { status: 'on-hold', limit: WAITING_SHOWN });
  const more = next === null ? '' : '\n… and more: railhead orders --status on-hold';
  return `\n\nWaiting for a person:\n${orderTable(orders)}${more}`;
}
