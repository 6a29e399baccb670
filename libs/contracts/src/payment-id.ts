import { joinedParts } from './joined-parts.js';
import { derivedUuid } from './order-id.js';

/** The id of a payment, made from payer and reference: reported twice, through whatever door, it is one payment. */
export function paymentIdOf(payerAccountId: string, reference: string): string {
  return derivedUuid(`payment|${joinedParts([payerAccountId, reference])}`);
}
