import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { ShipmentConfirmed } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import { confirmShipment } from '../domain/confirm-shipment.js';
import { OrderBook } from '../domain/order-book.js';
import { StockBook } from '../domain/stock-book.js';
import { OrderStore } from '../store/order.store.js';
import { StockStore } from '../store/stock.store.js';
import { announcementsOf } from './announcements.js';
import { BackorderServing } from './backorder-serving.js';
import { causesBySku } from './causes.js';

/** Takes what the warehouse says it shipped. */
@Controller()
export class ShipmentConfirmedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly stock: StockStore,
    private readonly backorders: BackorderServing,
    private readonly config: FulfillmentConfig,
  ) {}

  @EventPattern<string>(ShipmentConfirmed.type)
  async handle(batch: Batch<ShipmentConfirmed>, tx: Tx): Promise<HandlerResult> {
    const orderIds = batch.subjects;
    const levels = await this.stock.lock(this.config.warehouse, { orderIds }, tx);
    const books = { stock: new StockBook(levels), orders: new OrderBook(await this.orders.load(orderIds, tx)) };

    const announcements = batch.events.flatMap((event): Announcement[] => {
      const order = books.orders.get(event.subject);
      const [shippedAtMs, toldAtMs] = [Date.parse(event.data.shippedAt), Date.parse(event.time)];
      const decision = confirmShipment(order, event.data, shippedAtMs, books.stock, toldAtMs);
      if (decision.order !== undefined) books.orders.put(decision.order);
      return announcementsOf(
        decision.says,
        order ?? { orderId: event.subject, correlationId: event.correlationId },
        event,
      );
    });
    const because = causesBySku(batch.events, books.orders);
    return [...announcements, ...(await this.backorders.serveAndSave(books, because, tx))];
  }
}
