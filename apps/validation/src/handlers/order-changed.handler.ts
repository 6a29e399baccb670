import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderChanged, OrderChangeRefused } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { isNothingLeft, withChanges, worthOf } from '../domain/line-terms.js';
import { OrderStore } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

/** Who answers the changes of orders that are validated; those of held ones we make ourselves, and hear of again. */
const FULFILLMENT = 'fulfillment';

/**
 * A change was made: from now on the order uses its buyer's credit as it is, and the next change starts from there. Of one
 * that was refused nothing stays.
 */
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
    for (const event of batch.events.filter(({ source }) => source === FULFILLMENT)) {
      const [order, before] = [orders.get(event.subject), states.get(event.subject)?.lines];
      if (order?.state !== 'validated' || before === undefined) continue;
      const after = withChanges(before, event.data);
      await this.orders.saveLines(order.orderId, after, tx);
      const { revision, underWay } = states.get(event.subject)!;
      await this.orders.answered(order.orderId, event.data.revision >= revision ? 0 : underWay - 1, tx);
      const more = worthOf(after, order.currency) - worthOf(before, order.currency);
      const exposureMinor = isNothingLeft(after) ? 0 : Math.max(0, order.exposureMinor + more);
      await this.orders.change([{ ...order, exposureMinor }], tx);
      await this.reference.spend(new Map([[order.accountId, exposureMinor - order.exposureMinor]]), tx);
    }
  }

  @EventPattern<string>(OrderChangeRefused.type)
  async refused(batch: Batch<OrderChangeRefused>, tx: Tx): Promise<HandlerResult> {
    const answers = batch.events.filter(({ source }) => source === FULFILLMENT); // ours were never under way
    if (answers.length === 0) return;
    const subjects = answers.map(({ subject }) => subject);
    await this.orders.lock(subjects, tx);
    for (const [orderId, { underWay }] of await this.orders.changeStates(subjects, tx))
      await this.orders.answered(orderId, underWay - 1, tx);
  }
}
