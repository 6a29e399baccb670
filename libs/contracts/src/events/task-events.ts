import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { Actor, Instant, OrderId } from '../values.js';

const tasks = {
  topic: 'tasks' as const,
  writers: ['workflow', 'edi-connector', 'erp-connector', 'billing', 'carrier-connector', 'fulfillment'],
};
/** `orderId`: of a document that belongs to no order, the id it is filed under (`documentFileId`). */
const Task = { orderId: OrderId, taskId: z.uuid(), at: Instant };

/** A person has the next move. */
export const TaskOpened = defineEvent(
  'task.opened.v1',
  { ...tasks, meaning: 'A person has the next move.' },
  z.strictObject({
    ...Task,
    kind: z.string().max(60),
    ownerRole: z.string().max(40),
    detail: z.string().max(500),
    dueAt: Instant.optional(),
  }),
);
export type TaskOpened = EventOf<typeof TaskOpened>;

/** Somebody took the task. */
export const TaskClaimed = defineEvent(
  'task.claimed.v1',
  { ...tasks, meaning: 'Somebody took the task.' },
  z.strictObject({ ...Task, actor: Actor }),
);
export type TaskClaimed = EventOf<typeof TaskClaimed>;

/** Somebody decided. */
export const TaskDecided = defineEvent(
  'task.decided.v1',
  { ...tasks, writers: [...tasks.writers, 'gateway'], meaning: 'Somebody decided.' },
  z.strictObject({ ...Task, actor: Actor, decision: z.string().max(60), reason: z.string().max(500) }),
);
export type TaskDecided = EventOf<typeof TaskDecided>;

/** Nobody moved in time. */
export const TaskEscalated = defineEvent(
  'task.escalated.v1',
  { ...tasks, meaning: 'Nobody moved in time.' },
  z.strictObject({ ...Task, ownerRole: z.string().max(40) }),
);
export type TaskEscalated = EventOf<typeof TaskEscalated>;

/** Nothing is left to decide. */
export const TaskClosed = defineEvent(
  'task.closed.v1',
  { ...tasks, meaning: 'Nothing is left to decide.' },
  z.strictObject({ ...Task, outcome: z.string().max(60) }),
);
export type TaskClosed = EventOf<typeof TaskClosed>;
