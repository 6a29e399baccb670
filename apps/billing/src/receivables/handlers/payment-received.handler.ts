import { PaymentReceived } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, ServiceContext, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { CashDesk } from '../cash-desk.js';
import { admit } from '../domain/admit-payment.js';
import { PaymentStore } from '../store/payment.store.js';

/** Money arrived: books it once and applies it. */
@Controller()
export class PaymentReceivedHandler {
  constructor(
    private readonly payments: PaymentStore,
    private readonly desk: CashDesk,
    private readonly context: ServiceContext,
  ) {}

  @EventPattern<string>(PaymentReceived.type)
  async handle(batch: Batch<PaymentReceived>, tx: Tx): Promise<HandlerResult> {
    const known = await this.payments.known(
      batch.events.map((event) => event.data),
      tx,
    );
    const judged = batch.events.map((event) => ({
      event,
      verdict: admit(event.data, known.get(`${event.data.payerAccountId}\n${event.data.reference}`)),
    }));
    for (const { event, verdict } of judged) {
      if (verdict === 'refused')
        this.context.log.error(
          { eventId: event.id, correlationId: event.correlationId },
          'payment not booked: its amount is not above zero',
        );
      if (verdict === 'contradicts')
        this.context.log.error(
          { eventId: event.id, correlationId: event.correlationId },
          'payment not booked: its reference stands for another amount',
        );
    }
    return this.desk.receive(
      judged.flatMap(({ event, verdict }) => (verdict === 'new' ? [event] : [])),
      tx,
    );
  }
}
