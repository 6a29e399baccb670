import { EXIT, type ExitCode } from '../exit-codes.js';
import { gatewayOf, type CommandContext } from './command.js';

/** What people can decide about an order, and what that asks for. */
export const ORDER_DECISIONS = [
  ['release', 'let an order go on that is on hold'],
  ['reject', 'refuse an order that is on hold'],
  ['cancel', 'call off what has not shipped of an order'],
] as const;

/** Asks for it, with the reason; the stage that it concerns acts on it. */
export async function decideOrder(
  context: CommandContext,
  order: string,
  decision: (typeof ORDER_DECISIONS)[number][0],
  reason: string,
): Promise<ExitCode> {
  const path = `/v1/orders/${encodeURIComponent(order)}/${decision}`;
  const asked = await gatewayOf(context).post<object>(path, { reason });
  context.out.result(asked, `Asked to ${decision} ${order}. What became of it: railhead status ${order}`);
  return EXIT.ok;
}
