import { Injectable } from '@nestjs/common';
import { textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import type { DocumentTask, TaskKind } from '../transport/document-task.js';

/** A task as it is closed. */
export interface ClosedTask {
  readonly taskId: string;
  readonly orderId: string;
  readonly correlationId: string;
}

/** What people have to see to about documents of ours. */
@Injectable()
export class DocumentTaskStore {
  /** @returns those that were not open, or closed, before. */
  async open(tasks: readonly DocumentTask[], at: Date, tx: Tx): Promise<readonly DocumentTask[]> {
    if (tasks.length === 0) return [];
    const rows = await tx.query<{ taskId: string }>(
      `INSERT INTO outbound_tasks (task_id, document_id, kind, detail, opened_at)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) AS r
       ON CONFLICT ON CONSTRAINT outbound_tasks_once DO NOTHING RETURNING task_id AS "taskId"`,
      [
        uuidArray(tasks.map((one) => one.taskId)),
        uuidArray(tasks.map((one) => one.documentId)),
        textArray(tasks.map((one) => one.kind)),
        textArray(tasks.map((one) => one.detail)),
        timestampArray(tasks.map(() => at)),
      ],
    );
    const fresh = new Set(rows.map(({ taskId }) => taskId));
    return tasks.filter(({ taskId }) => fresh.has(taskId));
  }

  /** Closes the open tasks of these kinds about a document. */
  async close(
    documentId: string,
    kinds: readonly TaskKind[],
    outcome: string,
    at: Date,
    tx: Tx,
  ): Promise<readonly ClosedTask[]> {
    return tx.query<ClosedTask & Record<string, unknown>>(
      `UPDATE outbound_tasks t SET closed_at = $4, outcome = $3 FROM outbound o
        WHERE t.document_id = $1 AND t.kind = ANY($2::text[]) AND t.closed_at IS NULL AND o.document_id = t.document_id
        RETURNING t.task_id AS "taskId", o.order_id AS "orderId", o.correlation_id AS "correlationId"`,
      [documentId, textArray(kinds), outcome, at],
    );
  }
}
