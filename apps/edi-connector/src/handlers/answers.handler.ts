import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { InvoiceIssued, OrderRejected, OrderValidated, ShipmentDispatched } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, Clock } from '@railhead/service-kit';
import { OutboxDesk, type OutboundDraft } from '../folder/outbox-desk.js';
import type { AnsweredOrder } from '../outbound/answered-order.js';
import { toInvoice } from '../outbound/invoice.mapper.js';
import { toAcceptance, toRefusal } from '../outbound/order-acknowledgment.mapper.js';
import { toDispatchNotice } from '../outbound/ship-notice.mapper.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import type { Partner } from '../partners/partner.js';
import { OrderStore } from '../store/order.store.js';

interface Due<E> {
  readonly event: E;
  readonly order: AnsweredOrder;
  readonly partner: Partner;
}

/** Tells partners what becomes of their orders: 855, 856, 810. Orders of other doors are not ours to answer. */
@Controller()
export class AnswersHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly desk: OutboxDesk,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(OrderValidated.type)
  async accepted(batch: Batch<OrderValidated>, tx: Tx): Promise<void> {
    await this.plan(batch, tx, ({ event, order }) => ({
      documentType: '855',
      reference: order.purchaseOrderNumber,
      segments: toAcceptance(order, event.data, this.clock.now()),
    }));
  }

  @EventPattern<string>(OrderRejected.type)
  async rejected(batch: Batch<OrderRejected>, tx: Tx): Promise<void> {
    await this.plan(batch, tx, ({ event, order, partner }) => ({
      documentType: '855',
      reference: order.purchaseOrderNumber,
      segments: toRefusal(order, event.data, partner, this.clock.now()),
    }));
  }

  @EventPattern<string>(ShipmentDispatched.type)
  async dispatched(batch: Batch<ShipmentDispatched>, tx: Tx): Promise<void> {
    await this.plan(batch, tx, ({ event, order, partner }) => ({
      documentType: '856',
      reference: event.data.shipmentId,
      segments: toDispatchNotice(order, event.data, partner, this.clock.now()),
    }));
  }

  @EventPattern<string>(InvoiceIssued.type)
  async invoiced(batch: Batch<InvoiceIssued>, tx: Tx): Promise<void> {
    await this.plan(batch, tx, ({ event, order }) => ({
      documentType: '810',
      reference: event.data.invoiceNumber,
      segments: toInvoice(order, event.data),
    }));
  }

  private async plan<E extends { readonly subject: string; readonly correlationId: string }>(
    batch: { readonly events: readonly E[]; readonly subjects: readonly string[] },
    tx: Tx,
    write: (due: Due<E>) => Pick<OutboundDraft, 'documentType' | 'reference' | 'segments'>,
  ): Promise<void> {
    const known = await this.orders.find(batch.subjects, tx);
    const drafts = batch.events.flatMap((event): OutboundDraft[] => {
      const order = known.get(event.subject);
      const partner = order === undefined ? undefined : this.directory.byName(order.partner);
      if (order === undefined || partner === undefined) return [];
      return [
        {
          partner: partner.name,
          orderId: order.orderId,
          correlationId: event.correlationId,
          ...write({ event, order, partner }),
        },
      ];
    });
    if (drafts.length > 0) await this.desk.plan(drafts, tx);
  }
}
