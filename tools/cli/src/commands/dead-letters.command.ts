import { CliFailure, EXIT, type ExitCode } from '../exit-codes.js';
import type { ParkedList, ParkedMessage } from '../gateway-shapes.js';
import { table } from '../output/table.js';
import { gatewayOf, type CommandContext } from './command.js';

/** A message is named by the service that set it aside and its number there: `billing/17`. */
interface Named {
  readonly service: string;
  readonly id: string;
}

function named(text: string): Named {
  const [service, id, ...rest] = text.split('/');
  if (service === undefined || id === undefined || id === '' || rest.length > 0) {
    throw new CliFailure(
      EXIT.unusable,
      `"${text}" names no message`,
      'Write service/number as "railhead dlq list" shows it, e.g. billing/17.',
    );
  }
  return { service, id };
}

/** Lists the messages that services have set aside. */
export async function listParked(context: CommandContext, { state }: { state?: string }): Promise<ExitCode> {
  const list = await gatewayOf(context).get<ParkedList>('/v1/ops/parked', { state });
  const messages = list.messages.length === 0 ? 'Nothing is set aside.' : parkedTable(list.messages);
  const away = list.unreachable.map(({ service, error }) => `\n${service} could not be asked: ${error}`).join('');
  context.out.result(list, messages + away);
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

/** Shows one message with its data and its last error. */
export async function showParked(context: CommandContext, text: string): Promise<ExitCode> {
  const { service, id } = named(text);
  const message = await gatewayOf(context).get<object>(
    `/v1/ops/parked/${encodeURIComponent(service)}/${encodeURIComponent(id)}`,
  );
  context.out.result(message, JSON.stringify(message, null, 2));
  return EXIT.ok;
}

/** Tries a message again, or gives it up; both are written down with the reason. */
export async function decideParked(
  context: CommandContext,
  text: string,
  action: 'replay' | 'discard',
  reason: string,
): Promise<ExitCode> {
  const { service, id } = named(text);
  const path = `/v1/ops/parked/${encodeURIComponent(service)}/${encodeURIComponent(id)}`;
  const { done } = await gatewayOf(context).post<{ done: boolean }>(path, { action, reason });
  const said =
    action === 'replay'
      ? 'is tried again; what waits behind it follows in order'
      : 'is given up; what waited behind it goes on';
  context.out.result(
    { message: text, action, done },
    done ? `${text} ${said}.` : `${text} was not there any more: somebody was faster.`,
  );
  return done ? EXIT.ok : EXIT.notFound;
}
