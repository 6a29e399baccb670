import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelRequested } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import { cancelOrder } from '../domain/cancel-order.js';
import type { Wish } from '../domain/decision.js';
import { OrderBook } from '../domain/order-book.js';
import { StockBook } from '../domain/stock-book.js';
import { EarlyCancelStore } from '../store/early-cancel.store.js';
import { OrderStore } from '../store/order.store.js';
import { QueueStore } from '../store/queue.store.js';
import { StockStore } from '../store/stock.store.js';
import { announcementsOf } from './announcements.js';
import { BackorderServing } from './backorder-serving.js';
import { causesBySku } from './causes.js';

/** Cancels what has not shipped. A request for an order that is not here yet is remembered. */
@Controller()
export class CancelRequestedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly stock: StockStore,
    private readonly queue: QueueStore,
    private readonly earlyCancels: EarlyCancelStore,
    private readonly backorders: BackorderServing,
    private readonly config: FulfillmentConfig,
  ) {}

  @EventPattern<string>(OrderCancelRequested.type)
  async handle(batch: Batch<OrderCancelRequested>, tx: Tx): Promise<HandlerResult> {
    const orderIds = [...batch.subjects];
    const neighbours = await this.queue.neighboursOf({ orderIds }, tx);
    const levels = await this.stock.lock(this.config.warehouse, { orderIds: [...orderIds, ...neighbours] }, tx);
    const books = { stock: new StockBook(levels), orders: new OrderBook(await this.orders.load(orderIds, tx)) };

    const early = batch.events.filter((event) => books.orders.get(event.subject) === undefined);
    await this.earlyCancels.remember(new Map(early.map((event) => [event.subject, wishOf(event)])), tx);
    const announcements = batch.events.flatMap((event): Announcement[] => {
      const order = books.orders.get(event.subject);
      if (order === undefined) return [];
      const decision = cancelOrder(order, wishOf(event), books.stock);
      books.orders.put(decision.order);
      return announcementsOf(decision.says, order, event);
    });
    const because = causesBySku(batch.events, books.orders);
    return [...announcements, ...(await this.backorders.serveAndSave(books, because, tx))];
  }
}

function wishOf({ data }: OrderCancelRequested): Wish {
  return { actor: data.actor, reason: data.reason };
}
