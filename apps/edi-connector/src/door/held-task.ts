import { derivedUuid, documentFileId, TaskClosed, TaskOpened } from '@railhead/contracts';
import { announce, uuidv7, type Announcement } from '@railhead/service-kit';

/** Something of a partner's that nothing follows of until a person decides. */
export interface HeldThing {
  /** As the routes call it where it is decided. */
  readonly kind: 'interchanges' | 'messages' | 'documents';
  readonly id: string;
  /** What it came in, or was: the task is filed with that document. */
  readonly documentId: string;
  /** Tells apart the times where the same can be held more than once. */
  readonly time?: string;
}

const TASK_KINDS = {
  interchanges: 'edi-interchange-held',
  messages: 'edi-message-held',
  documents: 'edi-document-unread',
} as const;
const DECISIONS = { interchanges: 'release', messages: 'release', documents: 'retry' } as const;
const WHAT_MAX = 320;
/** Who may decide at those routes. */
const OWNER = 'ops';

/** The task about it: what it is, and how it is decided. To be said in the transaction that holds it, which is once. */
export function heldTaskOpened(thing: HeldThing, what: string, at: Date): Announcement {
  const place = `${thing.kind}/${thing.id}`;
  const decision = DECISIONS[thing.kind];
  const next = `railhead held ${decision} ${place} --reason "…"${decision === 'release' ? ' (or discard)' : ''}, or POST /v1/edi/held/${place}`;
  const { taskId, orderId } = idsOf(thing);
  const kind = TASK_KINDS[thing.kind];
  const detail = `${what.slice(0, WHAT_MAX)}. To decide: ${next}`;
  const data = { orderId, taskId, at: at.toISOString(), kind, ownerRole: OWNER, detail };
  return announce(TaskOpened, orderId, data, { correlationId: uuidv7() });
}

/** It waits no longer. To be said in the transaction that decides it, which is once. */
export function heldTaskClosed(thing: HeldThing, outcome: string, at: Date): Announcement {
  const { taskId, orderId } = idsOf(thing);
  const data = { orderId, taskId, at: at.toISOString(), outcome: outcome.slice(0, 60) };
  return announce(TaskClosed, orderId, data, { correlationId: uuidv7() });
}

function idsOf({ kind, id, documentId, time }: HeldThing): { readonly taskId: string; readonly orderId: string } {
  return { taskId: derivedUuid(`edi-task|${TASK_KINDS[kind]}|${time ?? id}`), orderId: documentFileId(documentId) };
}
