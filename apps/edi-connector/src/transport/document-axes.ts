import { Injectable } from '@nestjs/common';
import { DocumentRejected, DocumentSent, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, wasGivenUp, type Announcement, type Delivery, type Say } from '@railhead/service-kit';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { TransportName } from '../partners/partner-parts.js';
import type { Partner } from '../partners/partner.js';
import { DocumentTaskStore } from '../store/document-task.store.js';
import { OutboundStore, type Opinion, type OutboundDocument, type PlannedDocument } from '../store/outbound.store.js';
import { answerGivenUp, answerSettled, type Answer } from './answer-task.js';
import { closedEvent, openedEvent, taskAbout, type TaskKind } from './document-task.js';

const HOUR_MS = 3_600_000;
const OVERDUE_AT_ONCE = 200;
/** A partner that is away for so long is somebody's business. */
const STUCK_MS = HOUR_MS;

/** Keeps what is known of each document of ours on three axes: valid, delivered, acknowledged; and asks a person where one is bad. */
@Injectable()
export class DocumentAxes {
  constructor(
    private readonly outbound: OutboundStore,
    private readonly tasks: DocumentTaskStore,
    private readonly clock: Clock,
  ) {}

  /** Documents that our own reader finds fault with: they stay here. */
  async invalid(documents: readonly PlannedDocument[], tx: Tx): Promise<Announcement[]> {
    const at = this.clock.now();
    const said: Announcement[] = [];
    for (const document of documents) {
      const data = { ...dataOf(document, at), issues: document.issues.slice(0, 100) };
      said.push(announce(DocumentRejected, document.orderId, data, { correlationId: document.correlationId }));
      said.push(...(await this.open(document, 'edi-document-invalid', invalidText(document.issues), tx)));
    }
    return said;
  }

  /** It has reached the partner: from now on an acknowledgement is waited for. Says so once. */
  async delivered(
    documentId: string,
    partner: Pick<Partner, 'acknowledgeWithinHours'>,
    tx: Tx,
    say: Say,
  ): Promise<void> {
    const at = this.clock.now();
    const sent = await this.outbound.sent(documentId, at, dueAt(partner, at), tx);
    if (sent === undefined) return;
    say(announce(DocumentSent, sent.orderId, dataOf(sent, at), { correlationId: sent.correlationId }));
    say(...(await this.close(documentId, ['edi-document-undelivered'], 'delivered', tx)));
  }

  /** It was given up: a person has to look. */
  async undelivered(documentId: string, because: string, tx: Tx, say: Say): Promise<void> {
    const document = await this.outbound.undelivered(documentId, because.slice(0, 500), this.clock.now(), tx);
    if (document === undefined) return;
    say(...(await this.open(document, 'edi-document-undelivered', `not delivered: ${because}`, tx)));
  }

  /** An acknowledgement of ours was given up: a person has to look, unless somebody has been asked to already. */
  answerUndelivered(answer: Answer & Pick<Delivery, 'attempts' | 'tries'>, because: string, say: Say): void {
    if (!wasGivenUp(answer)) say(answerGivenUp(answer, because, this.clock.now()));
  }

  answerDelivered(answer: Answer & Pick<Delivery, 'attempts' | 'tries'>, say: Say): void {
    if (wasGivenUp(answer)) say(answerSettled(answer, 'delivered', this.clock.now()));
  }

  /** It is tried anew another way, and is a task again if that fails too. */
  answerMoved(answer: Answer & Pick<Delivery, 'attempts' | 'tries'>, transport: TransportName, say: Say): void {
    if (wasGivenUp(answer)) say(answerSettled(answer, `goes over ${transport} now`, this.clock.now()));
  }

  /** The receipt for an acknowledgement came later than the delivery ended, perhaps after it was given up. */
  async answerReceived(key: string, tx: Tx, say: Say): Promise<void> {
    const lost = await this.outbound.answersFound(key, tx);
    if (lost.length > 0) return say(...lost.map((one) => answerSettled(one, 'delivered', this.clock.now())));
    const answer = await this.outbound.answerDelivery(key, tx);
    if (answer !== undefined) this.answerDelivered(answer, say);
  }

  answerDropped(answer: Answer, actor: string, say: Say): void {
    say(answerSettled(answer, `dropped by ${actor}`, this.clock.now()));
  }

  /** An acknowledgement that was handed over did not arrive: it counts as given up, and can be replayed. */
  async answerWithoutReceipt(key: string, because: string, tx: Tx, say: Say): Promise<void> {
    const answer = await this.outbound.answerLost(key, because.slice(0, 500), tx);
    if (answer !== undefined) this.answerUndelivered(answer, because, say);
  }

  /** A person has it tried anew over this transport. */
  triedAnew(documentId: string, transport: TransportName, tx: Tx): Promise<void> {
    return this.outbound.triedAnew(documentId, transport, tx);
  }

  /** @returns the document that the opinion is about; `undefined` when there is none, or it has one already. */
  async acknowledged(
    partner: string,
    opinion: GroupOpinion,
    at: Date,
    tx: Tx,
    say: Say,
  ): Promise<OutboundDocument | undefined> {
    const { accepted, issues, controlNumber } = opinion;
    const about = { controlNumber, functionalId: opinion.functionalId === '' ? undefined : opinion.functionalId };
    const document = await this.outbound.acknowledge(partner, about, opinionOf(opinion), issues, at, tx);
    if (document === undefined) return undefined;
    say(...(await this.close(document.documentId, ['edi-acknowledgment-overdue'], 'acknowledged', tx)));
    if (!accepted) say(...(await this.open(document, 'edi-document-refused', refusedText(issues), tx)));
    return document;
  }

  /** Opens a task for each acknowledgement that has not come in time, and each document that still waits to leave. @returns how many. */
  async openOverdue(tx: Tx, say: Say): Promise<number> {
    const overdue = await this.outbound.overdue(this.clock.now(), OVERDUE_AT_ONCE, tx);
    for (const document of overdue) {
      const since = document.acknowledgeBy.toISOString();
      say(...(await this.open(document, 'edi-acknowledgment-overdue', `no acknowledgement by ${since}`, tx)));
    }
    const stuck = await this.outbound.stuckSince(new Date(this.clock.now().getTime() - STUCK_MS), OVERDUE_AT_ONCE, tx);
    for (const document of stuck)
      say(
        ...(await this.open(document, 'edi-document-undelivered', 'not delivered for an hour; it is still tried', tx)),
      );
    return overdue.length + stuck.length;
  }

  /** Closes what is open about a document. */
  async close(documentId: string, kinds: readonly TaskKind[], outcome: string, tx: Tx): Promise<Announcement[]> {
    const at = this.clock.now();
    const closed = await this.tasks.close(documentId, kinds, outcome, at, tx);
    return closed.map((task) => closedEvent(task, outcome, at));
  }

  private async open(document: OutboundDocument, kind: TaskKind, what: string, tx: Tx): Promise<Announcement[]> {
    const at = this.clock.now();
    const opened = await this.tasks.open([taskAbout(document, kind, what)], at, tx);
    return opened.map((task) => openedEvent(task, at));
  }
}

function dueAt(
  { acknowledgeWithinHours: hours }: Pick<Partner, 'acknowledgeWithinHours'>,
  sentAt: Date,
): Date | undefined {
  return hours === 0 ? undefined : new Date(sentAt.getTime() + hours * HOUR_MS);
}

function opinionOf({ accepted, issues, isPartial }: GroupOpinion): Opinion {
  if (accepted) return issues.length === 0 ? 'accepted' : 'accepted-with-errors';
  return isPartial === true ? 'partly' : 'rejected';
}

function invalidText(issues: readonly DocumentIssue[]): string {
  return `it has faults and was not sent: ${issuesText(issues)}`;
}

function refusedText(issues: readonly DocumentIssue[]): string {
  return issues.length === 0 ? 'refused by the partner' : `refused by the partner: ${issuesText(issues)}`;
}

function issuesText(issues: readonly DocumentIssue[]): string {
  return issues
    .slice(0, 3)
    .map(({ at, code, message }) => `${at} ${message} (${code})`)
    .join('; ');
}

function dataOf(document: OutboundDocument, at: Date): DocumentSent['data'] {
  const { documentId, orderId, documentType, partner, reference, controlNumber, sha256, sizeBytes } = document;
  return {
    ...{ documentId, orderId, direction: 'out', documentType, system: 'x12', partner, reference },
    ...(controlNumber !== null && { controlNumber: String(controlNumber) }),
    ...{ sha256: sha256.toString('hex'), sizeBytes, at: at.toISOString() },
  };
}
