import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  CreditMemoIssued,
  InvoiceIssued,
  OrderAllocated,
  OrderBackordered,
  OrderRejected,
  OrderValidated,
  ShipmentDispatched,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, Clock } from '@railhead/service-kit';
import { toCreditMemo, toInvoice } from '../outbound/invoice.mapper.js';
import { toRefusal } from '../outbound/order-acknowledgment.mapper.js';
import { shortId, toDispatchNotice } from '../outbound/ship-notice.mapper.js';
import { shortReference } from '../outbound/short-reference.js';
import { PartnerDirectory } from '../partners/partner-directory.js';
import { ShipmentStore } from '../store/shipment.store.js';
import { AnswerDesk, answerTo, type Written } from './answer-desk.js';
import { CancellationDesk } from './cancellation-desk.js';

/** Tells partners what becomes of their orders: 855, 856, 810. */
@Controller()
export class AnswersHandler {
  constructor(
    private readonly desk: AnswerDesk,
    private readonly cancellations: CancellationDesk,
    private readonly shipments: ShipmentStore,
    private readonly directory: PartnerDirectory,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(OrderValidated.type)
  accepted(batch: Batch<OrderValidated>, tx: Tx): Promise<void> {
    return this.desk.accept(batch, tx);
  }

  @EventPattern<string>(OrderAllocated.type)
  allocated(batch: Batch<OrderAllocated>, tx: Tx): Promise<void> {
    return this.desk.acknowledge(
      batch,
      tx,
      ({ data }) => new Map(data.lines.map(({ lineId, quantity }) => [lineId, quantity])),
    );
  }

  @EventPattern<string>(OrderBackordered.type)
  backordered(batch: Batch<OrderBackordered>, tx: Tx): Promise<void> {
    return this.desk.acknowledge(batch, tx, () => new Map());
  }

  /** What the buyer withdrew by an 860 is answered by an 865, all else by an 855. */
  @EventPattern<string>(OrderRejected.type)
  async rejected(batch: Batch<OrderRejected>, tx: Tx): Promise<void> {
    const withdrawn = batch.events.filter(({ data }) => data.withdrawn);
    const answered = await this.cancellations.answer(withdrawn, tx, () => []);
    await this.desk.refuse(batch, tx, ({ event, order, partner }) => {
      if (answered.has(order.orderId)) return undefined;
      const segments = toRefusal(order, event.data, partner, this.clock.now());
      return { documentType: '855', reference: answerTo(order), segments };
    });
  }

  @EventPattern<string>(ShipmentDispatched.type)
  async dispatched(batch: Batch<ShipmentDispatched>, tx: Tx): Promise<void> {
    await this.desk.plan(batch, tx, ({ event, order, partner }) => ({
      documentType: '856',
      reference: event.data.shipmentId,
      segments: toDispatchNotice(order, event.data, partner, this.clock.now()),
    }));
    await this.noteNumbers(batch.events, tx);
  }

  @EventPattern<string>(InvoiceIssued.type)
  invoiced(batch: Batch<InvoiceIssued>, tx: Tx): Promise<void> {
    return this.desk.plan(batch, tx, ({ event, order }) => ({
      documentType: '810',
      reference: event.data.invoiceNumber,
      ...asFarAsX12Can(() => toInvoice(order, event.data)),
    }));
  }

  @EventPattern<string>(CreditMemoIssued.type)
  credited(batch: Batch<CreditMemoIssued>, tx: Tx): Promise<void> {
    return this.desk.plan(batch, tx, ({ event, order }) => ({
      documentType: '810',
      reference: event.data.creditMemoId,
      ...asFarAsX12Can(() => toCreditMemo(order, event.data)),
    }));
  }

  /** By these numbers a carrier speaks of the shipment in its 214s. */
  private async noteNumbers(events: readonly ShipmentDispatched[], tx: Tx): Promise<void> {
    if (!this.directory.all.some(({ role }) => role === 'carrier' || role === 'warehouse')) return;
    const shipments = events.map(({ data, correlationId }) => {
      const { shipmentId, orderId, carrier, billOfLading, trackingNumbers } = data;
      const reference = shortReference(shipmentId);
      const numbers = [...trackingNumbers, ...(billOfLading === undefined ? [] : [billOfLading]), shortId(shipmentId)];
      return { shipmentId, orderId, correlationId, reference, carrier, numbers, lines: [] };
    });
    await this.shipments.keep(shipments, tx);
    await this.shipments.number(shipments, tx);
  }
}

/** Amounts finer than a hundredth, as of KWD, have no place in an 810: then somebody must tell the buyer in another way. */
function asFarAsX12Can(write: () => Written['segments']): Pick<Written, 'segments' | 'unsayable'> {
  try {
    return { segments: write() };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { segments: [], unsayable: `X12 cannot say it: ${error.message}` };
  }
}
