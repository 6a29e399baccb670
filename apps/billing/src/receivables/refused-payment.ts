import { derivedUuid, documentFileId, TaskOpened, type PaymentReceived } from '@railhead/contracts';
import { formatMinor, type Money } from '@railhead/money';
import { announce, type Announcement } from '@railhead/service-kit';

/** What may be booked under a payment's reference already. */
export type BookedPayment = { readonly amountMinor: number; readonly currency: string };

/**
 * Money that is not booked is a task: nobody else would notice. The same news again, through whatever door, is the same
 * task; it belongs to no order and has a file of its own.
 */
export function refusedPaymentTask(event: PaymentReceived, booked: BookedPayment | undefined, at: Date): Announcement {
  const { payerAccountId, reference, amount } = event.data;
  const about = JSON.stringify([payerAccountId, reference, amount.currency, amount.minor]);
  const orderId = documentFileId(`refused-payment:${about}`);
  const taskId = derivedUuid(`billing-task|payment-not-booked|${about}`);
  const data = {
    orderId,
    taskId,
    at: at.toISOString(),
    kind: 'payment-not-booked',
    ownerRole: 'finance',
    detail: `${payerAccountId} reports ${inWords(amount)} under ${reference}; it is not booked: ${reasonOf(amount, booked)}. When that is done: railhead close ${taskId} --reason "…"`,
  };
  return announce(TaskOpened, orderId, data, event);
}

function reasonOf({ minor }: Money, booked: BookedPayment | undefined): string {
  if (minor <= 0 || booked === undefined) return 'a payment is above zero. Ask the payer what is meant';
  const before = inWords({ minor: booked.amountMinor, currency: booked.currency });
  return `${before} is booked under that reference. If other money did arrive, report it under a reference of its own`;
}

function inWords(amount: Money): string {
  return `${formatMinor(amount)} ${amount.currency}`;
}
