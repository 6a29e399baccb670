import { Injectable } from '@nestjs/common';
import type { Event } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { Announcement } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import type { OrderBook } from '../domain/order-book.js';
import type { OrderState } from '../domain/order-state.js';
import { serveWaiting } from '../domain/serve-waiting.js';
import type { StockBook } from '../domain/stock-book.js';
import { OrderStore } from '../store/order.store.js';
import { HEAD_OF_QUEUE, QueueStore, type QueuePlace } from '../store/queue.store.js';
import { StockStore } from '../store/stock.store.js';
import { announcementsOf } from './announcements.js';

const PAGE = 200;

/** The orders and the stock that a transaction deals with. */
export interface Books {
  readonly orders: OrderBook;
  readonly stock: StockBook;
}

/** Ends the transactions that may set stock free: offers it to the orders that wait for it, and writes both books. */
@Injectable()
export class BackorderServing {
  constructor(
    private readonly queue: QueueStore,
    private readonly orders: OrderStore,
    private readonly stock: StockStore,
    private readonly config: FulfillmentConfig,
  ) {}

  /** @param because - By product, the event that set it free. */
  async serveAndSave(books: Books, because: ReadonlyMap<string, Event>, tx: Tx): Promise<Announcement[]> {
    await this.orders.save(books.orders, tx); // the queue must show what this transaction did to it
    const announcements = await this.serve(books, because, tx);
    if (announcements.length > 0) await this.orders.save(books.orders, tx);
    await this.stock.save(this.config.warehouse, books.stock, tx);
    return announcements;
  }

  /** Page by page, until nothing is on offer or nobody waits for it. */
  private async serve(books: Books, because: ReadonlyMap<string, Event>, tx: Tx): Promise<Announcement[]> {
    const announcements: Announcement[] = [];
    let place = HEAD_OF_QUEUE;
    for (;;) {
      const onOffer = books.stock.onOffer();
      const page = onOffer.length === 0 ? [] : await this.queue.next(onOffer, place, PAGE, tx);
      if (page.length === 0) return announcements;
      announcements.push(...(await this.servePage(page, books, because, tx)));
      place = page.at(-1)!;
    }
  }

  private async servePage(
    page: readonly QueuePlace[],
    { orders, stock }: Books,
    because: ReadonlyMap<string, Event>,
    tx: Tx,
  ): Promise<Announcement[]> {
    const ids = page.map((place) => place.orderId);
    stock.add(await this.stock.lock(this.config.warehouse, { orderIds: ids }, tx));
    orders.add(await this.orders.load(ids, tx));
    const queue = ids.flatMap((id) => orders.get(id) ?? []);
    return serveWaiting(queue, this.config.warehouse, stock).flatMap(({ order, says }) => {
      orders.put(order);
      return announcementsOf(says, order, reasonFor(order, because));
    });
  }
}

function reasonFor(order: OrderState, because: ReadonlyMap<string, Event>): Event {
  const known = order.lines.flatMap((line) => because.get(line.sku) ?? []);
  return known[0] ?? because.values().next().value!;
}
