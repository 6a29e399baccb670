import type { PlannedDelivery } from '@railhead/service-kit';
import { externalReferenceOf, type SalesOrder } from '../domain/sales-order.js';
import type { SalesOrderRevision } from '../store/sales-order.store.js';

/** The kind of delivery that puts a sales order into the ERP, or changes it there. */
export const ERP_SALES_ORDER = 'erp-sales-order';

/** What a planned sales order carries beside its payload. */
export interface SalesOrderAttributes extends Readonly<Record<string, string>> {
  readonly orderId: string;
  readonly correlationId: string;
  /** Of a change: which revision of the order it makes; empty: the order is to be created. */
  readonly revision: string;
}

/** A sales order to be created. */
export function creationOf(salesOrder: SalesOrder, correlationId: string): PlannedDelivery {
  const { orderId, externalReference } = salesOrder;
  return planned(externalReference, JSON.stringify(salesOrder), { orderId, correlationId, revision: '' });
}

/** A sales order to be changed to what it is now. */
export function changeTo({ orderId, correlationId, revision, document }: SalesOrderRevision): PlannedDelivery {
  const attributes = { orderId, correlationId, revision: String(revision) };
  return planned(externalReferenceOf(orderId, 'change', revision), document, attributes);
}

function planned(idempotencyKey: string, text: string, attributes: SalesOrderAttributes): PlannedDelivery {
  return { kind: ERP_SALES_ORDER, idempotencyKey, payload: Buffer.from(text), attributes };
}

/** The revision that a delivery makes; `undefined`: it creates. Deliveries from before changes were told say nothing of it. */
export function revisionOf({ revision }: Readonly<Record<string, string>>): number | undefined {
  return revision === undefined || revision === '' ? undefined : Number(revision);
}
