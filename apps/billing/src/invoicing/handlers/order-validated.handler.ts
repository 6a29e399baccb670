import { OrderCaptured, OrderValidated } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, EventCodec } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { billableOrder } from '../domain/billable-order.js';
import { OrderStore } from '../store/order.store.js';

/** Remembers what can be invoiced of an order. */
@Controller()
export class OrderValidatedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly codec: EventCodec,
  ) {}

  @EventPattern<string>(OrderValidated.type)
  async handle(batch: Batch<OrderValidated>, tx: Tx): Promise<void> {
    const orders = await Promise.all(
      batch.events.map(async ({ data, correlationId }) => {
        const captured = await this.codec.decodeFields(OrderCaptured, data.order, [
          'lines',
          'allowanceCharges',
          'totals',
        ]);
        return { order: billableOrder(data, captured), correlationId };
      }),
    );
    await this.orders.remember(orders, tx);
  }
}
