import { OrderSettled } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, type Announcement, type Cause } from '@railhead/service-kit';
import { Injectable } from '@nestjs/common';
import { becomesSettled } from './domain/settlement.js';
import { ReceivableStore } from './store/receivable.store.js';

/** Says that an order is settled, once. */
@Injectable()
export class SettlementDesk {
  constructor(private readonly receivables: ReceivableStore) {}

  /**
   * Looks whether orders are settled now. The caller holds them, so that of two transactions that could say so one does.
   *
   * @param causes - By order id: what made somebody look.
   */
  async settle(causes: ReadonlyMap<string, Cause>, tx: Tx): Promise<Announcement[]> {
    if (causes.size === 0) return [];
    const settled = (await this.receivables.accounts([...causes.keys()], tx)).filter(becomesSettled);
    if (settled.length === 0) return [];
    await this.receivables.settle(
      settled.map((order) => order.orderId),
      tx,
    );
    return settled.map(({ orderId, accountId, currency, correlationId, invoicedMinor, paidMinor }) =>
      announce(
        OrderSettled,
        orderId,
        { orderId, accountId, invoiced: { currency, minor: invoicedMinor }, paid: { currency, minor: paidMinor } },
        { ...causes.get(orderId)!, correlationId },
      ),
    );
  }
}
