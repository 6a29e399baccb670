import { ConflictException } from '@nestjs/common';
import { DocumentAcknowledged, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import {
  announce,
  Failure,
  guardIsOff,
  planDeliveries,
  wasGivenUp,
  type Announcement,
  type Clock,
  type Deliverer,
  type Delivery,
  type Log,
  type Say,
} from '@railhead/service-kit';
import { hash } from 'node:crypto';
import { judgeLookUp, judgeWrite, type ErpAnswer } from '../domain/erp-answer.js';
import { externalReferenceOf } from '../domain/sales-order.js';
import type { SalesOrderRevision, SalesOrderStore } from '../store/sales-order.store.js';
import type { ErpClient } from './erp.client.js';
import { refusedTask, refusedTaskClosed } from './refused-order.js';
import { changeTo, ERP_SALES_ORDER, revisionOf, type SalesOrderAttributes } from './planned-sales-order.js';

interface Settings {
  readonly callsMax: number;
  /** After a lost answer the ERP may still be at work on the request: for so long it is not even looked up. */
  readonly settleMs: number;
}

/**
 * Puts sales orders into the ERP and changes them there, each once: what may be there is looked up by external reference
 * before it is sent again.
 */
export class SalesOrderDeliverer implements Deliverer {
  readonly kind = ERP_SALES_ORDER;
  readonly onePlace: { readonly callsMax: number };

  constructor(
    private readonly client: ErpClient,
    private readonly store: SalesOrderStore,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly settings: Settings,
  ) {
    this.onePlace = { callsMax: settings.callsMax };
  }

  async deliver(delivery: Delivery): Promise<string> {
    const verdict = judgeWrite(await this.write(delivery), referenceOf(delivery));
    if (verdict.kind === 'taken') return verdict.number;
    if (verdict.kind === 'refused') throw Failure.permanent('PARTNER_REJECTED', verdict.why);
    throw this.notNow(verdict);
  }

  private async write({ payload, idempotencyKey, attributes }: Delivery): Promise<ErpAnswer> {
    if (revisionOf(attributes) === undefined) return this.client.createSalesOrder(payload, idempotencyKey);
    const number = await this.store.numberOf((attributes as SalesOrderAttributes).orderId);
    if (number === undefined) throw Failure.permanent('PARTNER_REJECTED', 'the ERP does not hold the order');
    return this.client.changeSalesOrder(number, payload, idempotencyKey);
  }

  /** A change is there when the ERP holds its revision of the order, or a later one. */
  async lookUp(delivery: Delivery): Promise<'not-done' | { readonly receipt: string }> {
    if (guardIsOff('erp-lookup')) return 'not-done';
    const externalReference = referenceOf(delivery);
    const verdict = judgeLookUp(await this.client.findSalesOrders(externalReference), externalReference);
    if (verdict.kind === 'absent') return 'not-done';
    if (verdict.kind !== 'found') throw this.notNow(verdict);
    if (verdict.times > 1)
      this.log.error({ externalReference, times: verdict.times }, 'the ERP holds an order more than once');
    return verdict.revision >= (revisionOf(delivery.attributes) ?? 0) ? { receipt: verdict.number } : 'not-done';
  }

  async confirmed(delivery: Delivery, tx: Tx, say: Say, receipt = ''): Promise<void> {
    const confirmedAt = this.clock.now();
    await this.goOn(await this.note(delivery, receipt, confirmedAt, tx), tx);
    if (wasGivenUp(delivery)) say(refusedTaskClosed(delivery, 'taken', confirmedAt));
    say(this.acknowledged(delivery, confirmedAt, { reference: receipt, accepted: true, issues: [] }));
  }

  /** A change that is refused stands in the way of no later one: that says all of the order again. */
  async failed(delivery: Delivery, tx: Tx, say: Say, error: unknown): Promise<void> {
    const { orderId } = delivery.attributes as SalesOrderAttributes;
    const revision = revisionOf(delivery.attributes);
    if (revision !== undefined) await this.goOn(await this.store.ended(orderId, revision, tx), tx);
    const code = error instanceof Failure ? error.code : 'UNEXPECTED';
    const message = error instanceof Error ? error.message.slice(0, 500) : '';
    const at = this.clock.now();
    say(this.acknowledged(delivery, at, { accepted: false, issues: [{ code, at: '', message }] }));
    if (!wasGivenUp(delivery)) say(refusedTask(delivery, message, at)); // else it is open already
  }

  async discarded(delivery: Delivery, _tx: Tx, say: Say, actor: string): Promise<void> {
    say(refusedTaskClosed(delivery, `dropped by ${actor}`, this.clock.now()));
  }

  /** @throws ConflictException for a change that a later one has overtaken: tried anew, it would undo that. */
  async replayed({ attributes }: Delivery, tx: Tx): Promise<void> {
    const revision = revisionOf(attributes);
    if (revision === undefined) return;
    const { orderId } = attributes as SalesOrderAttributes;
    if (!(await this.store.underWayAgain(orderId, revision, tx)))
      throw new ConflictException('a later change of the order was told since, and says all of it: discard this one');
  }

  private note(
    { idempotencyKey, attributes }: Delivery,
    number: string,
    confirmedAt: Date,
    tx: Tx,
  ): Promise<SalesOrderRevision | undefined> {
    const { orderId } = attributes as SalesOrderAttributes;
    const revision = revisionOf(attributes);
    if (revision !== undefined) return this.store.ended(orderId, revision, tx);
    return this.store.insert({ externalReference: idempotencyKey, orderId, number, confirmedAt }, tx);
  }

  private async goOn(next: SalesOrderRevision | undefined, tx: Tx): Promise<void> {
    if (next !== undefined) await planDeliveries(tx, [changeTo(next)]);
  }

  private acknowledged(
    { idempotencyKey, payload, attributes }: Delivery,
    at: Date,
    answer: { reference?: string; accepted: boolean; issues: DocumentIssue[] },
  ): Announcement {
    const { orderId, correlationId } = attributes as SalesOrderAttributes;
    const data = {
      documentId: idempotencyKey,
      orderId,
      direction: 'out' as const,
      documentType: revisionOf(attributes) === undefined ? 'sales-order' : 'sales-order-change',
      system: 'erp' as const,
      partner: 'ERP',
      sha256: hash('sha256', payload),
      sizeBytes: payload.length,
      at: at.toISOString(),
      ...answer,
    };
    return announce(DocumentAcknowledged, orderId, data, { correlationId });
  }

  private notNow(verdict: {
    kind: 'unknown' | 'away' | 'slow-down';
    why: string;
    retryAfterMs?: number | undefined;
  }): Failure {
    const askedMs = verdict.retryAfterMs ?? 0;
    if (verdict.kind === 'unknown')
      return Failure.transient('PARTNER_OUTCOME_UNKNOWN', verdict.why, {
        retryAfterMs: Math.max(askedMs, this.settings.settleMs),
      });
    const code = verdict.kind === 'away' ? 'PARTNER_UNAVAILABLE' : 'RATE_LIMITED';
    return Failure.transient(code, verdict.why, { retryAfterMs: askedMs });
  }
}

/** What the order carries in the ERP, from its creation on. */
function referenceOf({ attributes }: Delivery): string {
  return externalReferenceOf((attributes as SalesOrderAttributes).orderId);
}
