import { DocumentAcknowledged, type DocumentIssue } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import {
  announce,
  Failure,
  guardIsOff,
  type Announcement,
  type Clock,
  type Deliverer,
  type Delivery,
  type Log,
  type Say,
} from '@railhead/service-kit';
import { hash } from 'node:crypto';
import { judgeLookUp, judgeWrite } from '../domain/erp-answer.js';
import type { SalesOrderStore } from '../store/sales-order.store.js';
import type { ErpClient } from './erp.client.js';

/** The kind of delivery that puts a sales order into the ERP. */
export const ERP_SALES_ORDER = 'erp-sales-order';

/** What a planned sales order carries beside its payload. */
export interface SalesOrderAttributes extends Readonly<Record<string, string>> {
  readonly orderId: string;
  readonly correlationId: string;
}

interface Settings {
  readonly callsMax: number;
  /** After a lost answer the ERP may still be at work on the request: for so long it is not even looked up. */
  readonly settleMs: number;
}

/** Puts sales orders into the ERP, each once: what may be there is looked up by external reference before it is sent again. */
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

  async deliver({ payload, idempotencyKey }: Delivery): Promise<string> {
    const verdict = judgeWrite(await this.client.createSalesOrder(payload, idempotencyKey));
    if (verdict.kind === 'taken') return verdict.number;
    if (verdict.kind === 'refused') throw Failure.permanent('PARTNER_REJECTED', verdict.why);
    throw this.notNow(verdict);
  }

  async lookUp({ idempotencyKey }: Delivery): Promise<'not-done' | { readonly receipt: string }> {
    if (guardIsOff('erp-lookup')) return 'not-done';
    const verdict = judgeLookUp(await this.client.findSalesOrders(idempotencyKey), idempotencyKey);
    if (verdict.kind === 'absent') return 'not-done';
    if (verdict.kind !== 'found') throw this.notNow(verdict);
    if (verdict.times > 1)
      this.log.error(
        { externalReference: idempotencyKey, times: verdict.times },
        'the ERP holds an order more than once',
      );
    return { receipt: verdict.number };
  }

  async confirmed(delivery: Delivery, tx: Tx, say: Say, receipt = ''): Promise<void> {
    const { orderId } = delivery.attributes as SalesOrderAttributes;
    const confirmedAt = this.clock.now();
    await this.store.insert({ externalReference: delivery.idempotencyKey, orderId, number: receipt, confirmedAt }, tx);
    say(this.acknowledged(delivery, confirmedAt, { reference: receipt, accepted: true, issues: [] }));
  }

  async failed(delivery: Delivery, _tx: Tx, say: Say, error: unknown): Promise<void> {
    const code = error instanceof Failure ? error.code : 'UNEXPECTED';
    const message = error instanceof Error ? error.message.slice(0, 500) : '';
    say(this.acknowledged(delivery, this.clock.now(), { accepted: false, issues: [{ code, at: '', message }] }));
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
      documentType: 'sales-order',
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
