import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Task } from '../gateway-shapes.js';
import { gatewayOf, type CommandContext } from './command.js';

/** Lists what people have to see to, oldest first, and what to do about each. */
export async function tasksCommand(context: CommandContext, { owner }: { owner?: string }): Promise<ExitCode> {
  const { tasks } = await gatewayOf(context).get<{ tasks: readonly Task[] }>('/v1/tasks', { owner });
  context.out.result(tasks, tasks.length === 0 ? 'Nobody has to do anything.' : tasks.map(inWords).join('\n\n'));
  return EXIT.ok;
}

function inWords({ ownerRole, kind, openedAt, purchaseOrderNumber, detail }: Task): string {
  const order = purchaseOrderNumber === null ? '' : `  order ${purchaseOrderNumber}`;
  return `${ownerRole}  ${kind}  since ${openedAt.slice(0, 19)}${order}\n  ${detail}`;
}
