import { OrderChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { changeBillable } from '../domain/change-billable.js';
import { OrderStore } from '../store/order.store.js';

/** The order is another one now: what ships from now on is invoiced as it is. */
@Controller()
export class OrderChangedHandler {
  constructor(private readonly orders: OrderStore) {}

  @EventPattern<string>(OrderChanged.type)
  async handle(batch: Batch<OrderChanged>, tx: Tx): Promise<void> {
    const orders = await this.orders.find(batch.subjects, tx);
    for (const { data, subject } of batch.events) {
      const order = orders.get(subject);
      // One that is not here yet was changed while it was held: its verdict comes with the change in it.
      if (order !== undefined) await this.orders.replace(changeBillable(order, data), data.revision, tx);
    }
  }
}
