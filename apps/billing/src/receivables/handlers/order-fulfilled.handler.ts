import { OrderFulfilled } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, Failure, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { SettlementDesk } from '../settlement-desk.js';
import { ReceivableStore } from '../store/receivable.store.js';

/** Nothing is left to ship: from now on the order can be settled. */
@Controller()
export class OrderFulfilledHandler {
  constructor(
    private readonly receivables: ReceivableStore,
    private readonly settlements: SettlementDesk,
  ) {}

  @EventPattern<string>(OrderFulfilled.type)
  async handle(batch: Batch<OrderFulfilled>, tx: Tx): Promise<HandlerResult> {
    const known = await this.receivables.fulfilled(
      batch.events.map((event) => event.data),
      tx,
    );
    // Verdict and fulfilment share topic and key, so the verdict was here before or never will be.
    const stranger = batch.events.find((event) => !known.has(event.subject));
    if (stranger !== undefined)
      throw Failure.permanent('CONTRACT_VIOLATION', `order ${stranger.subject} is fulfilled but was never validated`);
    return this.settlements.settle(new Map(batch.events.map((event) => [event.subject, event])), tx);
  }
}
