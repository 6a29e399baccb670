import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelled, OrderChanged, OrderChangeRefused } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, Clock } from '@railhead/service-kit';
import { OutboxDesk, type OutboundDraft } from '../folder/outbox-desk.js';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import { toChangeAcknowledgment, type ChangeOutcome } from '../outbound/change-acknowledgment.mapper.js';
import { toAmendment } from '../outbound/order-acknowledgment.mapper.js';
import { toldUnit } from '../outbound/told-unit.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { OrderChangeStore, type AskedOrderChange } from '../store/order-change.store.js';
import { OrderStore } from '../store/order.store.js';
import { AnswerDesk } from './answer-desk.js';
import { CancellationDesk } from './cancellation-desk.js';
import { changeDraft } from './change-draft.js';

/** While an order is held, the change stands in the 855 that follows. */
const TELLER = 'fulfillment';

type Answered = OrderChanged | OrderChangeRefused;

/** Tells partners what became of the changes and cancellations they asked for (865), and of changes that others asked for (855). */
@Controller()
export class OrderChangesHandler {
  constructor(
    private readonly answers: AnswerDesk,
    private readonly orders: OrderStore,
    private readonly changes: OrderChangeStore,
    private readonly cancellations: CancellationDesk,
    private readonly desk: OutboxDesk,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(OrderChanged.type)
  async changed(batch: Batch<OrderChanged>, tx: Tx): Promise<void> {
    const asked = await this.answer(batch, tx, ({ data }) => ({
      lines: data.lines,
      answers: data.answers,
      reasons: [],
    }));
    await this.tell(
      batch.events.filter(({ source, data }) => source === TELLER && !asked.has(data.changeId ?? '')),
      tx,
    );
  }

  /** Its buyer hears by an 855 what became of an order that was changed without an 860: by another copy of it, or at another door. */
  private async tell(unasked: readonly OrderChanged[], tx: Tx): Promise<void> {
    const batch = { events: unasked, subjects: unasked.map(({ subject }) => subject) };
    await this.answers.plan(batch, tx, ({ event: { data }, order }) =>
      data.lines.length === 0
        ? undefined
        : {
            documentType: '855',
            reference: `${order.purchaseOrderNumber} change ${data.revision}`,
            segments: toAmendment(order, data, this.clock.now()),
          },
    );
  }

  /** Without the id of a change it was a cancellation that came too late. */
  @EventPattern<string>(OrderChangeRefused.type)
  async refused(batch: Batch<OrderChangeRefused>, tx: Tx): Promise<void> {
    await this.answer(batch, tx, ({ data }) => ({ lines: [], answers: data.answers, reasons: data.reasons }));
    await this.cancellations.answer(
      batch.events.filter(({ data }) => data.changeId === undefined),
      tx,
      ({ data }) => data.reasons.map(({ detail }) => detail),
    );
  }

  /** Fulfillment cancels for reasons of its own as well: only the buyer's own wish is answered. */
  @EventPattern<string>(OrderCancelled.type)
  async cancelled(batch: Batch<OrderCancelled>, tx: Tx): Promise<void> {
    await this.answers.acknowledge(batch, tx, () => new Map(), true);
    await this.cancellations.answer(
      batch.events.filter(({ data }) => data.actor.kind === 'partner'),
      tx,
      () => [],
    );
  }

  private async answer<E extends Answered>(
    batch: Batch<E>,
    tx: Tx,
    outcomeOf: (event: E) => ChangeOutcome,
  ): Promise<ReadonlyMap<string, AskedOrderChange>> {
    const asked = await this.changes.find(
      batch.events.flatMap(({ data }) => data.changeId ?? []),
      tx,
    );
    const orders = new Map(
      await this.orders.find(
        [...asked.values()].map(({ orderId }) => orderId),
        tx,
      ),
    );
    const drafts: OutboundDraft[] = [];
    for (const event of batch.events) {
      const [known, change] = [orders.get(event.subject), asked.get(event.data.changeId ?? '')];
      const partner = known === undefined ? undefined : this.directory.byName(known.partner);
      if (known === undefined || change === undefined || partner === undefined) continue;
      const outcome = outcomeOf(event);
      const order = await this.orders.addEchoes(known, addedEchoes(change, outcome, partner), tx);
      orders.set(order.orderId, order); // the next change of the batch may be about a line that this one added
      const segments = toChangeAcknowledgment(order, change.document, outcome, partner, this.clock.now());
      drafts.push(changeDraft(order, change, event.correlationId, segments));
    }
    if (drafts.length > 0) await this.desk.plan(drafts, tx);
    return asked;
  }
}

/** The buyer's words for lines that a change added: later answers repeat them. */
function addedEchoes(
  { document }: AskedOrderChange,
  { answers, lines }: ChangeOutcome,
  { units }: Pick<Partner, 'units'>,
): AnsweredOrder['echoes'] {
  let next = 0;
  return document.lines.flatMap((asked) => {
    const [answer] = answers.slice(next, (next += asked.wishes.length));
    if (answer === undefined || answer.action !== 'add' || !answer.accepted) return [];
    const line = lines.find(({ lineId }) => lineId === answer.lineId);
    const { buyerLineId, ids } = asked;
    return [
      {
        lineId: answer.lineId,
        buyerLineId,
        unit: asked.unit ?? toldUnit(line?.unitCode ?? 'EA', units),
        ids: [...ids],
      },
    ];
  });
}
