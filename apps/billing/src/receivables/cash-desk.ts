import {
  InvoicePaid,
  PaymentApplied,
  PaymentUnmatched,
  type InvoiceIssued,
  type PaymentReceived,
} from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, uuidv7, type Announcement, type Cause } from '@railhead/service-kit';
import { Injectable } from '@nestjs/common';
import { dayOf } from '../calendar.js';
import { applicationPostings, receiptPostings } from '../ledger/domain/postings.js';
import { LedgerStore } from '../ledger/store/ledger.store.js';
import {
  applyAll,
  remittanceOf,
  type Application,
  type CashDecision,
  type OpenInvoice,
  type Remittance,
} from './domain/apply-cash.js';
import { SettlementDesk } from './settlement-desk.js';
import { PaymentStore } from './store/payment.store.js';
import { ReceivableStore } from './store/receivable.store.js';

type Invoice = InvoiceIssued['data'];

/** An application that is booked, and the event that led to it. */
interface Booked extends Application {
  readonly applicationId: string;
  readonly cause: Cause;
}

/** Matches money to invoices, whichever of the two comes first. */
@Injectable()
export class CashDesk {
  constructor(
    private readonly payments: PaymentStore,
    private readonly receivables: ReceivableStore,
    private readonly ledger: LedgerStore,
    private readonly settlements: SettlementDesk,
    private readonly clock: Clock,
  ) {}

  /** Books payments that are not booked yet and applies them as their remittance says. Each payer at most once. */
  async receive(events: readonly PaymentReceived[], tx: Tx): Promise<Announcement[]> {
    const remittances = events.map((event) => remittanceOf(event.data));
    const invoices = await this.invoicesOf(remittances, tx);
    const decisions = applyAll(
      events.map((event, index) => ({ cash: cashOf(event.data), wishes: remittances[index]!.wishes })),
      invoices,
    );
    await this.payments.save(
      events.map(({ data }, index) => newPayment(data, decisions[index]!)),
      tx,
    );
    await this.ledger.post(
      events.flatMap(({ data }) => receiptPostings(data.paymentId, data.amount.minor, data.amount.currency)),
      this.today(),
      tx,
    );
    const applied = await this.book(
      decisions.flatMap(({ applications }, index) => applications.map((one) => ({ ...one, cause: events[index]! }))),
      tx,
    );
    return [
      ...applied,
      ...decisions.flatMap((decision, index) => unmatched(events[index]!, decision, remittances[index]!)),
    ];
  }

  /** Applies money that waits for invoices just issued; an invoice over nothing is paid at once. */
  async greet(
    issued: readonly { readonly event: Cause; readonly invoice: Invoice }[],
    tx: Tx,
  ): Promise<Announcement[]> {
    const numbers = issued.map(({ invoice }) => invoice.invoiceNumber);
    const waiting = await this.payments.waitingFor(numbers, tx);
    const free = issued.filter(({ invoice }) => invoice.gross.minor === 0);
    if (waiting.length === 0 && free.length === 0) return [];
    const causes = new Map(issued.map(({ event, invoice }) => [invoice.invoiceNumber, event]));
    await this.receivables.lock(numbers, tx);
    const invoices = await this.receivables.open(numbers, tx);
    const decisions = applyAll(waiting, invoices);
    if (decisions.length > 0)
      await this.payments.spend(
        decisions.map(({ cash, unappliedMinor }) => ({ paymentId: cash.paymentId, unappliedMinor })),
        numbers,
        tx,
      );
    const applications = decisions.flatMap((decision) =>
      decision.applications.map((one) => ({ ...one, cause: causes.get(one.invoice.invoiceNumber)! })),
    );
    const nothingOwed = free.map(({ event, invoice }) => ({
      invoice: invoices.get(invoice.invoiceNumber)!,
      cause: event,
    }));
    return this.book(applications, tx, nothingOwed);
  }

  private today(): string {
    return dayOf(this.clock.now());
  }

  /** The invoices that remittances name, held. One that is not there may be about to be issued: then nobody issues until we know. */
  private async invoicesOf(remittances: readonly Remittance[], tx: Tx): Promise<ReadonlyMap<string, OpenInvoice>> {
    const numbers = [...new Set(remittances.flatMap(({ wishes }) => wishes.map((wish) => wish.invoiceNumber)))];
    if (numbers.length === 0) return new Map();
    await this.receivables.lock(numbers, tx);
    const found = await this.receivables.open(numbers, tx);
    if (found.size === numbers.length) return found;
    await this.receivables.pauseIssuing(tx);
    await this.receivables.lock(numbers, tx);
    return this.receivables.open(numbers, tx);
  }

  private async book(
    applications: readonly (Application & { readonly cause: Cause })[],
    tx: Tx,
    nothingOwed: readonly { invoice: OpenInvoice; cause: Cause }[] = [],
  ): Promise<Announcement[]> {
    const booked = applications.map((application): Booked => ({ ...application, applicationId: uuidv7() }));
    if (booked.length > 0) {
      await this.payments.saveApplications(booked, tx);
      await this.receivables.reduce(booked, tx);
      await this.ledger.post(
        booked.flatMap((one) => applicationPostings(one.applicationId, one.amountMinor, one.invoice.currency)),
        this.today(),
        tx,
      );
    }
    const paid = [...booked.filter(({ openMinor }) => openMinor === 0), ...nothingOwed];
    return [
      ...booked.map(applied),
      ...paid.map(({ invoice, cause }) => this.paid(invoice, cause)),
      ...(await this.settlements.settle(new Map(paid.map(({ invoice, cause }) => [invoice.orderId, cause])), tx)),
    ];
  }

  private paid(
    { orderId, invoiceId, invoiceNumber, currency, grossMinor, correlationId }: OpenInvoice,
    cause: Cause,
  ): Announcement {
    const gross = { currency, minor: grossMinor };
    return announce(
      InvoicePaid,
      orderId,
      { orderId, invoiceId, invoiceNumber, gross, paidAt: this.clock.now().toISOString() },
      { ...cause, correlationId },
    );
  }
}

function cashOf({ paymentId, payerAccountId, amount }: PaymentReceived['data']): CashDecision['cash'] {
  return { paymentId, payerAccountId, currency: amount.currency, unappliedMinor: amount.minor };
}

function newPayment(
  { reference, receivedOn, amount }: PaymentReceived['data'],
  { cash, unappliedMinor, waiting }: CashDecision,
): Parameters<PaymentStore['save']>[0][number] {
  return { cash, reference, receivedOn, amountMinor: amount.minor, unappliedMinor, waiting };
}

function applied({ invoice, paymentId, amountMinor, openMinor, cause }: Booked): Announcement {
  const { orderId, invoiceId, invoiceNumber, currency, correlationId } = invoice;
  const data = {
    orderId,
    paymentId,
    invoiceId,
    invoiceNumber,
    amount: { currency, minor: amountMinor },
    open: { currency, minor: openMinor },
  };
  return announce(PaymentApplied, orderId, data, { ...cause, correlationId });
}

const DETAIL_MAX = 500;

function unmatched(
  event: PaymentReceived,
  { cash, unappliedMinor, reasons }: CashDecision,
  remittance: Remittance,
): Announcement[] {
  if (unappliedMinor === 0) return [];
  const { paymentId, payerAccountId, currency } = cash;
  const detail = [...remittance.reasons, ...reasons].join('; ') || 'more was paid than the remittance says';
  const data = {
    paymentId,
    payerAccountId,
    reference: event.data.reference,
    amount: { currency, minor: unappliedMinor },
    detail: detail.slice(0, DETAIL_MAX),
  };
  return [announce(PaymentUnmatched, payerAccountId, data, event)];
}
