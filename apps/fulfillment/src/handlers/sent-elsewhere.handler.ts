import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderSentElsewhere } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type HandlerResult } from '@railhead/service-kit';
import { OrderBook } from '../domain/order-book.js';
import { sentElsewhere } from '../domain/sent-elsewhere.js';
import { OrderStore } from '../store/order.store.js';
import { announcementsOf } from './announcements.js';

/** Asks a person when somebody else has sent what we are to send. */
@Controller()
export class SentElsewhereHandler {
  constructor(private readonly orders: OrderStore) {}

  @EventPattern<string>(OrderSentElsewhere.type)
  async handle(batch: Batch<OrderSentElsewhere>, tx: Tx): Promise<HandlerResult> {
    const orders = new OrderBook(await this.orders.load([...batch.subjects], tx));
    return batch.events.flatMap((event) => {
      const order = orders.get(event.subject);
      return announcementsOf(
        sentElsewhere(order, event),
        order ?? { orderId: event.subject, correlationId: event.correlationId },
        event,
      );
    });
  }
}
