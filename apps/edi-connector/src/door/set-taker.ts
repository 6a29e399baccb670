import { Injectable } from '@nestjs/common';
import { contentHash } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { Say } from '@railhead/service-kit';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import { MessageDesk } from '../handlers/message-desk.js';
import { WaitingChanges } from '../handlers/waiting-changes.js';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import type { Partner } from '../partners/partner.js';
import { CaptureStore, captureKey } from '../store/capture.store.js';
import type { RawDocument } from '../store/document.store.js';
import { OrderStore } from '../store/order.store.js';
import { DocumentAxes } from '../transport/document-axes.js';
import { acknowledgedEvent, duplicateEvent, orderEvents } from './document-events.js';
import type { Counts, Summary } from './receipt.js';
import type { ReceivedOrder, ReceivedSet } from './received-interchange.js';

/** Where sets come from. */
export interface Origin {
  readonly raw: RawDocument;
  readonly partner: Partner;
  /** ISA13. */
  readonly controlNumber: string;
}

/** What was taken of some sets. */
export interface TakenSets extends Counts {
  readonly orders: Summary['orders'];
}

/** Takes what accepted sets brought: any number of them in one go. */
@Injectable()
export class SetTaker {
  constructor(
    private readonly captures: CaptureStore,
    private readonly orders: OrderStore,
    private readonly axes: DocumentAxes,
    private readonly messages: MessageDesk,
    private readonly waiting: WaitingChanges,
  ) {}

  async take(
    sets: readonly ReceivedSet[],
    opinions: readonly GroupOpinion[],
    origin: Origin,
    tx: Tx,
    say: Say,
  ): Promise<TakenSets> {
    const orders = await this.capture(
      sets.flatMap(({ order }) => order ?? []),
      origin,
      tx,
      say,
    );
    const all = [...opinions, ...sets.flatMap(({ opinion }) => opinion ?? [])];
    await this.noteOpinions(all, origin, tx, say);
    const messages = sets.flatMap(({ message }) => message ?? []);
    const { raw, partner, controlNumber } = origin;
    say(...(await this.messages.take(messages, partner, { ...raw, controlNumber }, tx)));
    const fresh = orders.filter(({ isNew }) => isNew).length;
    return { orders, fresh, known: orders.length - fresh, others: all.length + messages.length };
  }

  private async capture(
    received: readonly ReceivedOrder[],
    { raw, partner }: Origin,
    tx: Tx,
    say: Say,
  ): Promise<Summary['orders']> {
    const hashed = received.map((one) => {
      const { orderId, provenance } = one.order;
      return { ...one, orderId, contentHash: contentHash(one.order), documentId: provenance.documentId };
    });
    const wanted = hashed.filter(({ purpose }) => purpose !== 'cancel');
    // Before the captures, which ask what is held for these orders: until here a change may still be held for one of them.
    const placed = await this.orders.insert(
      wanted.map((one) => answeredOrderOf(one, partner)),
      tx,
    );
    const { fresh, changesWait } = await this.captures.capture(hashed, partner.name, tx);
    const others = wanted.filter((one) => fresh.has(captureKey(one)) && !placed.delete(one.orderId));
    await this.orders.correct(
      others.map((one) => answeredOrderOf(one, partner)),
      tx,
    );
    const known = hashed.filter((one) => !fresh.has(captureKey(one)));
    const originals = await this.captures.originals(
      hashed.length === fresh.size ? [] : [...known, ...twice(hashed)],
      tx,
    );
    const awaited = changesWait ? wanted.filter((one) => fresh.has(captureKey(one))) : [];
    const captured = hashed.map((one) => {
      const key = captureKey(one);
      const isNew = fresh.delete(key); // twice the same order in one interchange is one
      if (isNew) say(...orderEvents(raw, one.order, one.purpose));
      else say(duplicateEvent(raw, one.order, originals.get(key) ?? raw.documentId));
      return { orderId: one.orderId, purchaseOrderNumber: one.order.purchaseOrderNumber, isNew };
    });
    say(
      ...(await this.waiting.goOn(
        awaited.map(({ order }) => order),
        partner,
        tx,
      )),
    );
    return captured;
  }

  private async noteOpinions(
    opinions: readonly GroupOpinion[],
    { raw, partner }: Origin,
    tx: Tx,
    say: Say,
  ): Promise<void> {
    for (const opinion of opinions) {
      const document = await this.axes.acknowledged(partner.name, opinion, raw.receivedAt, tx, say);
      if (document !== undefined) say(acknowledgedEvent(raw, document, opinion));
    }
  }
}

/** Those that stand in the list more than once. */
function twice<T extends { orderId: string; contentHash: string }>(all: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return all.filter((one) => seen.size === seen.add(captureKey(one)).size);
}

function answeredOrderOf({ order, echoes, shipTo }: ReceivedOrder, partner: Partner): AnsweredOrder {
  const { orderId, purchaseOrderNumber, release, issuedOn } = order;
  return { orderId, partner: partner.name, purchaseOrderNumber, release, issuedOn, echoes, shipTo };
}
