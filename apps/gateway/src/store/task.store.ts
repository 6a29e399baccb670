import { Database, prepared, textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import { Injectable } from '@nestjs/common';
import type { FiledTask, KeptTask, TaskRow } from '../domain/task-row.js';
import { keptTexts } from './kept-texts.js';

const SAVE = prepared(`
  INSERT INTO tasks (task_id, file_id, kind, owner_role, detail, state, opened_at, due_at)
  SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[])
  ON CONFLICT (task_id) DO UPDATE SET owner_role = excluded.owner_role, detail = excluded.detail, state = excluded.state, due_at = excluded.due_at`);

/** Said as the index of open tasks says it: then a page costs no more than a page. */
const STATES = { open: `IN ('open', 'claimed')`, closed: `IN ('decided', 'closed')` } as const;

/** What a list of tasks asks for. */
export interface TaskQuery {
  readonly owner?: string | undefined;
  readonly state: keyof typeof STATES;
  readonly after?: { readonly at: string; readonly id: string } | undefined;
  readonly limit: number;
}

type StoredTask = Omit<TaskRow, 'openedAt' | 'dueAt'> & { openedAt: Date; dueAt: Date | null };

/** What people have to see to, over all orders and documents. */
@Injectable()
export class TaskStore {
  constructor(private readonly db: Database) {}

  async save(told: readonly KeptTask[], tx: Tx): Promise<void> {
    if (told.length === 0) return;
    const tasks = [...new Map(told.map((task) => [task.taskId, task])).values()]; // a row changes once per statement
    await tx.query(SAVE, [
      uuidArray(tasks.map((task) => task.taskId)),
      uuidArray(tasks.map((task) => task.fileId)),
      textArray(tasks.map((task) => task.kind)),
      textArray(tasks.map((task) => task.ownerRole)),
      keptTexts(tasks.map((task) => task.detail)),
      textArray(tasks.map((task) => task.state)),
      timestampArray(tasks.map((task) => task.openedAt)),
      timestampArray(tasks.map((task) => task.dueAt)),
    ]);
  }

  async find(taskId: string): Promise<FiledTask | undefined> {
    const [task] = await this.db.query<FiledTask & Record<string, unknown>>(
      'SELECT file_id AS "fileId", kind, owner_role AS "ownerRole", state FROM tasks WHERE task_id = $1',
      [taskId],
    );
    return task;
  }

  /** Shown as decided at once; the event says it for good. False when somebody was faster. */
  async decide(taskId: string, tx: Tx): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE tasks SET state = 'decided' WHERE task_id = $1 AND state ${STATES.open} RETURNING task_id`,
      [taskId],
    );
    return rows.length > 0;
  }

  /** Oldest first. */
  async list({ owner, state, after, limit }: TaskQuery): Promise<TaskRow[]> {
    const rows = await this.db.query<StoredTask & Record<string, unknown>>(
      `SELECT t.task_id AS "taskId", t.kind, t.owner_role AS "ownerRole", t.detail, t.state, t.opened_at AS "openedAt", t.due_at AS "dueAt",
              o.order_id AS "orderId", o.po_number AS "purchaseOrderNumber", o.account_id AS "accountId"
         FROM tasks t LEFT JOIN orders o ON o.order_id = t.file_id
        WHERE t.state ${STATES[state]} AND ($1::text IS NULL OR t.owner_role = $1)
          AND ($2::timestamptz IS NULL OR (t.opened_at, t.task_id) > ($2, $3::uuid))
        ORDER BY t.opened_at, t.task_id LIMIT $4`,
      [owner ?? null, after?.at ?? null, after?.id ?? null, limit],
    );
    return rows.map(({ openedAt, dueAt, ...task }) => ({
      ...task,
      openedAt: openedAt.toISOString(),
      dueAt: dueAt?.toISOString() ?? null,
    }));
  }
}
