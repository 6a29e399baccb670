import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCaptured, OrderValidated } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, EventCodec, planDeliveries, type PlannedDelivery } from '@railhead/service-kit';
import { CAPTURED_FIELDS, toSalesOrder } from '../domain/sales-order.js';
import { creationOf } from '../orders/planned-sales-order.js';

/** Plans the sales order of every validated order. Carried out afterwards: the ERP is never called in a transaction. */
@Controller()
export class OrderValidatedHandler {
  constructor(private readonly codec: EventCodec) {}

  @EventPattern<string>(OrderValidated.type)
  async handle(batch: Batch<OrderValidated>, tx: Tx): Promise<void> {
    await planDeliveries(tx, await Promise.all(batch.events.map((event) => this.planned(event))));
  }

  private async planned({ data, correlationId }: OrderValidated): Promise<PlannedDelivery> {
    const captured = await this.codec.decodeFields(OrderCaptured, data.order, CAPTURED_FIELDS);
    return creationOf(toSalesOrder(data, captured), correlationId);
  }
}
