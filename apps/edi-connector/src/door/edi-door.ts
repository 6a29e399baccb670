import { Injectable } from '@nestjs/common';
import { contentHash } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Clock, ServiceMetrics, uuidv7, Work, type Announcement } from '@railhead/service-kit';
import { createHash } from 'node:crypto';
import { controlKey } from '@railhead/x12';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import type { Partner } from '../partners/partner.js';
import { OutboxDesk } from '../folder/outbox-desk.js';
import {
  DocumentStore,
  type AnsweredInterchange,
  type InterchangeKey,
  type RawDocument,
} from '../store/document.store.js';
import { OrderStore } from '../store/order.store.js';
import { OutboundStore } from '../store/outbound.store.js';
import { AnswerWriter } from './answer-writer.js';
import { acknowledgedEvent, duplicateEvent, orderEvents, rejectionEvents, repeatEvents } from './document-events.js';
import { DocumentReader } from './document-reader.js';
import type { Receipt, Summary } from './receipt.js';
import type { ReceivedInterchange, ReceivedOrder } from './received-interchange.js';

/** A document as a door hands it in. */
export interface Delivered {
  readonly bytes: Buffer;
  readonly channel: 'folder' | 'http';
  /** Whose folder or key it came through. */
  readonly owner?: Partner | undefined;
  readonly fileIdentity?: string | undefined;
}

type Say = (...announcements: readonly Announcement[]) => void;

interface Answered {
  readonly summary: Summary;
  readonly answer: Buffer;
  readonly isRepeat: boolean;
}

/** Takes documents: keeps the bytes, captures orders, answers. All of one document in one transaction. */
@Injectable()
export class EdiDoor {
  constructor(
    private readonly work: Work,
    private readonly reader: DocumentReader,
    private readonly writer: AnswerWriter,
    private readonly documents: DocumentStore,
    private readonly orders: OrderStore,
    private readonly outbound: OutboundStore,
    private readonly desk: OutboxDesk,
    private readonly clock: Clock,
    private readonly metrics: ServiceMetrics,
  ) {}

  /** @returns `undefined` when this very file was taken before: there is nothing left to do but to put it away. */
  async take(delivered: Delivered): Promise<Receipt | undefined> {
    const { bytes, channel, owner, fileIdentity } = delivered;
    const sha256 = createHash('sha256').update(bytes).digest();
    const receivedAt = this.clock.now();
    const documentId = uuidv7();
    const read = await this.reader.read({
      documentId,
      bytes,
      owner,
      receivedAt: receivedAt.toISOString(),
      rawSha256: sha256.toString('hex'),
    });
    const partner = owner?.name ?? read.interchanges[0]?.partner.name ?? '';
    const raw: RawDocument = { documentId, partner, channel, fileIdentity, sha256, bytes, receivedAt };

    const receipt = await this.work.run(async (tx, say) => {
      if (!(await this.documents.keep(raw, tx))) return undefined;
      const answered: Answered[] = [];
      for (const received of read.interchanges) answered.push(await this.answer(received, raw, tx, say));
      say(...rejectionEvents(raw, read.refusals));
      if (channel === 'folder')
        await this.desk.planAnswers(
          documentId,
          read.interchanges.map((one) => one.partner),
          answered.map(({ answer }) => answer),
          tx,
        );
      const made = receiptOf(documentId, answered, read.refusals);
      await this.documents.settle(documentId, made.outcome, tx);
      return made;
    });
    if (receipt !== undefined) this.metrics.received('x12', receipt.outcome);
    return receipt;
  }

  private async answer(received: ReceivedInterchange, raw: RawDocument, tx: Tx, say: Say): Promise<Answered> {
    const { acknowledgment, isRepeated, sha256 } = received;
    if (isRepeated) return this.finish(received, [], raw, tx, say);
    const key = keyOf(received);

    const earlier = await this.documents.claim(key, sha256, raw.documentId, tx);
    if (earlier !== undefined && earlier.sha256.equals(sha256)) return repeat(received, earlier, raw, say);
    if (earlier?.captured === true && acknowledgment.verdict === 'R') return this.finish(received, [], raw, tx, say);
    if (earlier?.captured === true) return this.refuseReuse(received, raw, tx, say);

    const orders = await this.capture(received, raw, tx, say);
    await this.noteOpinions(received, raw, tx, say);
    const answered = await this.finish(received, orders, raw, tx, say);
    const isTaken = orders.length > 0 || received.opinions.length > 0;
    const { answer, summary } = answered;
    await this.documents.answer(
      key,
      { sha256, documentId: raw.documentId, captured: isTaken, answer, summary: JSON.stringify(summary) },
      tx,
    );
    return answered;
  }

  private async finish(
    received: ReceivedInterchange,
    orders: Summary['orders'],
    raw: RawDocument,
    tx: Tx,
    say: Say,
  ): Promise<Answered> {
    const { issues, header } = received;
    say(...rejectionEvents(raw, issues, header.controlNumber));
    return { summary: summaryOf(received, orders), answer: await this.writer.write(received, tx), isRepeat: false };
  }

  /** The number of another interchange: nothing of it is taken, and a person can see why. */
  private async refuseReuse(received: ReceivedInterchange, raw: RawDocument, tx: Tx, say: Say): Promise<Answered> {
    const { controlNumber } = received.header;
    const issue = {
      code: 'CONTROL_NUMBER_REUSED',
      at: 'ISA13',
      message: `${controlNumber} was used for an interchange with other content`,
    };
    say(...rejectionEvents(raw, [issue], controlNumber));
    const summary: Summary = { ...summaryOf(received, []), verdict: 'R', issues: [issue] };
    return { summary, answer: await this.writer.refuseReuse(received, tx), isRepeat: false };
  }

  private async capture(received: ReceivedInterchange, raw: RawDocument, tx: Tx, say: Say): Promise<Summary['orders']> {
    const hashed = received.orders.map((one) => ({ ...one, contentHash: contentHash(one.order) }));
    const fresh = new Set(
      await this.documents.capture(
        hashed.map(({ order, contentHash: hash }) => ({
          orderId: order.orderId,
          contentHash: hash,
          documentId: order.provenance.documentId,
        })),
        tx,
      ),
    );
    await this.orders.insert(
      hashed.filter(({ purpose }) => purpose !== 'cancel').map((one) => answeredOrderOf(one, received.partner)),
      tx,
    );
    const orders: { orderId: string; purchaseOrderNumber: string; isNew: boolean }[] = [];
    for (const { order, purpose, contentHash: hash } of hashed) {
      const isNew = fresh.delete(`${order.orderId}:${hash}`); // twice the same order in one interchange is one
      if (isNew) say(...orderEvents(raw, order, purpose));
      else
        say(duplicateEvent(raw, order, (await this.documents.originalOf(order.orderId, hash, tx)) ?? raw.documentId));
      orders.push({ orderId: order.orderId, purchaseOrderNumber: order.purchaseOrderNumber, isNew });
    }
    return orders;
  }

  private async noteOpinions(
    { opinions, partner }: ReceivedInterchange,
    raw: RawDocument,
    tx: Tx,
    say: Say,
  ): Promise<void> {
    for (const opinion of opinions) {
      const document = await this.outbound.acknowledge(partner.name, opinion.controlNumber, opinion.accepted, tx);
      if (document !== undefined) say(acknowledgedEvent(raw, document, opinion));
    }
  }
}

function repeat({ header }: ReceivedInterchange, earlier: AnsweredInterchange, raw: RawDocument, say: Say): Answered {
  const summary = JSON.parse(earlier.summary) as Summary;
  const orderIds = [...new Set(summary.orders.map(({ orderId }) => orderId))];
  say(...repeatEvents(raw, header.controlNumber, orderIds, earlier.documentId));
  return { summary, answer: earlier.answer, isRepeat: true };
}

function keyOf({ header }: ReceivedInterchange): InterchangeKey {
  return {
    sender: `${header.senderQualifier}/${header.senderId}`,
    receiver: `${header.receiverQualifier}/${header.receiverId}`,
    controlNumber: controlKey(header.controlNumber),
  };
}

function summaryOf(
  { header, partner, acknowledgment, issues }: ReceivedInterchange,
  orders: Summary['orders'],
): Summary {
  return {
    controlNumber: header.controlNumber,
    partner: partner.name,
    verdict: acknowledgment.verdict,
    orders,
    issues,
  };
}

function answeredOrderOf({ order, echoes, shipTo }: ReceivedOrder, partner: Partner): AnsweredOrder {
  const { orderId, purchaseOrderNumber, release, issuedOn } = order;
  return { orderId, partner: partner.name, purchaseOrderNumber, release, issuedOn, echoes, shipTo };
}

function receiptOf(documentId: string, answered: readonly Answered[], refusals: Receipt['refusals']): Receipt {
  const interchanges = answered.map(({ summary }) => summary);
  const issues = [...refusals, ...interchanges.flatMap((summary) => summary.issues)];
  const hasNew = answered.some(({ isRepeat, summary }) => !isRepeat && summary.orders.some(({ isNew }) => isNew));
  const isKnown = answered.some(({ isRepeat, summary }) => isRepeat || summary.orders.length > 0);
  const isDuplicate = !hasNew && isKnown;
  const outcome = issues.length > 0 ? 'rejected' : isDuplicate ? 'duplicate' : 'accepted';
  return {
    documentId,
    outcome,
    interchanges,
    issues,
    refusals,
    answer: Buffer.concat(answered.map(({ answer }) => answer)),
  };
}
