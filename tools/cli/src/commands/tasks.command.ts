import { EXIT, type ExitCode } from '../exit-codes.js';
import type { Task, TaskList } from '../gateway-shapes.js';
import { moreOf } from '../output/more.js';
import { gatewayOf, type CommandContext } from './command.js';

export interface TasksOptions {
  readonly owner?: string;
  readonly limit: string;
  readonly cursor?: string;
}

/** Lists what people have to see to, oldest first, and what to do about each. */
export async function tasksCommand(context: CommandContext, { owner, limit, cursor }: TasksOptions): Promise<ExitCode> {
  const list = await gatewayOf(context).get<TaskList>('/v1/tasks', { owner, limit, cursor });
  const { tasks, next } = list;
  const shown = tasks.length === 0 ? 'Nobody has to do anything.' : tasks.map(inWords).join('\n\n');
  context.out.result(list, shown + moreOf(next));
  return EXIT.ok;
}

/** Says that somebody saw to a task that nothing else would close. */
export async function closeTask(context: CommandContext, task: string, reason: string): Promise<ExitCode> {
  const answer = await gatewayOf(context).post<object>(`/v1/tasks/${encodeURIComponent(task)}/close`, { reason });
  context.out.result(answer, `${task} is closed.`);
  return EXIT.ok;
}

function inWords({ ownerRole, kind, openedAt, purchaseOrderNumber, detail }: Task): string {
  const order = purchaseOrderNumber === null ? '' : `  order ${purchaseOrderNumber}`;
  return `${ownerRole}  ${kind}  since ${openedAt.slice(0, 19)}${order}\n  ${detail}`;
}
