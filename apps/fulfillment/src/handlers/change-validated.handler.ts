import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderChangeValidated, OrderValidated } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import { changeOrder } from '../domain/change-order.js';
import { OrderBook } from '../domain/order-book.js';
import { StockBook } from '../domain/stock-book.js';
import { OrderStore } from '../store/order.store.js';
import { QueueStore } from '../store/queue.store.js';
import { StockStore } from '../store/stock.store.js';
import { announcementsOf } from './announcements.js';
import { BackorderServing } from './backorder-serving.js';
import { causesBySku } from './causes.js';

/** Makes the changes that validation allows, as long as the goods are here. */
@Controller()
export class ChangeValidatedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly stock: StockStore,
    private readonly queue: QueueStore,
    private readonly backorders: BackorderServing,
    private readonly config: FulfillmentConfig,
  ) {}

  @EventPattern<string>(OrderChangeValidated.type)
  async handle(batch: Batch<OrderChangeValidated>, tx: Tx): Promise<HandlerResult> {
    const { warehouse } = this.config;
    const orderIds = [...batch.subjects];
    const neighbours = await this.queue.neighboursOf({ orderIds }, tx);
    const skus = batch.events.flatMap(({ data }) => data.lines.map(({ sku }) => sku));
    const levels = await this.stock.lock(warehouse, { skus, orderIds: [...orderIds, ...neighbours] }, tx);
    const books = { stock: new StockBook(levels), orders: new OrderBook(await this.orders.load(orderIds, tx)) };

    const awaiting = batch.events
      .filter((event) => books.orders.get(event.subject) === undefined)
      .map((event) => ({ event, fact: OrderValidated.type }));
    const announcements = batch.events.flatMap((event): Announcement[] => {
      const order = books.orders.get(event.subject);
      if (order === undefined) return [];
      const decision = changeOrder(order, event.data, warehouse, books.stock);
      books.orders.put(decision.order);
      return announcementsOf(decision.says, order, event);
    });
    const because = causesBySku(batch.events, books.orders);
    return { announce: [...announcements, ...(await this.backorders.serveAndSave(books, because, tx))], awaiting };
  }
}
