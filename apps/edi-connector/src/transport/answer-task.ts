import { derivedUuid, documentFileId, TaskClosed, TaskOpened } from '@railhead/contracts';
import { announce, howToReplay, uuidv7, type Announcement, type Delivery } from '@railhead/service-kit';

/** An acknowledgement of ours (TA1, 997, 999) on its way: it has no axes of its own, and is filed with what it answers. */
export type Answer = Pick<Delivery, 'deliveryId' | 'idempotencyKey' | 'attributes'>;

/** It was given up: without it the partner does not know what became of its document. */
export function answerGivenUp(answer: Answer, because: string, at: Date): Announcement {
  const { partner = '', fileName = '' } = answer.attributes;
  const what = `our answer ${fileName} to ${partner} was not delivered: ${because.slice(0, 200)}`;
  const ids = idsOf(answer);
  const data = { ...ids, at: at.toISOString(), kind: 'edi-answer-undelivered', ownerRole: 'ops' };
  const detail = `${what}. ${howToReplay('edi-connector', answer.deliveryId)}`.slice(0, 500);
  return announce(TaskOpened, ids.orderId, { ...data, detail }, { correlationId: uuidv7() });
}

/** It has reached the partner after all, or somebody dropped it. */
export function answerSettled(answer: Answer, outcome: string, at: Date): Announcement {
  const ids = idsOf(answer);
  const data = { ...ids, at: at.toISOString(), outcome: outcome.slice(0, 60) };
  return announce(TaskClosed, ids.orderId, data, { correlationId: uuidv7() });
}

/** The key names the document that is answered: `answer:<id>:<n>`. */
function idsOf({ idempotencyKey }: Answer): { readonly taskId: string; readonly orderId: string } {
  const [, documentId = idempotencyKey] = idempotencyKey.split(':');
  return {
    taskId: derivedUuid(`edi-task|edi-answer-undelivered|${idempotencyKey}`),
    orderId: documentFileId(documentId),
  };
}
