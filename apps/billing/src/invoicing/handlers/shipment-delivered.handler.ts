import { ShipmentDelivered } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { BillingConfig } from '../../config.js';
import { onDelivered } from '../domain/when-to-invoice.js';
import { ShipmentSteps } from '../shipment-steps.js';
import { InvoiceStore } from '../store/invoice.store.js';
import { WaitingShipmentStore } from '../store/waiting-shipment.store.js';

/** Goods arrived: invoices what was kept back for that. */
@Controller()
export class ShipmentDeliveredHandler {
  constructor(
    private readonly waiting: WaitingShipmentStore,
    private readonly invoices: InvoiceStore,
    private readonly steps: ShipmentSteps,
    private readonly config: BillingConfig,
  ) {}

  @EventPattern<string>(ShipmentDelivered.type)
  async handle(batch: Batch<ShipmentDelivered>, tx: Tx): Promise<HandlerResult> {
    const shipments = batch.events.map((event) => event.data);
    const waiting = await this.waiting.find(
      shipments.map((shipment) => shipment.shipmentId),
      tx,
    );
    const invoiced = await this.invoices.invoiced(shipments, tx);
    const steps = batch.events.map((event) => {
      const { shipmentId, orderId } = event.data;
      const arrived = { shipmentId, orderId, delivered: true };
      return {
        event,
        step: onDelivered(this.config.invoiceOn, arrived, waiting.get(shipmentId), invoiced.has(shipmentId)),
      };
    });
    return this.steps.carryOut(steps, new Set(waiting.keys()), tx);
  }
}
