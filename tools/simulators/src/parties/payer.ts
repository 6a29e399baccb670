import type { Sending } from '../books.js';
import { decimalOf } from '../plan/goods.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';

const TIMEOUT_MS = 10_000;

/** An invoice as a payer reads it, or what of it is open. */
export interface Invoice {
  readonly invoiceNumber: string;
  readonly accountId: string;
  readonly gross: { readonly currency: string; readonly minor: number };
}

/** A payer that pays every invoice whole. */
export class Payer {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    present?: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  /** Under the same reference for the same invoice: the same payment twice is one payment. */
  pay({ invoiceNumber, accountId, gross }: Invoice, entry: Sending): Promise<void> {
    const amount = decimalOf(gross.minor);
    const message = {
      url: () => this.target.url('gateway', '/v1/payments'),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.target.adminKey}` },
      body: JSON.stringify({
        reference: referenceOf(invoiceNumber),
        payerAccountId: accountId,
        currency: gross.currency,
        amount,
        remittance: [{ invoiceNumber, amount }],
      }),
    };
    return this.sender.send(message, entry);
  }

  rest(ms: number): Promise<void> {
    return this.sender.rest(ms);
  }

  stop(): void {
    this.sender.stop();
  }
}

/** The payer's own number of the payment of an invoice. */
export function referenceOf(invoiceNumber: string): string {
  return `PAY-${invoiceNumber}`;
}
