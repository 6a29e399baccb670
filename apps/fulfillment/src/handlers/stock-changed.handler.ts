import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { StockChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, type Announcement, type HandlerResult } from '@railhead/service-kit';
import { FulfillmentConfig } from '../config.js';
import { OrderBook } from '../domain/order-book.js';
import { StockBook } from '../domain/stock-book.js';
import { QueueStore } from '../store/queue.store.js';
import { StockStore } from '../store/stock.store.js';
import { BackorderServing } from './backorder-serving.js';

/** Takes over counts of stock, and serves who waits for what they bring. Counts of other warehouses are only kept. */
@Controller()
export class StockChangedHandler {
  constructor(
    private readonly stock: StockStore,
    private readonly queue: QueueStore,
    private readonly backorders: BackorderServing,
    private readonly config: FulfillmentConfig,
  ) {}

  @EventPattern<string>(StockChanged.type)
  async handle(batch: Batch<StockChanged>, tx: Tx): Promise<HandlerResult> {
    const announcements: Announcement[] = [];
    const warehouses = Map.groupBy(batch.events, (event) => event.data.warehouse);
    for (const warehouse of [...warehouses.keys()].sort()) {
      announcements.push(...(await this.takeOver(warehouse, warehouses.get(warehouse)!, tx)));
    }
    return announcements;
  }

  private async takeOver(warehouse: string, events: readonly StockChanged[], tx: Tx): Promise<Announcement[]> {
    const counts = events.map(({ data }) => ({ sku: data.sku, onHand: data.onHand, asOfMs: Date.parse(data.asOf) }));
    const skus = counts.map((count) => count.sku);
    const isOurs = warehouse === this.config.warehouse;
    const orderIds = isOurs ? await this.queue.neighboursOf({ skus }, tx) : [];
    const stock = new StockBook(await this.stock.lock(warehouse, { skus, orderIds }, tx));
    const moved = await this.stock.movedSince(warehouse, counts, tx);
    for (const { sku, onHand, asOfMs } of counts) stock.count(sku, onHand, asOfMs, moved.get(sku) ?? '0');

    if (!isOurs) await this.stock.save(warehouse, stock, tx);
    const because = new Map(events.map((event) => [event.data.sku, event]));
    const served = isOurs ? await this.backorders.serveAndSave({ stock, orders: new OrderBook() }, because, tx) : [];
    await this.stock.forgetMoves(warehouse, skus, tx);
    return served;
  }
}
