import { CreditMemoIssued, InvoiceIssued, InvoicePaid, PaymentApplied, PaymentReceived } from '@railhead/contracts';
import { sumMoney, type Money } from '@railhead/money';
import { factsOf, type Fact } from '../fact.js';
import { firstPer } from './lines.js';
import type { FileInvoice, FilePayment } from './order-file.js';

/** The invoices of an order with what is still open on each. */
export function invoicesOf(story: readonly Fact[]): FileInvoice[] {
  const paid = new Set(factsOf(story, InvoicePaid).map((fact) => fact.data.invoiceId));
  return firstPer(factsOf(story, InvoiceIssued), (fact) => fact.data.invoiceId).map(({ data }) => {
    const { invoiceId, invoiceNumber, shipmentId, issuedOn, dueOn, net, tax, gross } = data;
    const applied = appliedTo(story, invoiceId, gross.currency);
    const credited = creditedOn(story, invoiceId, gross.currency);
    const rest = gross.minor - applied.minor - credited.minor;
    // `invoice.paid` is billing's word, also where a discount was taken.
    const open = { currency: gross.currency, minor: paid.has(invoiceId) || rest < 0 ? 0 : rest };
    const state = paid.has(invoiceId) ? 'paid' : applied.minor > 0 ? 'partly-paid' : 'open';
    return {
      invoiceId,
      invoiceNumber,
      shipmentId,
      issuedOn,
      dueOn,
      net,
      tax,
      gross,
      paid: applied,
      credited,
      open,
      state,
    };
  });
}

function appliedTo(story: readonly Fact[], invoiceId: string, currency: string): Money {
  const parts = factsOf(story, PaymentApplied).filter((fact) => fact.data.invoiceId === invoiceId);
  return sumMoney(
    currency,
    parts.map((fact) => fact.data.amount).filter((amount) => amount.currency === currency),
  );
}

function creditedOn(story: readonly Fact[], invoiceId: string, currency: string): Money {
  const memos = firstPer(factsOf(story, CreditMemoIssued), (fact) => fact.data.creditMemoId);
  const own = memos.filter((fact) => fact.data.invoiceId === invoiceId && fact.data.gross.currency === currency);
  return sumMoney(
    currency,
    own.map((fact) => fact.data.gross),
  );
}

/** What was paid on the order. The payment itself belongs to the payer; here is the part that this order got. */
export function paymentsOf(story: readonly Fact[]): FilePayment[] {
  const received = new Map(factsOf(story, PaymentReceived).map((fact) => [fact.data.paymentId, fact.data]));
  return factsOf(story, PaymentApplied).map(({ data, time }) => {
    const whole = received.get(data.paymentId);
    const { paymentId, invoiceNumber, amount } = data;
    return { paymentId, invoiceNumber, amount, at: time, reference: whole?.reference, receivedOn: whole?.receivedOn };
  });
}
