import { ConflictException, Injectable, NotFoundException } from '@nestjs/common';
import type { Caller } from '@railhead/service-kit';
import type { OrderFile } from '../domain/file/order-file.js';
import { maySee } from '../domain/outside-view.js';
import { OrderStore } from '../store/order.store.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const FOLD_MAX = 500;

/** Finds an order as people name it: by our id or by the buyer's PO number. What a caller may not see is not there. */
@Injectable()
export class OrderFinder {
  constructor(private readonly orders: OrderStore) {}

  /** @throws NotFoundException, or ConflictException when several orders have that number. */
  async find(reference: string, caller: Caller): Promise<OrderFile> {
    const orderId = UUID.test(reference) ? reference.toLowerCase() : await this.idOf(reference, caller);
    const file = orderId === undefined ? undefined : await this.orders.file(orderId);
    if (file === undefined || !maySee(caller, file.accountId))
      throw new NotFoundException(`no order ${reference} is known`);
    return file;
  }

  private async idOf(purchaseOrderNumber: string, caller: Caller): Promise<string | undefined> {
    await this.orders.foldNew(FOLD_MAX);
    const rows = await this.orders.withPurchaseOrderNumber(purchaseOrderNumber, caller.accountId);
    if (rows.length > 1) {
      const choice = rows.map((row) => `${row.orderId} (${row.accountId})`).join(', ');
      throw new ConflictException(
        `several orders have the number ${purchaseOrderNumber}; name one by its id: ${choice}`,
      );
    }
    return rows[0]?.orderId;
  }
}
