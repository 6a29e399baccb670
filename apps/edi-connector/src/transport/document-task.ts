import { derivedUuid, TaskClosed, TaskOpened } from '@railhead/contracts';
import { announce, type Announcement } from '@railhead/service-kit';
import type { OutboundDocument } from '../store/outbound.store.js';

/** What about a document of ours can need a person. */
export const TASK_KINDS = [
  'edi-document-invalid',
  'edi-document-undelivered',
  'edi-acknowledgment-overdue',
  'edi-document-refused',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** A task about one document; its id says which, so that it is opened once. */
export interface DocumentTask {
  readonly taskId: string;
  readonly documentId: string;
  readonly orderId: string;
  readonly correlationId: string;
  readonly kind: TaskKind;
  readonly detail: string;
}

/** @param what - The trouble in a few words; the document is named before it. */
export function taskAbout(document: OutboundDocument, kind: TaskKind, what: string): DocumentTask {
  const { documentId, orderId, correlationId, documentType, reference, partner, controlNumber } = document;
  const number = controlNumber === null ? '' : `, control number ${controlNumber}`;
  return {
    taskId: derivedUuid(`edi-task|${documentId}|${kind}`),
    documentId,
    orderId,
    correlationId,
    kind,
    detail: `${documentType} ${reference} to ${partner}${number}: ${what}`.slice(0, 500),
  };
}

/** @param at - When it was opened. */
export function openedEvent({ taskId, orderId, correlationId, kind, detail }: DocumentTask, at: Date): Announcement {
  const data = { orderId, taskId, at: at.toISOString(), kind, ownerRole: 'ops', detail };
  return announce(TaskOpened, orderId, data, { correlationId });
}

export function closedEvent(
  task: { readonly taskId: string; readonly orderId: string; readonly correlationId: string },
  outcome: string,
  at: Date,
): Announcement {
  const { taskId, orderId, correlationId } = task;
  return announce(TaskClosed, orderId, { orderId, taskId, at: at.toISOString(), outcome }, { correlationId });
}
