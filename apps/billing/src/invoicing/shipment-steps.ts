import type { Event } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import type { Outcome } from '@railhead/service-kit';
import { Injectable } from '@nestjs/common';
import type { Step } from './domain/when-to-invoice.js';
import { InvoiceDesk } from './invoice-desk.js';
import { WaitingShipmentStore } from './store/waiting-shipment.store.js';

/** What follows from an event about a shipment. */
export interface PlannedStep {
  readonly event: Event;
  readonly step: Step;
}

/** Carries out what was decided about shipments: invoices some, keeps others back. */
@Injectable()
export class ShipmentSteps {
  constructor(
    private readonly waiting: WaitingShipmentStore,
    private readonly desk: InvoiceDesk,
  ) {}

  /** @param kept - Ids of the shipments that were kept back until now. */
  async carryOut(steps: readonly PlannedStep[], kept: ReadonlySet<string>, tx: Tx): Promise<Outcome> {
    const due = steps.flatMap(({ event, step }) => (step.do === 'invoice' ? [{ event, goods: step.goods }] : []));
    await this.waiting.remember(
      steps.flatMap(({ step }) => (step.do === 'remember' ? [step.shipment] : [])),
      tx,
    );
    const outcome = await this.desk.invoice(due, tx);
    const postponed = new Set(outcome.awaiting?.map(({ event }) => event)); // they come again and need what is kept
    const done = due.filter(({ event, goods }) => !postponed.has(event) && kept.has(goods.shipmentId));
    await this.waiting.forget(
      done.map(({ goods }) => goods.shipmentId),
      tx,
    );
    return outcome;
  }
}
