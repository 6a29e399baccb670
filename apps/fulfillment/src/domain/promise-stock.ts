import { derivedUuid, ShipmentRequested, type Party } from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import { sayAllocated, sayBackordered, sayCancelled, say, type Decision, type Said, type Wish } from './decision.js';
import { dayOf } from './delivery-wish.js';
import {
  isPositive,
  smaller,
  waitingOf,
  type DeliveryWish,
  type LineState,
  type OrderState,
  type ShipmentState,
} from './order-state.js';
import { divide } from './places.js';
import type { StockBook } from './stock-book.js';

const OUT_OF_STOCK: Wish = {
  actor: { kind: 'system', id: 'fulfillment' },
  reason: 'not in stock, and the order allows no backorder',
};

/** The id of an order's n-th shipment: the same in every process, for ever. */
export function shipmentIdOf(orderId: string, number: number): string {
  return derivedUuid(`shipment|${orderId}|${number}`);
}

/**
 * Promises stock to what waits of an order and asks the warehouse to ship it, as far as the order allows: in parts or all
 * at once. What cannot be promised goes on waiting, or is cancelled where no backorder is allowed.
 *
 * @param before - The order as it was last told about; undefined for a new one.
 * @param given - By product, what the order has given back just now.
 */
export function promiseStock(
  order: OrderState,
  before: OrderState | undefined,
  warehouse: string,
  stock: StockBook,
  given: ReadonlyMap<string, string> = new Map(),
): Decision {
  const plan = planFor(order, stock, given);
  for (const [place, quantity] of plan.entries()) {
    const { sku } = order.lines[place]!;
    if (isPositive(quantity)) stock.promise(sku, quantity, given.get(sku));
  }
  const lines = order.lines.map((line, place) => settleLine(line, plan[place]!, order.backorderAllowed));
  const shipments = shipmentsOf(order, plan);
  const after = { ...order, lines, shipments: [...order.shipments, ...shipments] };
  return {
    order: after,
    says: [
      ...sayAllocated(before, after),
      ...sayBackordered(before, after),
      ...sayCancelled(before, after, OUT_OF_STOCK),
      ...shipments.map((shipment) => sayRequested(after, shipment, warehouse)),
    ],
  };
}

/** What each line gets. Nothing at all for an order that ships at once or not at all and is not wholly in stock. */
function planFor(order: OrderState, stock: StockBook, given: ReadonlyMap<string, string>): string[] {
  const left = new Map<string, string>(); // two lines may want the same product
  let isShort = false;
  const plan = order.lines.map((line) => {
    const waiting = waitingOf(line);
    const available = left.get(line.sku) ?? stock.available(line.sku, given.get(line.sku));
    const quantity = smaller(waiting, available);
    left.set(line.sku, subtractDecimals(available, quantity));
    isShort ||= compareDecimals(quantity, waiting) < 0;
    return quantity;
  });
  return isShort && !order.partialDeliveryAllowed ? plan.map(() => '0') : plan;
}

/** A line with what it got. The line itself when nothing changes, so that nothing is written. */
function settleLine(line: LineState, quantity: string, backorderAllowed: boolean): LineState {
  const short = subtractDecimals(waitingOf(line), quantity);
  const cancelled = backorderAllowed ? '0' : short;
  if (!isPositive(quantity) && !isPositive(cancelled)) return line;
  return {
    ...line,
    allocated: addDecimals(line.allocated, quantity),
    cancelled: addDecimals(line.cancelled, cancelled),
  };
}

/** One shipment, or one for each place that the order goes to. */
function shipmentsOf(order: OrderState, plan: readonly string[]): ShipmentState[] {
  return divide(order, plan).map((portion, index): ShipmentState => {
    const number = order.shipments.length + 1 + index;
    return { shipmentId: shipmentIdOf(order.orderId, number), number, state: 'requested', ...portion };
  });
}

/** Where a shipment goes that goes elsewhere than the order. */
export function ownShipToOf({ places }: OrderState, { place }: ShipmentState): Party | undefined {
  return place === undefined ? undefined : places?.[place]?.shipTo;
}

/** When a shipment is wanted: its place's own days count alone, for the order's may contradict them. */
function wantedOf(order: OrderState, { place }: ShipmentState): Pick<DeliveryWish, 'requestedOn' | 'dates'> {
  const own = place === undefined ? undefined : order.places?.[place]?.dates;
  return own === undefined ? order.delivery : { requestedOn: dayOf(own), dates: own };
}

function sayRequested(order: OrderState, shipment: ShipmentState, warehouse: string): Said {
  const lineOf = new Map(order.lines.map((line) => [line.lineId, line]));
  const { requestedOn, dates } = wantedOf(order, shipment);
  return say(ShipmentRequested, {
    orderId: order.orderId,
    shipmentId: shipment.shipmentId,
    warehouse,
    purchaseOrderNumber: order.purchaseOrderNumber,
    shipTo: ownShipToOf(order, shipment) ?? order.delivery.shipTo,
    requestedOn,
    ...dates,
    ...order.delivery.carriage,
    lines: shipment.lines.map(({ lineId, quantity }) => {
      const { sku, unitCode } = lineOf.get(lineId)!;
      return { lineId, sku, quantity, unitCode };
    }),
  });
}
