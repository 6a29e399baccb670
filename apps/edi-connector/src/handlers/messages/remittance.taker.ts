import { Injectable } from '@nestjs/common';
import { joinedParts, paymentIdOf, PaymentReceived } from '@railhead/contracts';
import { formatMinor } from '@railhead/money';
import { announce } from '@railhead/service-kit';
import type { Remittance } from '../../inbound/remittance.mapper.js';
import type { Partner } from '../../partners/partner.js';
import { MessageTaker, type Identity, type MessageContext, type Taken } from './message-taker.js';

/** An 820 becomes a payment. One that does not add up waits for a person: nobody knows what the money is for. */
@Injectable()
export class RemittanceTaker extends MessageTaker<Remittance> {
  identify({ reference }: Remittance, { accountId }: Partner): Identity {
    return { key: joinedParts([accountId, reference]), reference };
  }

  take(remittance: Remittance, context: MessageContext): Promise<Taken> {
    const { amount, unbalanced, isWithoutMoney } = remittance;
    if (isWithoutMoney) return Promise.resolve({ events: [] });
    if (unbalanced !== undefined && !context.isReleased) {
      const [paid, told] = [formatMinor(amount), formatMinor(unbalanced)];
      return Promise.resolve({ hold: `BPR02 is ${paid} ${amount.currency}, lines and adjustments come to ${told}` });
    }
    const payment = paymentOf(remittance, context.partner);
    const event = announce(PaymentReceived, payment.payerAccountId, payment, context);
    return Promise.resolve({ events: [event] });
  }
}

function paymentOf(remittance: Remittance, { accountId }: Partner): PaymentReceived['data'] {
  const { reference, amount, paidOn, lines, adjustments } = remittance;
  return {
    paymentId: paymentIdOf(accountId, reference),
    reference,
    payerAccountId: accountId,
    receivedOn: paidOn,
    amount,
    remittance: [...lines],
    ...(adjustments.length > 0 && { adjustments: [...adjustments] }),
  };
}
