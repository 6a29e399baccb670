import { InvoiceIssued, OrderValidated, type Event } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { announce, Clock, Failure, uuidv7, type Announcement, type Outcome } from '@railhead/service-kit';
import { Injectable } from '@nestjs/common';
import { addDays, dayOf } from '../calendar.js';
import { BillingConfig } from '../config.js';
import { invoicePostings } from '../ledger/domain/postings.js';
import { LedgerStore } from '../ledger/store/ledger.store.js';
import { CashDesk } from '../receivables/cash-desk.js';
import type { BillableOrder } from './domain/billable-order.js';
import { invoiceNumber } from './domain/invoice-number.js';
import { issueInvoice, type DraftInvoice, type EarlierInvoice, type ShippedGoods } from './domain/issue-invoice.js';
import { InvoiceStore } from './store/invoice.store.js';
import { OrderStore } from './store/order.store.js';

/** A shipment that is due for its invoice, and the event that made it due; its subject is the order id. */
export interface DueShipment {
  readonly event: Event;
  readonly goods: ShippedGoods;
}

interface Draft {
  readonly event: Event;
  readonly invoice: DraftInvoice;
}

/** Writes the invoices of shipments that are due: number, invoice, journal and money that waits for it, in one transaction. */
@Injectable()
export class InvoiceDesk {
  constructor(
    private readonly orders: OrderStore,
    private readonly invoices: InvoiceStore,
    private readonly ledger: LedgerStore,
    private readonly cash: CashDesk,
    private readonly clock: Clock,
    private readonly config: BillingConfig,
  ) {}

  async invoice(due: readonly DueShipment[], tx: Tx): Promise<Outcome> {
    if (due.length === 0) return {};
    const orderIds = due.map(({ event }) => event.subject);
    const orders = await this.orders.find(orderIds, tx);
    const earlier = await this.invoices.of(orderIds, tx);
    const awaiting = due
      .filter(({ event }) => !orders.has(event.subject))
      .map(({ event }) => ({ event, fact: OrderValidated.type }));
    const drafts = due.flatMap((one) => {
      const order = orders.get(one.event.subject);
      return order === undefined ? [] : this.draft(one, order, earlier.get(order.orderId) ?? []);
    });
    return { announce: await this.issue(drafts, tx), awaiting };
  }

  private draft({ event, goods }: DueShipment, order: BillableOrder, earlier: readonly EarlierInvoice[]): Draft[] {
    const issuedOn = dayOf(this.clock.now());
    const dates = { invoiceId: uuidv7(), issuedOn, dueOn: addDays(issuedOn, order.netDays) };
    const decision = issueInvoice(order, earlier, goods, dates);
    if (decision.kind === 'impossible') {
      throw Failure.permanent(
        'CONTRACT_VIOLATION',
        `shipment ${goods.shipmentId} cannot be invoiced: ${decision.reasons.join('; ')}`,
      );
    }
    return decision.kind === 'invoice' ? [{ event, invoice: decision.invoice }] : [];
  }

  private async issue(drafts: readonly Draft[], tx: Tx): Promise<Announcement[]> {
    if (drafts.length === 0) return [];
    const first = await this.invoices.takeNumbers(drafts.length, tx);
    const issued = drafts.map(({ event, invoice }, index) => ({
      event,
      invoice: { ...invoice, invoiceNumber: invoiceNumber(this.config.invoiceNumberPrefix, first + index) },
    }));
    await this.invoices.save(
      issued.map(({ invoice }) => invoice),
      tx,
    );
    await this.ledger.post(
      drafts.flatMap(({ invoice }) => invoicePostings(invoice)),
      dayOf(this.clock.now()),
      tx,
    );
    return [
      ...issued.map(({ event, invoice }) => announce(InvoiceIssued, invoice.orderId, invoice, event)),
      ...(await this.cash.greet(issued, tx)),
    ];
  }
}
