import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { Clock } from '@railhead/service-kit';
import { OutboxDesk, type OutboundDraft } from '../folder/outbox-desk.js';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import { toAcceptance, type AcceptedOrder, type Promised } from '../outbound/order-acknowledgment.mapper.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { OrderStore } from '../store/order.store.js';
import { UnacknowledgedStore } from '../store/unacknowledged.store.js';

/** An event about an order that a partner sent. */
export interface Due<E> {
  readonly event: E;
  readonly order: AnsweredOrder;
  readonly partner: Partner;
}

/** A document, but for whom it is and of which order. */
export type Written = Pick<OutboundDraft, 'documentType' | 'reference' | 'segments' | 'unsayable'>;

interface About {
  readonly subject: string;
  readonly correlationId: string;
}

interface Events<E> {
  readonly events: readonly E[];
  readonly subjects: readonly string[];
}

/** Plans answers to orders that partners sent. Orders of other doors are not ours to answer. */
@Injectable()
export class AnswerDesk {
  constructor(
    private readonly orders: OrderStore,
    private readonly unacknowledged: UnacknowledgedStore,
    private readonly desk: OutboxDesk,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  /** @param write - The document; `undefined`: nothing is to be said (yet). */
  async plan<E extends About>(batch: Events<E>, tx: Tx, write: (due: Due<E>) => Written | undefined): Promise<void> {
    const known = await this.orders.find(batch.subjects, tx);
    const drafts = batch.events.flatMap((event): OutboundDraft[] => {
      const order = known.get(event.subject);
      const partner = order === undefined ? undefined : this.directory.byName(order.partner);
      if (order === undefined || partner === undefined) return [];
      const written = write({ event, order: { ...order, units: partner.units }, partner });
      if (written === undefined) return [];
      const { correlationId } = event;
      return [{ partner: partner.name, orderId: order.orderId, correlationId, ...written }];
    });
    if (drafts.length > 0) await this.desk.plan(drafts, tx);
  }

  /** Refuses orders by an 855; their buyers may correct them. */
  async refuse<E extends About>(batch: Events<E>, tx: Tx, write: (due: Due<E>) => Written | undefined): Promise<void> {
    await this.plan(batch, tx, write);
    await this.orders.refused(batch.subjects, tx);
  }

  /** Accepts orders by an 855, or keeps them until the warehouse has said what it has: as the partner wants it. */
  async accept<E extends About & { readonly data: AcceptedOrder }>(batch: Events<E>, tx: Tx): Promise<void> {
    const waiting: { orderId: string; accepted: AcceptedOrder }[] = [];
    await this.plan(batch, tx, ({ event, order, partner }) => {
      if (partner.orderAcknowledgment === 'at-once') return this.acknowledgment(order, event.data);
      const { currency, backorderAllowed, lines } = event.data;
      waiting.push({ orderId: order.orderId, accepted: { currency, backorderAllowed, lines } });
      return undefined;
    });
    await this.unacknowledged.keep(waiting, tx);
    await this.orders.accepted(batch.subjects, tx);
  }

  /**
   * The warehouse has said its first word: the 855 of orders that waited for it. That word names everything there is of an
   * order, so what it does not name is short.
   *
   * @param isOver - Nothing more will come.
   */
  async acknowledge<E extends About>(
    batch: Events<E>,
    tx: Tx,
    promisedBy: (event: E) => Promised,
    isOver = false,
  ): Promise<void> {
    if (!this.directory.all.some(({ orderAcknowledgment }) => orderAcknowledgment === 'with-stock')) return;
    const accepted = await this.unacknowledged.take(batch.subjects, tx);
    if (accepted.size === 0) return;
    await this.plan(batch, tx, ({ event, order }) => {
      const data = accepted.get(order.orderId);
      if (data === undefined) return undefined;
      const backorderAllowed = data.backorderAllowed && !isOver;
      return this.acknowledgment(order, { ...data, backorderAllowed }, promisedBy(event));
    });
  }

  private acknowledgment(order: AnsweredOrder, data: AcceptedOrder, promised?: Promised): Written {
    const segments = toAcceptance(order, data, this.clock.now(), promised);
    return { documentType: '855', reference: answerTo(order), segments };
  }
}

/** What the 855 of an order is called: of each correction of one that was refused there is another. */
export function answerTo({ purchaseOrderNumber, turn = 1 }: AnsweredOrder): string {
  return turn === 1 ? purchaseOrderNumber : `${purchaseOrderNumber} (${turn})`;
}
