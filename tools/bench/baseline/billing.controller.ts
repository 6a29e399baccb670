import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { Invoice, LedgerRow, PurchaseOrder } from './entities.js';
import type { ConfirmationMessage } from './messages.js';
import { Publisher } from './publisher.js';
import { settings } from './settings.js';

/** Stage 5: one invoice per shipment, with its two ledger rows. */
@Controller()
export class BillingController {
  constructor(
    private readonly database: DataSource,
    private readonly publisher: Publisher,
  ) {}

  @EventPattern<string>(settings.topic('shipment.dispatched'))
  async dispatched(@Payload() { shipmentId, orderId }: ConfirmationMessage): Promise<void> {
    if ((await this.database.getRepository(Invoice).findOneBy({ shipmentId })) !== null) return;
    const order = await this.database
      .getRepository(PurchaseOrder)
      .findOneOrFail({ where: { id: orderId }, relations: { lines: true } });
    const gross = order.lines.reduce(
      (total, line) => total + Math.round(line.quantity * Number(line.unitPrice) * 100),
      0,
    );
    const dueOn = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const invoice = await this.database.transaction(async (manager) => {
      const { accountId } = order;
      const saved = await manager.save(
        manager.create(Invoice, { id: randomUUID(), orderId, shipmentId, accountId, grossMinor: String(gross), dueOn }),
      );
      await manager.save([
        manager.create(LedgerRow, { entryId: saved.id, account: 'receivable', amountMinor: String(gross) }),
        manager.create(LedgerRow, { entryId: saved.id, account: 'revenue', amountMinor: String(-gross) }),
      ]);
      return saved;
    });
    await this.publisher.publish('invoice.issued', orderId, {
      ...invoice,
      lines: order.lines.map(({ sku, quantity, unitPrice }) => ({ sku, quantity, unitPrice })),
    });
  }
}
