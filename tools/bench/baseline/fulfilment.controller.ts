import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { DataSource, In } from 'typeorm';
import { PurchaseOrder, Shipment, Stock } from './entities.js';
import type { ConfirmationMessage, ShipmentMessage, ValidatedMessage } from './messages.js';
import { Publisher } from './publisher.js';
import { Tally } from './tally.js';
import { settings } from './settings.js';

/** Stage 3 and 4: allocates, asks the warehouse, and takes its confirmation. */
@Controller()
export class FulfilmentController {
  constructor(
    private readonly database: DataSource,
    private readonly publisher: Publisher,
    private readonly tally: Tally,
  ) {}

  @EventPattern<string>(settings.topic('order.validated'))
  async validated(@Payload() order: ValidatedMessage): Promise<void> {
    this.tally.heard('order.validated', order.id);
    const shipments = this.database.getRepository(Shipment);
    if ((await shipments.findOneBy({ orderId: order.id })) !== null) return;
    const stocks = this.database.getRepository(Stock);
    const rows = await stocks.findBy({ sku: In(order.lines.map((line) => line.sku)) });
    for (const line of order.lines) {
      const row = rows.find(({ sku }) => sku === line.sku);
      if (row === undefined || row.onHand - row.allocated < line.quantity) throw new Error(`not enough of ${line.sku}`);
      row.allocated += line.quantity;
    }
    await stocks.save(rows);
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
    const shipment = await shipments.save(
      shipments.create({ id: randomUUID(), orderId: order.id, status: 'requested', lines }),
    );
    const request: ShipmentMessage = { shipmentId: shipment.id, orderId: order.id, lines };
    await this.publisher.publish('shipment.requested', order.id, request);
  }

  @EventPattern<string>(settings.topic('shipment.confirmed'))
  async confirmed(@Payload() confirmation: ConfirmationMessage): Promise<void> {
    const shipments = this.database.getRepository(Shipment);
    const orders = this.database.getRepository(PurchaseOrder);
    const shipment = await shipments.findOneByOrFail({ id: confirmation.shipmentId });
    if (shipment.status === 'dispatched') return;
    shipment.status = 'dispatched';
    shipment.trackingNumber = confirmation.trackingNumber;
    await shipments.save(shipment);
    const stocks = this.database.getRepository(Stock);
    const rows = await stocks.findBy({ sku: In(shipment.lines.map((line) => line.sku)) });
    for (const line of shipment.lines) {
      const row = rows.find(({ sku }) => sku === line.sku)!;
      row.onHand -= line.quantity;
      row.allocated -= line.quantity;
    }
    await stocks.save(rows);
    await orders.update({ id: confirmation.orderId }, { status: 'shipped' });
    await this.publisher.publish('shipment.dispatched', confirmation.orderId, confirmation);
  }
}

/** The warehouse: ships everything at once. */
@Controller()
export class WarehouseController {
  constructor(private readonly publisher: Publisher) {}

  @EventPattern<string>(settings.topic('shipment.requested'))
  async requested(@Payload() { shipmentId, orderId }: ShipmentMessage): Promise<void> {
    const confirmation: ConfirmationMessage = { shipmentId, orderId, trackingNumber: `1Z${shipmentId.slice(0, 8)}` };
    await this.publisher.publish('shipment.confirmed', orderId, confirmation);
  }
}
