import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { TaskDecided } from '@railhead/contracts';
import { Access, announce, Clock, parseBody, uuidv7, Work, type AuthenticatedRequest } from '@railhead/service-kit';
import { z } from 'zod';
import { mayClose } from '../domain/commands.js';
import type { TaskRow } from '../domain/task-row.js';
import { OrderStore } from '../store/order.store.js';
import { TaskStore } from '../store/task.store.js';
import { obey, WishBody } from './commands.controller.js';
import { ListCursor, pageOf } from './cursor.js';
import { callerOf } from './door.js';
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
    private readonly work: Work,
    private readonly clock: Clock,
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

  /** Somebody saw to a task that nothing else would close. */
  @Post('v1/tasks/:id/close')
  @HttpCode(202)
  @Access({ roles: STAFF_ROLES })
  async close(
    @Req() request: AuthenticatedRequest,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ taskId: string; requested: 'close' }> {
    const { reason } = parseBody(WishBody, body);
    const caller = callerOf(request);
    await this.orders.foldNew(FOLD_MAX);
    const task = z.uuid().safeParse(id).success ? await this.tasks.find(id) : undefined;
    if (task === undefined) throw new NotFoundException(`no task ${id} is known`);
    obey(mayClose(task, caller.roles));
    const about = { orderId: task.fileId, taskId: id, at: this.clock.now().toISOString() };
    const decided = { ...about, actor: { kind: 'person' as const, id: caller.id }, decision: 'closed', reason };
    await this.work.run(async (tx, say) => {
      if (!(await this.tasks.decide(id, tx))) throw new ConflictException('somebody has decided about it already');
      say(announce(TaskDecided, task.fileId, decided, { correlationId: uuidv7() }));
    });
    return { taskId: id, requested: 'close' };
  }
}
