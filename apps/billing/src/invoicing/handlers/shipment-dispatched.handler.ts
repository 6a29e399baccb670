import { ShipmentDispatched } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { BillingConfig } from '../../config.js';
import { onDispatched } from '../domain/when-to-invoice.js';
import { ShipmentSteps } from '../shipment-steps.js';
import { WaitingShipmentStore } from '../store/waiting-shipment.store.js';

/** Goods left: invoices them now, or keeps them until they arrive. */
@Controller()
export class ShipmentDispatchedHandler {
  constructor(
    private readonly waiting: WaitingShipmentStore,
    private readonly steps: ShipmentSteps,
    private readonly config: BillingConfig,
  ) {}

  @EventPattern<string>(ShipmentDispatched.type)
  async handle(batch: Batch<ShipmentDispatched>, tx: Tx): Promise<HandlerResult> {
    const waiting = await this.waiting.find(
      batch.events.map((event) => event.data.shipmentId),
      tx,
    );
    const steps = batch.events.map((event) => {
      const { orderId, shipmentId, lines } = event.data;
      return {
        event,
        step: onDispatched(this.config.invoiceOn, orderId, { shipmentId, lines }, waiting.get(shipmentId)),
      };
    });
    return this.steps.carryOut(steps, new Set(waiting.keys()), tx);
  }
}
