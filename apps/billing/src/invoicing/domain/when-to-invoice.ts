import type { ShippedGoods } from './issue-invoice.js';

/** What makes a shipment due for its invoice: that it left, or that it arrived. */
export const INVOICE_POLICIES = ['dispatch', 'delivery'] as const;
export type InvoicePolicy = (typeof INVOICE_POLICIES)[number];

/** What is remembered of a shipment that has no invoice yet. */
export interface WaitingShipment {
  readonly shipmentId: string;
  readonly orderId: string;
  /** Known once it was dispatched. */
  readonly goods?: ShippedGoods | undefined;
  readonly delivered: boolean;
}

export type Step =
  | { readonly do: 'invoice'; readonly goods: ShippedGoods }
  | { readonly do: 'remember'; readonly shipment: WaitingShipment }
  | { readonly do: 'nothing' };

/** A shipment left the warehouse. */
export function onDispatched(
  policy: InvoicePolicy,
  orderId: string,
  goods: ShippedGoods,
  waiting: WaitingShipment | undefined,
): Step {
  if (policy === 'dispatch' || waiting?.delivered === true) return { do: 'invoice', goods };
  return { do: 'remember', shipment: { shipmentId: goods.shipmentId, orderId, goods, delivered: false } };
}

/**
 * A shipment arrived. One that was kept back is invoiced whatever the policy is today: it may have been another when
 * the shipment left.
 */
export function onDelivered(
  policy: InvoicePolicy,
  shipment: WaitingShipment,
  waiting: WaitingShipment | undefined,
  invoiced: boolean,
): Step {
  if (invoiced) return { do: 'nothing' };
  if (waiting?.goods !== undefined) return { do: 'invoice', goods: waiting.goods };
  return policy === 'delivery' ? { do: 'remember', shipment: { ...shipment, delivered: true } } : { do: 'nothing' };
}
