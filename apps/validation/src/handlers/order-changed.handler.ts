import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { withChanges, worthOf } from '../domain/line-terms.js';
import { OrderStore } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

/** A change was made: from now on the order uses its buyer's credit as it is, and the next change starts from there. */
@Controller()
export class OrderChangedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
  ) {}

  @EventPattern<string>(OrderChanged.type)
  async handle(batch: Batch<OrderChanged>, tx: Tx): Promise<HandlerResult> {
    const orders = await this.orders.lock(batch.subjects, tx);
    const states = await this.orders.changeStates(batch.subjects, tx);
    for (const event of batch.events) {
      const [order, before] = [orders.get(event.subject), states.get(event.subject)?.lines];
      if (order?.state !== 'validated' || before === undefined) continue; // of a held order we made it ourselves
      const after = withChanges(before, event.data.lines);
      await this.orders.saveLines(order.orderId, after, tx);
      const more = worthOf(after, order.currency) - worthOf(before, order.currency);
      const exposureMinor = Math.max(0, order.exposureMinor + more);
      await this.orders.change([{ ...order, exposureMinor }], tx);
      await this.reference.spend(new Map([[order.accountId, exposureMinor - order.exposureMinor]]), tx);
    }
  }
}
