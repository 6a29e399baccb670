import { Controller } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { OrderCancelled, OrderChanged } from '@railhead/contracts';
import type { Tx } from '@railhead/database';
import { Batch, planDeliveries } from '@railhead/service-kit';
import { changeSalesOrder, type ChangeOfOrder } from '../domain/change-sales-order.js';
import { externalReferenceOf, type SalesOrder } from '../domain/sales-order.js';
import { changeTo } from '../orders/planned-sales-order.js';
import { SalesOrderStore, type PlannedSalesOrder, type SalesOrderRevision } from '../store/sales-order.store.js';

/**
 * Notes how orders are after they were changed or cancelled, and plans that the ERP is told: one revision at a time, and
 * none before the ERP holds the order. What comes meanwhile is told as one, when that has come to its end.
 */
@Controller()
export class OrderChangedHandler {
  constructor(private readonly store: SalesOrderStore) {}

  /** An order that was changed before it was validated is told as it was validated: then nothing is planned yet. */
  @EventPattern<string>(OrderChanged.type)
  changed(batch: Batch<OrderChanged>, tx: Tx): Promise<void> {
    return this.note(batch, tx, ({ data }) => ({ kind: 'changed', data }));
  }

  @EventPattern<string>(OrderCancelled.type)
  cancelled(batch: Batch<OrderCancelled>, tx: Tx): Promise<void> {
    return this.note(batch, tx, ({ data }) => ({ kind: 'cancelled', data }));
  }

  private async note<E extends OrderChanged | OrderCancelled>(
    batch: Batch<E>,
    tx: Tx,
    changeOf: (event: E) => ChangeOfOrder,
  ): Promise<void> {
    const orders = await this.store.planned(
      batch.events.map(({ subject }) => externalReferenceOf(subject)),
      tx,
    );
    const revisions = new Map(await this.store.revisions([...batch.subjects], tx));
    for (const event of batch.events) {
      const order = orders.get(externalReferenceOf(event.subject));
      if (order === undefined) continue;
      const before = revisions.get(event.subject) ?? unchanged(event, order);
      revisions.set(event.subject, next(before, changeOf(event), order));
    }
    const touched = batch.events.flatMap(({ subject }) => revisions.get(subject) ?? []);
    if (touched.length === 0) return;
    await this.store.saveRevisions(touched, tx);
    await planDeliveries(tx, touched.filter(({ revision, planned }) => planned === revision).map(changeTo));
  }
}

function unchanged(
  { subject, correlationId }: OrderChanged | OrderCancelled,
  { payload }: PlannedSalesOrder,
): SalesOrderRevision {
  return { orderId: subject, correlationId, revision: 0, document: payload.toString(), planned: 0, ended: 0 };
}

function next(before: SalesOrderRevision, change: ChangeOfOrder, { isHeld }: PlannedSalesOrder): SalesOrderRevision {
  const document = changeSalesOrder(JSON.parse(before.document) as SalesOrder, change);
  const isFree = isHeld && before.planned === before.ended;
  const { revision } = document;
  return { ...before, revision, document: JSON.stringify(document), planned: isFree ? revision : before.planned };
}
