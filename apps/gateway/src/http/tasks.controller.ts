import { Controller, Get, Query } from '@nestjs/common';
import { Access, parseBody } from '@railhead/service-kit';
import { z } from 'zod';
import type { TaskRow } from '../domain/task-row.js';
import { OrderStore } from '../store/order.store.js';
import { TaskStore } from '../store/task.store.js';
import { ListCursor, pageOf } from './cursor.js';
import { STAFF_ROLES } from './roles.js';

const FOLD_MAX = 500;

export const TaskQuery = z.strictObject({
  owner: z.string().max(40).optional().describe('the role whose tasks are wanted, e.g. `ops`'),
  state: z.enum(['open', 'closed']).default('open'),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: ListCursor.optional().describe('`next` of the page before'),
});

/** What people have to see to, whatever it is about. */
@Controller()
export class TasksController {
  constructor(
    private readonly orders: OrderStore,
    private readonly tasks: TaskStore,
  ) {}

  /** Oldest first. */
  @Get('v1/tasks')
  @Access({ roles: STAFF_ROLES })
  async list(@Query() query: unknown): Promise<{ tasks: TaskRow[]; next: string | null }> {
    const { owner, state, limit, cursor } = parseBody(TaskQuery, query);
    await this.orders.foldNew(FOLD_MAX);
    const rows = await this.tasks.list({ owner, state, after: cursor, limit: limit + 1 });
    const { page, next } = pageOf(rows, limit, ({ openedAt, taskId }) => ({ at: openedAt, id: taskId }));
    return { tasks: page, next };
  }
}
