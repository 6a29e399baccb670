import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCaptured, OrderValidated } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, EventCodec, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import { deliveryWishOf } from '../domain/delivery-wish.js';
import { OrderBook } from '../domain/order-book.js';
import type { OrderState } from '../domain/order-state.js';
import { placesOf } from '../domain/places.js';
import { StockBook } from '../domain/stock-book.js';
import { orderFrom, takeOrder } from '../domain/take-order.js';
import { EarlyCancelStore } from '../store/early-cancel.store.js';
import { OrderStore } from '../store/order.store.js';
import { StockStore } from '../store/stock.store.js';
import { announcementsOf } from './announcements.js';

/** Takes validated orders: promises them what there is and asks the warehouse to ship it. */
@Controller()
export class OrderValidatedHandler {
  constructor(
    private readonly orders: OrderStore,
    private readonly stock: StockStore,
    private readonly earlyCancels: EarlyCancelStore,
    private readonly codec: EventCodec,
    private readonly config: FulfillmentConfig,
  ) {}

  @EventPattern<string>(OrderValidated.type)
  async handle(batch: Batch<OrderValidated>, tx: Tx): Promise<HandlerResult> {
    const { warehouse } = this.config;
    const taken = await this.orders.knownAmong(batch.subjects, tx);
    const fresh = batch.events.filter((event) => !taken.has(event.data.orderId));
    const incoming = await Promise.all(fresh.map(async (event) => ({ event, order: await this.orderOf(event) })));
    const cancels = await this.earlyCancels.among(batch.subjects, tx);
    const skus = incoming.flatMap(({ order }) => order.lines.map((line) => line.sku));
    const stock = new StockBook(await this.stock.lock(warehouse, { skus }, tx));
    const orders = new OrderBook();

    const announcements = incoming.flatMap(({ event, order }): Announcement[] => {
      const decision = takeOrder(order, cancels.get(order.orderId), warehouse, stock);
      orders.put(decision.order);
      return announcementsOf(decision.says, order, event);
    });

    await this.orders.save(orders, tx);
    await this.stock.save(warehouse, stock, tx);
    return announcements;
  }

  private async orderOf(event: OrderValidated): Promise<OrderState> {
    const captured = await this.codec.decodeFields(OrderCaptured, event.data.order, [
      'parties',
      'delivery',
      'deliveryTerms',
    ]);
    const delivery = deliveryWishOf(captured);
    const facts = { validatedAt: event.time, correlationId: event.correlationId, delivery };
    if (event.data.severalPlaces !== true) return orderFrom(event.data, facts);
    const { lines } = await this.codec.decodeFields(OrderCaptured, event.data.order, ['lines']);
    return orderFrom(event.data, { ...facts, places: placesOf(lines) });
  }
}
