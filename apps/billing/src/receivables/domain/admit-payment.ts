import type { PaymentReceived } from '@railhead/contracts';

/**
 * Whether a payment is booked. The same reference of one payer is the same payment: told again it changes nothing, and
 * with another amount it is a contradiction that a person must look at. An amount that is not above zero is no payment.
 */
export function admit(
  { amount }: Pick<PaymentReceived['data'], 'amount'>,
  booked: { readonly amountMinor: number; readonly currency: string } | undefined,
): 'new' | 'repeated' | 'contradicts' | 'refused' {
  if (amount.minor <= 0) return 'refused';
  if (booked === undefined) return 'new';
  return booked.amountMinor === amount.minor && booked.currency === amount.currency ? 'repeated' : 'contradicts';
}
