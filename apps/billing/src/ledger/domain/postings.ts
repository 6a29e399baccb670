import type { DraftInvoice } from '../../invoicing/domain/issue-invoice.js';

export const ACCOUNTS = ['receivable', 'revenue', 'tax', 'freight', 'discounts', 'cash', 'unapplied'] as const;
export type Account = (typeof ACCOUNTS)[number];

/** One line of a journal entry. */
export interface Posting {
  /** What is booked together; the postings of an entry add up to zero. */
  readonly entryId: string;
  readonly account: Account;
  /** Debit above zero, credit below; never zero. */
  readonly amountMinor: number;
  readonly currency: string;
}

function entry(entryId: string, currency: string, amounts: Partial<Record<Account, number>>): Posting[] {
  return Object.entries(amounts)
    .filter(([, amountMinor]) => amountMinor !== 0)
    .map(([account, amountMinor]) => ({ entryId, account: account as Account, amountMinor, currency }));
}

/** The customer owes the gross; we earned the lines and the charges, gave the allowances, and owe the tax. */
export function invoicePostings(
  invoice: Pick<DraftInvoice, 'invoiceId' | 'lines' | 'allowanceCharges' | 'tax' | 'gross'>,
): Posting[] {
  const items = (isCharge: boolean): number =>
    invoice.allowanceCharges
      .filter((item) => item.isCharge === isCharge)
      .reduce((sum, item) => sum + item.amount.minor, 0);
  return entry(invoice.invoiceId, invoice.gross.currency, {
    receivable: invoice.gross.minor,
    revenue: -invoice.lines.reduce((sum, line) => sum + line.net.minor, 0),
    freight: -items(true),
    discounts: items(false),
    tax: -invoice.tax.minor,
  });
}

/** Money came in; until it is applied we owe it to the payer. */
export function receiptPostings(paymentId: string, amountMinor: number, currency: string): Posting[] {
  return entry(paymentId, currency, { cash: amountMinor, unapplied: -amountMinor });
}

/** A part of the money settles a part of an invoice. */
export function applicationPostings(applicationId: string, amountMinor: number, currency: string): Posting[] {
  return entry(applicationId, currency, { unapplied: amountMinor, receivable: -amountMinor });
}
