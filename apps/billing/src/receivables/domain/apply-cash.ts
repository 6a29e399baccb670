import type { PaymentReceived } from '@railhead/contracts';
import { asInvoiceNumber } from '../../invoicing/domain/invoice-number.js';

/** An invoice that money may settle. */
export interface OpenInvoice {
  readonly invoiceId: string;
  readonly invoiceNumber: string;
  readonly orderId: string;
  readonly accountId: string;
  /** The story of its order, which the events about it continue. */
  readonly correlationId: string;
  readonly currency: string;
  readonly grossMinor: number;
  readonly openMinor: number;
}

/** What the payer says a part of the money is for. */
export interface Wish {
  readonly invoiceNumber: string;
  readonly amountMinor: number;
}

/** Money that is not applied yet. */
export interface Cash {
  readonly paymentId: string;
  readonly payerAccountId: string;
  readonly currency: string;
  readonly unappliedMinor: number;
}

export interface Application {
  readonly paymentId: string;
  /** As it was before. */
  readonly invoice: OpenInvoice;
  readonly amountMinor: number;
  /** Open on the invoice afterwards. */
  readonly openMinor: number;
}

export interface CashDecision {
  readonly cash: Cash;
  readonly applications: readonly Application[];
  /** Wishes for invoices that do not exist yet: kept until they do. */
  readonly waiting: readonly Wish[];
  readonly unappliedMinor: number;
  /** Why something stays unapplied, one sentence per cause. */
  readonly reasons: readonly string[];
}

/**
 * Applies money as the payer wishes, in the payer's order: never more than is open on an invoice, never more than there
 * is, and only to the payer's own invoices in the same currency. Nothing is guessed: the rest stays unapplied.
 *
 * @param invoices - By invoice number.
 */
export function applyCash(
  cash: Cash,
  wishes: readonly Wish[],
  invoices: ReadonlyMap<string, OpenInvoice>,
): CashDecision {
  const open = new Map<string, number>();
  const applications: Application[] = [];
  const waiting: Wish[] = [];
  const reasons: string[] = [];
  let left = cash.unappliedMinor;
  for (const wish of wishes) {
    const invoice = invoices.get(wish.invoiceNumber);
    const objection = objectionTo(cash, wish, invoice);
    if (objection !== undefined) reasons.push(objection);
    if (wish.amountMinor > 0 && invoice === undefined) waiting.push(wish);
    if (objection !== undefined || invoice === undefined) continue;
    const openBefore = open.get(invoice.invoiceNumber) ?? invoice.openMinor;
    const amountMinor = smallest(wish.amountMinor, openBefore, left);
    if (amountMinor < wish.amountMinor) reasons.push(shortfall(wish, openBefore, left));
    if (amountMinor === 0) continue;
    left -= amountMinor;
    open.set(invoice.invoiceNumber, openBefore - amountMinor);
    applications.push({ paymentId: cash.paymentId, invoice, amountMinor, openMinor: openBefore - amountMinor });
  }
  if (wishes.length === 0) reasons.push('the payer names no invoice');
  return { cash, applications, waiting: left > 0 ? waiting : [], unappliedMinor: left, reasons };
}

function objectionTo(cash: Cash, wish: Wish, invoice: OpenInvoice | undefined): string | undefined {
  if (wish.amountMinor <= 0) return `${wish.invoiceNumber}: the amount is not above zero`;
  if (invoice === undefined) return `${wish.invoiceNumber}: there is no such invoice yet`;
  if (invoice.accountId !== cash.payerAccountId) return `${wish.invoiceNumber}: the invoice is another account's`;
  if (invoice.currency !== cash.currency)
    return `${wish.invoiceNumber}: the invoice is in ${invoice.currency}, the money in ${cash.currency}`;
  return undefined;
}

function shortfall(wish: Wish, openMinor: number, leftMinor: number): string {
  return openMinor < leftMinor
    ? `${wish.invoiceNumber}: more was paid than is open`
    : `${wish.invoiceNumber}: the money does not reach`;
}

function smallest(...amounts: readonly number[]): number {
  return amounts.reduce((least, amount) => (amount < least ? amount : least));
}

export interface Remittance {
  readonly wishes: readonly Wish[];
  readonly reasons: readonly string[];
}

/** The wishes of a payment. A line in another currency than the money is none. */
export function remittanceOf(payment: PaymentReceived['data']): Remittance {
  const sameCurrency = payment.remittance.filter((line) => line.amount.currency === payment.amount.currency);
  const foreign = payment.remittance.filter((line) => line.amount.currency !== payment.amount.currency);
  return {
    wishes: sameCurrency.map((line) => ({
      invoiceNumber: asInvoiceNumber(line.invoiceNumber),
      amountMinor: line.amount.minor,
    })),
    reasons: foreign.map((line) => `${line.invoiceNumber}: ${line.amount.currency} is not the currency of the money`),
  };
}

/**
 * Applies several payments one after the other: what one of them settles is not open for the next.
 *
 * @param invoices - By invoice number.
 */
export function applyAll(
  money: readonly { cash: Cash; wishes: readonly Wish[] }[],
  invoices: ReadonlyMap<string, OpenInvoice>,
): CashDecision[] {
  const open = new Map(invoices);
  return money.map(({ cash, wishes }) => {
    const decision = applyCash(cash, wishes, open);
    for (const { invoice, openMinor } of decision.applications)
      open.set(invoice.invoiceNumber, { ...invoice, openMinor });
    return decision;
  });
}
