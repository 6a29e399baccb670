import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PurchaseOrder } from './entities.js';
import type { OrderMessage } from './messages.js';
import { Publisher } from './publisher.js';
import { Tally } from './tally.js';
import { ordersOf } from './x12.js';

/** Stage 1: takes a document, keeps its orders and announces them. */
@Controller()
export class IntakeController {
  constructor(
    private readonly database: DataSource,
    private readonly publisher: Publisher,
    private readonly tally: Tally,
  ) {}

  @Post('edi')
  @HttpCode(200)
  async take(@Body() text: string): Promise<{ accepted: number }> {
    const orders = ordersOf(text);
    await Promise.all(orders.map((order) => this.capture(order)));
    return { accepted: orders.length };
  }

  private async capture(order: OrderMessage): Promise<void> {
    this.tally.heard('order.captured', order.id);
    const orders = this.database.getRepository(PurchaseOrder);
    if ((await orders.findOneBy({ id: order.id })) !== null) return;
    await orders.save(orders.create({ ...order, status: 'captured', totalMinor: '0', lines: order.lines }));
    await this.publisher.publish('order.captured', order.id, order);
  }
}
