import { OrderChangeRefused, ShipmentCancelled } from '@railhead/contracts';
import { subtractDecimals } from '@railhead/money';
import { say, sayCancelled, sayFulfilled, type Decision, type Wish } from './decision.js';
import { isFinished, isPositive, type LineState, type OrderState, type ShipmentState } from './order-state.js';
import type { StockBook } from './stock-book.js';

/**
 * Cancels what has not shipped: calls open shipments off and gives promised stock back. What has shipped stays shipped.
 * An order with nothing left to cancel stays as it is; that it came too late is told when all of it has shipped.
 */
export function cancelOrder(order: OrderState, wish: Wish, stock: StockBook): Decision {
  if (isFinished(order)) return { order, says: sayTooLate(order) };
  for (const line of order.lines) if (isPositive(line.allocated)) stock.release(line.sku, line.allocated);
  const open = order.shipments.filter((shipment) => shipment.state === 'requested');
  const after = { ...order, lines: order.lines.map(cancelRest), shipments: order.shipments.map(callOff) };
  return {
    order: after,
    says: [
      ...open.map(({ shipmentId }) =>
        say(ShipmentCancelled, { orderId: order.orderId, shipmentId, reason: wish.reason }),
      ),
      ...sayCancelled(order, after, wish),
      ...sayFulfilled(after),
    ],
  };
}

/** An order that was cancelled before, in part at least, was answered then. */
function sayTooLate(order: OrderState): Decision['says'] {
  if (order.lines.some(({ cancelled }) => isPositive(cancelled))) return [];
  const reasons = [{ code: 'ALREADY_SHIPPED', detail: 'everything of the order has left' }];
  return [say(OrderChangeRefused, { orderId: order.orderId, sequence: 0, reasons, answers: [] })];
}

function cancelRest(line: LineState): LineState {
  const cancelled = subtractDecimals(line.ordered, line.shipped);
  return cancelled === line.cancelled ? line : { ...line, allocated: '0', cancelled };
}

function callOff(shipment: ShipmentState): ShipmentState {
  return shipment.state === 'requested' ? { ...shipment, state: 'cancelled' } : shipment;
}
