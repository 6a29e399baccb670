import { PaymentReceived } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, Clock, type HandlerResult } from '@railhead/service-kit';
import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { CashDesk } from '../cash-desk.js';
import { admit } from '../domain/admit-payment.js';
import { refusedPaymentTask } from '../refused-payment.js';
import { PaymentStore } from '../store/payment.store.js';

/** Money arrived: books it once and applies it; what cannot be booked is a task. */
@Controller()
export class PaymentReceivedHandler {
  constructor(
    private readonly payments: PaymentStore,
    private readonly desk: CashDesk,
    private readonly clock: Clock,
  ) {}

  @EventPattern<string>(PaymentReceived.type)
  async handle(batch: Batch<PaymentReceived>, tx: Tx): Promise<HandlerResult> {
    const known = await this.payments.known(
      batch.events.map((event) => event.data),
      tx,
    );
    const judged = batch.events.map((event) => {
      const booked = known.get(`${event.data.payerAccountId}\n${event.data.reference}`);
      return { event, booked, verdict: admit(event.data, booked) };
    });
    const received = await this.desk.receive(
      judged.flatMap(({ event, verdict }) => (verdict === 'new' ? [event] : [])),
      tx,
    );
    const refused = judged.filter(({ verdict }) => verdict === 'refused' || verdict === 'contradicts');
    const now = this.clock.now();
    return [...received, ...refused.map(({ event, booked }) => refusedPaymentTask(event, booked, now))];
  }
}
