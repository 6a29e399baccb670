import type { OrderValidated } from '@railhead/contracts';
import { sayCancelled, type Decision, type Wish } from './decision.js';
import type { OrderState } from './order-state.js';
import { promiseStock } from './promise-stock.js';
import type { StockBook } from './stock-book.js';

/** An order as it comes in, with nothing promised yet. */
export function orderFrom(
  data: OrderValidated['data'],
  facts: Pick<OrderState, 'validatedAt' | 'correlationId' | 'delivery' | 'places'>,
): OrderState {
  return {
    orderId: data.orderId,
    purchaseOrderNumber: data.purchaseOrderNumber,
    partialDeliveryAllowed: data.partialDeliveryAllowed,
    backorderAllowed: data.backorderAllowed,
    ...facts,
    lines: data.lines.map(({ lineId, sku, unitCode, quantity }) => ({
      lineId,
      sku,
      unitCode,
      ordered: quantity,
      allocated: '0',
      shipped: '0',
      cancelled: '0',
    })),
    shipments: [],
  };
}

/** Takes a new order: promises what there is, or cancels it whole when its cancellation was here first. */
export function takeOrder(
  order: OrderState,
  earlyCancel: Wish | undefined,
  warehouse: string,
  stock: StockBook,
): Decision {
  if (earlyCancel === undefined) return promiseStock(order, undefined, warehouse, stock);
  const after = { ...order, lines: order.lines.map((line) => ({ ...line, cancelled: line.ordered })) };
  return { order: after, says: sayCancelled(undefined, after, earlyCancel) };
}
