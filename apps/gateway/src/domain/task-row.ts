import { z } from 'zod';
import { aboutCopy } from './file/next-step.js';
import { FileTask, type FileHold, type OrderFile } from './file/order-file.js';

/** A task as lists show it. */
export const TaskRow = z
  .strictObject({
    taskId: z.string(),
    kind: z.string().describe('of a hold of an order its code'),
    ownerRole: z.string().describe('whose it is'),
    detail: z.string().describe('what it is about and what to do next'),
    state: FileTask.shape.state,
    openedAt: z.iso.datetime(),
    dueAt: z.iso.datetime().nullable(),
    orderId: z.string().nullable().describe('null: it is about a document that belongs to no order'),
    purchaseOrderNumber: z.string().nullable(),
    accountId: z.string().nullable(),
  })
  .meta({ id: 'TaskRow' });
export type TaskRow = z.infer<typeof TaskRow>;

/** A task as it is kept: what is known of its order is looked up when it is shown. */
export type KeptTask = Omit<TaskRow, 'orderId' | 'purchaseOrderNumber' | 'accountId'> & { readonly fileId: string };

/** What a decision about a task has to know of it. */
export type FiledTask = Pick<KeptTask, 'fileId' | 'kind' | 'ownerRole' | 'state'>;

/** What people have to see to in a file: its tasks, and its holds. None of those tasks whose opening has not come in yet. */
export function keptTasksOf(file: OrderFile): KeptTask[] {
  const { orderId: fileId, tasks } = file;
  const kept = tasks.flatMap(({ taskId, kind, ownerRole, detail, state, openedAt, dueAt = null }) => {
    if (kind === undefined || ownerRole === undefined || detail === undefined || openedAt === undefined) return [];
    return [{ taskId, fileId, kind, ownerRole, detail, state, openedAt, dueAt }];
  });
  return [...kept, ...file.holds.map((hold) => heldTask(file, hold))];
}

/** A hold is a task too: somebody releases the order, or refuses it. */
function heldTask({ orderId, conflictingCopies }: OrderFile, hold: FileHold): KeptTask {
  const { holdId, code, ownerRole, since } = hold;
  const copy = conflictingCopies.find((one) => one.holdId === holdId);
  const next = `railhead release ${orderId} --reason "…" (or reject), or POST /v1/orders/${orderId}/release`;
  const detail = copy === undefined ? `${hold.detail}. To decide: ${next}` : aboutCopy(orderId, copy);
  const state = hold.state === 'active' ? 'open' : 'closed';
  return { taskId: holdId, fileId: orderId, kind: code, ownerRole, detail, state, openedAt: since, dueAt: null };
}
