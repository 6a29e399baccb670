import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelled, OrderSettled, PaymentApplied } from '@railhead/contracts';
import { extend } from '@railhead/money';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { isNothingLeft, withoutCancelled, worthOf, type LineTerms } from '../domain/line-terms.js';
import { OrderStore, type JudgedOrder } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

/** Gives credit back that an order used: paid, settled, or cancelled before it shipped. */
@Controller()
export class CreditReturnedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
  ) {}

  @EventPattern<string>(PaymentApplied.type)
  paid(batch: Batch<PaymentApplied>, tx: Tx): Promise<HandlerResult> {
    return this.giveBack(batch, tx, (_order, event) => event.data.amount.minor);
  }

  @EventPattern<string>(OrderSettled.type)
  settled(batch: Batch<OrderSettled>, tx: Tx): Promise<HandlerResult> {
    return this.giveBack(batch, tx, (order) => order.exposureMinor);
  }

  @EventPattern<string>(OrderCancelled.type)
  async cancelled(batch: Batch<OrderCancelled>, tx: Tx): Promise<HandlerResult> {
    const states = await this.orders.changeStates(batch.subjects, tx);
    const pricesOf = await this.orders.prices(batch.subjects, tx);
    for (const { subject, data } of batch.events) {
      const before = states.get(subject)?.lines;
      if (before !== undefined) await this.orders.saveLines(subject, withoutCancelled(before, data.lines), tx);
    }
    return this.giveBack(batch, tx, (order, event) => {
      const before = states.get(order.orderId)?.lines;
      if (before !== undefined) return worthOfCancelled(order, before, event);
      const prices = new Map(pricesOf.get(order.orderId)?.map((price) => [price.lineId, price]));
      return event.data.lines.reduce((sum, { lineId, quantity }) => {
        const price = prices.get(lineId);
        return price === undefined
          ? sum
          : sum + extend(quantity, price.amount, order.currency, { baseQuantity: price.baseQuantity ?? '1' }).minor;
      }, 0);
    });
  }

  /** Never more than the order still uses: what was given back once is not given back again. */
  private async giveBack<E extends PaymentApplied | OrderSettled | OrderCancelled>(
    batch: Batch<E>,
    tx: Tx,
    amountOf: (order: JudgedOrder, event: E) => number,
  ): Promise<HandlerResult> {
    const orders = await this.orders.lock(batch.subjects, tx);
    const back = new Map<string, number>();
    const changes: Pick<JudgedOrder, 'orderId' | 'state' | 'exposureMinor'>[] = [];
    for (const event of batch.events) {
      const order = orders.get(event.subject);
      if (order === undefined) continue;
      const minor = Math.min(order.exposureMinor, Math.max(0, amountOf(order, event)));
      changes.push({ orderId: order.orderId, state: order.state, exposureMinor: order.exposureMinor - minor });
      back.set(order.accountId, (back.get(order.accountId) ?? 0) - minor);
    }
    await this.orders.change(changes, tx);
    await this.reference.spend(back, tx);
  }
}

/** An order that is cancelled whole owes no tax and no freight either, and nothing of it will ever be settled. */
function worthOfCancelled(
  { currency, exposureMinor }: JudgedOrder,
  before: readonly LineTerms[],
  { data }: OrderCancelled,
): number {
  const after = withoutCancelled(before, data.lines);
  return isNothingLeft(after) ? exposureMinor : worthOf(before, currency) - worthOf(after, currency);
}
