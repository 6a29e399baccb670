import { OrderChanged, ShipmentDispatched } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { BillingConfig } from '../../config.js';
import { onDispatched } from '../domain/when-to-invoice.js';
import { ShipmentSteps } from '../shipment-steps.js';
import { OrderStore } from '../store/order.store.js';
import { WaitingShipmentStore } from '../store/waiting-shipment.store.js';

/** Goods left: invoices them now, or keeps them until they arrive. */
@Controller()
export class ShipmentDispatchedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly waiting: WaitingShipmentStore,
    private readonly steps: ShipmentSteps,
    private readonly config: BillingConfig,
  ) {}

  @EventPattern<string>(ShipmentDispatched.type)
  async handle(batch: Batch<ShipmentDispatched>, tx: Tx): Promise<HandlerResult> {
    const early = await this.tooEarly(batch.events, tx);
    const ready = batch.events.filter((event) => !early.includes(event));
    const waiting = await this.waiting.find(
      ready.map((event) => event.data.shipmentId),
      tx,
    );
    const steps = ready.map((event) => {
      const { orderId, shipmentId, lines } = event.data;
      return {
        event,
        step: onDispatched(this.config.invoiceOn, orderId, { shipmentId, lines }, waiting.get(shipmentId)),
      };
    });
    const outcome = await this.steps.carryOut(steps, new Set(waiting.keys()), tx);
    const awaiting = early.map((event) => ({ event, fact: OrderChanged.type }));
    return { ...outcome, awaiting: [...(outcome.awaiting ?? []), ...awaiting] };
  }

  /** Goods of a changed order left, and the change is not here yet: they are billed as changed, or not at all. */
  private async tooEarly(events: readonly ShipmentDispatched[], tx: Tx): Promise<readonly ShipmentDispatched[]> {
    const changed = events.filter(({ data }) => data.orderRevision !== undefined);
    if (changed.length === 0) return [];
    const revisions = await this.orders.revisions(
      changed.map(({ data }) => data.orderId),
      tx,
    );
    return changed.filter(({ data }) => (revisions.get(data.orderId) ?? 0) < (data.orderRevision ?? 0));
  }
}
