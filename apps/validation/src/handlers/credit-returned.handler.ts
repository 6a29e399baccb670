import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelled, OrderCaptured, OrderSettled, PaymentApplied, type CanonicalOrder } from '@railhead/contracts';
import { extend } from '@railhead/money';
import type { Tx } from '@railhead/database';
import { Batch, EventCodec, type HandlerResult } from '@railhead/service-kit';
import { OrderStore, type JudgedOrder } from '../store/order.store.js';
import { ReferenceStore } from '../store/reference.store.js';

/** Gives credit back that an order used: paid, settled, or cancelled before it shipped. */
@Controller()
export class CreditReturnedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly reference: ReferenceStore,
    private readonly codec: EventCodec,
  ) {}

  @EventPattern<string>(PaymentApplied.type)
  paid(batch: Batch<PaymentApplied>, tx: Tx): Promise<HandlerResult> {
    return this.giveBack(batch, tx, async (_order, event) => event.data.amount.minor);
  }

  @EventPattern<string>(OrderSettled.type)
  settled(batch: Batch<OrderSettled>, tx: Tx): Promise<HandlerResult> {
    return this.giveBack(batch, tx, async (order) => order.exposureMinor);
  }

  @EventPattern<string>(OrderCancelled.type)
  cancelled(batch: Batch<OrderCancelled>, tx: Tx): Promise<HandlerResult> {
    return this.giveBack(batch, tx, async (order, event) => {
      const document = (await this.codec.decodeData(OrderCaptured.type, order.document)) as CanonicalOrder;
      const prices = new Map(document.lines.map((line) => [line.lineId, line.price]));
      return event.data.lines.reduce((sum, { lineId, quantity }) => {
        const price = prices.get(lineId);
        return price === undefined
          ? sum
          : sum + extend(quantity, price.amount, document.currency, { baseQuantity: price.baseQuantity ?? '1' }).minor;
      }, 0);
    });
  }

  /** Never more than the order still uses: what was given back once is not given back again. */
  private async giveBack<E extends PaymentApplied | OrderSettled | OrderCancelled>(
    batch: Batch<E>,
    tx: Tx,
    amountOf: (order: JudgedOrder, event: E) => Promise<number>,
  ): Promise<HandlerResult> {
    const orders = await this.orders.lock(batch.subjects, tx);
    const back = new Map<string, number>();
    const changes: Pick<JudgedOrder, 'orderId' | 'state' | 'exposureMinor'>[] = [];
    for (const event of batch.events) {
      const order = orders.get(event.subject);
      if (order === undefined) continue;
      const minor = Math.min(order.exposureMinor, Math.max(0, await amountOf(order, event)));
      changes.push({ orderId: order.orderId, state: order.state, exposureMinor: order.exposureMinor - minor });
      back.set(order.accountId, (back.get(order.accountId) ?? 0) - minor);
    }
    await this.orders.change(changes, tx);
    await this.reference.spend(back, tx);
  }
}
