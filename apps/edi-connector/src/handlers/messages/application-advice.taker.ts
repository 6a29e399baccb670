import { Injectable } from '@nestjs/common';
import { DocumentAcknowledged, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, type Announcement } from '@railhead/service-kit';
import type { ApplicationAdvice, Objection } from '../../inbound/application-advice.mapper.js';
import type { Partner } from '../../partners/partner.js';
import { DocumentTaskStore } from '../../store/document-task.store.js';
import { ObjectionStore } from '../../store/objection.store.js';
import type { OutboundDocument } from '../../store/outbound.store.js';
import { openedEvent, taskAbout } from '../../transport/document-task.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** An 824 that refuses a document of ours takes back what its 997 accepted, and asks a person. */
@Injectable()
export class ApplicationAdviceTaker extends MessageTaker<ApplicationAdvice> {
  constructor(
    private readonly objections: ObjectionStore,
    private readonly tasks: DocumentTaskStore,
  ) {
    super();
  }

  identify({ objections }: ApplicationAdvice, { name }: Partner, contentHash: string): Identity {
    return { key: `${name}|${contentHash}`, reference: objections[0]?.reference ?? '' };
  }

  async take({ objections }: ApplicationAdvice, context: MessageContext, tx: Tx): Promise<Taken> {
    const events: Announcement[] = [];
    for (const objection of objections) {
      const document = await this.objections.note(
        context.partner.name,
        objection,
        issuesOf(objection),
        context.receivedAt,
        tx,
      );
      if (document !== undefined) events.push(...(await this.tell(document, objection, context, tx)));
    }
    if (objections.length > 0 && events.length === 0 && !context.isReleased)
      return {
        hold: `no document of ours is meant by ${objections.map(({ reference }) => reference).join(', ')}`.slice(
          0,
          400,
        ),
      };
    return { events };
  }

  private async tell(
    document: OutboundDocument,
    objection: Objection,
    { receivedAt }: MessageContext,
    tx: Tx,
  ): Promise<Announcement[]> {
    const what = `refused by an 824: ${issuesOf(objection)
      .map(({ message }) => message)
      .join('; ')}`;
    const opened = await this.tasks.open([taskAbout(document, 'edi-document-refused', what)], receivedAt, tx);
    return [
      refusedEvent(document, issuesOf(objection), receivedAt),
      ...opened.map((task) => openedEvent(task, receivedAt)),
    ];
  }
}

function issuesOf({ issues, reference }: Objection): DocumentIssue[] {
  if (issues.length > 0) return issues.slice(0, 100);
  return [{ code: 'OTI01', at: '', message: `${reference} is refused, no reason is given` }];
}

function refusedEvent(document: OutboundDocument, issues: DocumentIssue[], at: Date): Announcement {
  const { documentId, orderId, documentType, partner, reference, controlNumber, sha256, sizeBytes } = document;
  const data = {
    ...{ documentId, orderId, direction: 'out' as const, documentType, system: 'x12' as const, partner, reference },
    ...(controlNumber !== null && { controlNumber: String(controlNumber) }),
    ...{ sha256: sha256.toString('hex'), sizeBytes, at: at.toISOString(), accepted: false, issues },
  };
  return announce(DocumentAcknowledged, orderId, data, { correlationId: document.correlationId });
}
