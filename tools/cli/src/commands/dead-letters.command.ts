import { EXIT, type ExitCode } from '../exit-codes.js';
import type { ParkedList, ParkedMessage } from '../gateway-shapes.js';
import { cutAt } from '../output/more.js';
import { table } from '../output/table.js';
import { awayOf } from '../output/unreachable.js';
import { gatewayOf, type CommandContext } from './command.js';
import { countsOf, type WaitingOptions, type WaitingPlace } from './set-aside.command.js';

/** A message is named by the service that set it aside and its number there: `billing/17`. */
export const MESSAGES: WaitingPlace = {
  path: '/v1/ops/parked',
  noun: 'message',
  list: 'railhead dlq list',
  naming: 'service/number as "railhead dlq list" shows it, e.g. billing/17',
};

/** Lists the messages that services have set aside. */
export async function listParked(context: CommandContext, { state, limit }: WaitingOptions): Promise<ExitCode> {
  const list = await gatewayOf(context).get<ParkedList>(MESSAGES.path, { state, limit });
  const messages = list.messages.length === 0 ? 'Nothing is set aside.' : parkedTable(list.messages);
  context.out.result(list, messages + cutAt(limit, countsOf(list.messages)) + awayOf(list));
  return list.unreachable.length === 0 ? EXIT.ok : EXIT.failed;
}

function parkedTable(messages: readonly ParkedMessage[]): string {
  return table(
    ['MESSAGE', 'STATE', 'EVENT', 'KEY', 'TRIES', 'REASON', 'SINCE'],
    messages.map((one) => [
      `${one.service}/${one.parkedId}`,
      one.state,
      one.eventType,
      one.key,
      String(one.attempts),
      one.reason,
      one.firstParkedAt.slice(0, 19),
    ]),
  );
}
