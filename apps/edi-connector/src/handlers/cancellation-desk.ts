import { Injectable } from '@nestjs/common';
import type { Tx } from '@railhead/database';
import { Clock } from '@railhead/service-kit';
import { OutboxDesk, type OutboundDraft } from '../folder/outbox-desk.js';
import { toCancelAcknowledgment } from '../outbound/change-acknowledgment.mapper.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { OrderChangeStore } from '../store/order-change.store.js';
import { OrderStore } from '../store/order.store.js';
import { changeDraft } from './change-draft.js';

interface About {
  readonly subject: string;
  readonly correlationId: string;
}

/** Answers cancellations that partners asked for by an 860. */
@Injectable()
export class CancellationDesk {
  constructor(
    private readonly orders: OrderStore,
    private readonly changes: OrderChangeStore,
    private readonly desk: OutboxDesk,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * @param refusedFor - Why it was not carried out, in words; none: it was.
   * @returns the orders whose cancellation was asked for by an 860, and is answered now.
   */
  async answer<E extends About>(
    events: readonly E[],
    tx: Tx,
    refusedFor: (event: E) => readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (events.length === 0) return new Set();
    const asked = await this.changes.cancellations(
      events.map(({ subject }) => subject),
      tx,
    );
    const orders = await this.orders.find([...asked.keys()], tx);
    const drafts = events.flatMap((event): OutboundDraft[] => {
      const [order, change] = [orders.get(event.subject), asked.get(event.subject)];
      const partner = this.directory.byName(order?.partner ?? '');
      if (order === undefined || change === undefined || partner === undefined) return [];
      const segments = toCancelAcknowledgment(order, change.document, partner, this.clock.now(), refusedFor(event));
      return [changeDraft(order, change, event.correlationId, segments)];
    });
    if (drafts.length > 0) await this.desk.plan(drafts, tx);
    return new Set(drafts.map(({ orderId }) => orderId));
  }
}
