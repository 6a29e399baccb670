import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { DataSource, In } from 'typeorm';
import { Customer, Product, PurchaseOrder } from './entities.js';
import type { OrderMessage, ValidatedMessage } from './messages.js';
import { Publisher } from './publisher.js';
import { settings } from './settings.js';

/** Stage 2: customer, products, prices and credit are right. */
@Controller()
export class ValidationController {
  constructor(
    private readonly database: DataSource,
    private readonly publisher: Publisher,
  ) {}

  @EventPattern<string>(settings.topic('order.captured'))
  async captured(@Payload() order: OrderMessage): Promise<void> {
    const orders = this.database.getRepository(PurchaseOrder);
    const customers = this.database.getRepository(Customer);
    const stored = await orders.findOneByOrFail({ id: order.id });
    if (stored.status !== 'captured') return;
    const customer = await customers.findOneBy({ accountId: order.accountId });
    if (customer === null || customer.blocked) throw new Error(`no open account ${order.accountId}`);
    const products = await this.database
      .getRepository(Product)
      .findBy({ sku: In(order.lines.map((line) => line.sku)) });
    const totalMinor = totalOf(order, products);
    if (Number(customer.exposureMinor) + totalMinor > Number(customer.creditLimitMinor))
      throw new Error('over the credit limit');
    customer.exposureMinor = String(Number(customer.exposureMinor) + totalMinor);
    await customers.save(customer);
    stored.status = 'validated';
    stored.totalMinor = String(totalMinor);
    await orders.save(stored);
    const validated: ValidatedMessage = { ...order, totalMinor, netDays: customer.netDays };
    await this.publisher.publish('order.validated', order.id, validated);
  }
}

function totalOf(order: OrderMessage, products: Product[]): number {
  return order.lines.reduce((total, line) => {
    const product = products.find(({ sku }) => sku === line.sku);
    if (product === undefined) throw new Error(`no product ${line.sku}`);
    if (Number(product.price) !== Number(line.unitPrice)) throw new Error(`${line.sku} costs ${product.price}`);
    return total + Math.round(line.quantity * Number(line.unitPrice) * 100);
  }, 0);
}
