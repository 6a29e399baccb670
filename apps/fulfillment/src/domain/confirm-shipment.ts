import { derivedUuid, ShipmentCancelled, ShipmentDispatched, ShipmentFailed } from '@railhead/contracts';
import type { Reason, ShipmentConfirmed } from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import type { z } from 'zod';
import {
  say,
  sayAllocated,
  sayBackordered,
  sayCancelled,
  sayFulfilled,
  type Decision,
  type Said,
  type Wish,
} from './decision.js';
import { isFinished, isPositive, type LineState, type OrderState, type ShipmentState } from './order-state.js';
import { ownShipToOf } from './promise-stock.js';
import type { StockBook } from './stock-book.js';

type Confirmation = ShipmentConfirmed['data'];
type Reasons = z.infer<typeof Reason>[];

/** A day without an hour, in the first zone of the earth, lies so far ahead of us at most. */
const AHEAD_MS = 2 * 24 * 3_600_000;

const NOTHING_SHIPPED = 'the warehouse shipped nothing of it';
const SHORT: Wish = {
  actor: { kind: 'system', id: 'fulfillment' },
  reason: 'the warehouse could not ship it, and the order allows no backorder',
};

/** What became of a confirmation: taken (`order` is set), a repeat (nothing is told), or refused (`order` stays unset). */
export interface Confirmed {
  readonly order?: OrderState;
  readonly says: readonly Said[];
}

/**
 * Takes what the warehouse says it shipped. What was asked for and not shipped waits again, or is cancelled where no
 * backorder is allowed. A confirmation that cannot be true changes nothing and names every reason.
 *
 * @param shippedAtMs - The confirmation's `shippedAt`, milliseconds since 1970.
 * @param toldAtMs - When we heard of it.
 */
export function confirmShipment(
  order: OrderState | undefined,
  confirmation: Confirmation,
  shippedAtMs: number,
  stock: StockBook,
  toldAtMs = Number.POSITIVE_INFINITY,
): Confirmed {
  const shipment = order?.shipments.find((one) => one.shipmentId === confirmation.shipmentId);
  if (order === undefined || shipment === undefined) {
    return refused(confirmation, [
      { code: 'UNKNOWN_SHIPMENT', detail: 'no such shipment was asked for in this order' },
    ]);
  }
  const fingerprint = fingerprintOf(confirmation);
  if (shipment.confirmation === fingerprint) return { says: [] };
  const ahead = shippedAtMs > toldAtMs + AHEAD_MS ? [shippedAhead(confirmation)] : [];
  const reasons = [...wrongState(shipment), ...ahead, ...wrongLines(shipment, confirmation)];
  if (reasons.length > 0) return refused(confirmation, reasons);
  return take(order, { ...shipment, confirmation: fingerprint }, confirmation, shippedAtMs, stock);
}

/** The same for the same goods, parcels and carrier. The hour of shipping is left out: a repeat may be stamped anew. */
function fingerprintOf({ shipmentId, carrier, trackingNumbers, billOfLading, lines }: Confirmation): string {
  const quantities = [...shippedPerLine(lines)].map(([lineId, quantity]) => `${lineId}=${quantity}`);
  return derivedUuid(
    JSON.stringify([shipmentId, carrier, billOfLading ?? '', quantities.sort(), [...trackingNumbers].sort()]),
  );
}

/** A line may be named more than once, e.g. once per parcel. */
function shippedPerLine(lines: Confirmation['lines']): Map<string, string> {
  const sums = new Map<string, string>();
  for (const { lineId, quantity } of lines) sums.set(lineId, addDecimals(sums.get(lineId) ?? '0', quantity));
  return sums;
}

function wrongState({ state }: ShipmentState): Reasons {
  if (state === 'cancelled') return [{ code: 'SHIPMENT_CANCELLED', detail: 'this shipment was called off before' }];
  if (state === 'dispatched')
    return [{ code: 'ALREADY_DISPATCHED', detail: 'this shipment was confirmed before, with other content' }];
  return [];
}

function shippedAhead({ shippedAt }: Confirmation): Reason {
  const detail = `${shippedAt} is days ahead: goods are confirmed when they have left`;
  return { code: 'SHIPPED_AHEAD', detail, path: '/shippedAt' };
}

function wrongLines(shipment: ShipmentState, confirmation: Confirmation): Reasons {
  const asked = new Map(shipment.lines.map((line) => [line.lineId, line.quantity]));
  return [...shippedPerLine(confirmation.lines)].flatMap(([lineId, quantity]): Reasons => {
    const wanted = asked.get(lineId);
    const path = `/lines/${confirmation.lines.findIndex((line) => line.lineId === lineId)}`;
    if (wanted === undefined)
      return [{ code: 'UNKNOWN_LINE', detail: `line ${lineId} is not part of this shipment`, path }];
    if (compareDecimals(quantity, wanted) <= 0) return [];
    return [{ code: 'MORE_THAN_REQUESTED', detail: `line ${lineId}: ${quantity} shipped, ${wanted} asked for`, path }];
  });
}

function refused({ orderId, shipmentId }: Confirmation, reasons: Reasons): Confirmed {
  return { says: [say(ShipmentFailed, { orderId, shipmentId, reasons })] };
}

function take(
  order: OrderState,
  shipment: ShipmentState,
  confirmation: Confirmation,
  shippedAtMs: number,
  stock: StockBook,
): Decision {
  const asked = new Map(shipment.lines.map((line) => [line.lineId, line.quantity]));
  const shipped = shippedPerLine(confirmation.lines);
  const lines = order.lines.map((line) => {
    const wanted = asked.get(line.lineId);
    if (wanted === undefined) return line;
    const got = shipped.get(line.lineId) ?? '0';
    stock.settle(line.sku, wanted, shippedAtMs, compareDecimals(got, wanted) < 0);
    return shipLine(line, wanted, got, order.backorderAllowed);
  });
  const left = [...shipped.values()].some(isPositive);
  const state: ShipmentState = { ...arrivedAt(shipment, shipped), state: left ? 'dispatched' : 'cancelled' };
  const after = {
    ...order,
    lines,
    shipments: order.shipments.map((one) => (one.number === state.number ? state : one)),
  };
  return {
    order: after,
    says: [
      left ? sayDispatched(after, state, confirmation, shipped) : sayNothingShipped(confirmation),
      ...rest(order, after),
    ],
  };
}

/** A place still lacks what did not leave, so what a shipment to it brings is what left. */
function arrivedAt(shipment: ShipmentState, shipped: ReadonlyMap<string, string>): ShipmentState {
  if (shipment.place === undefined) return shipment;
  const lines = shipment.lines.map(({ lineId }) => ({ lineId, quantity: shipped.get(lineId) ?? '0' }));
  return { ...shipment, lines };
}

function shipLine(line: LineState, wanted: string, got: string, backorderAllowed: boolean): LineState {
  const short = subtractDecimals(wanted, got);
  return {
    ...line,
    allocated: subtractDecimals(line.allocated, wanted),
    shipped: addDecimals(line.shipped, got),
    cancelled: backorderAllowed ? line.cancelled : addDecimals(line.cancelled, short),
  };
}

/** What follows for the order from a shipment that went out, whole or short. */
function rest(before: OrderState, after: OrderState): Said[] {
  return [
    ...sayAllocated(before, after),
    ...sayBackordered(before, after),
    ...sayCancelled(before, after, SHORT),
    ...(isFinished(after) ? sayFulfilled(after) : []),
  ];
}

function sayDispatched(
  order: OrderState,
  shipment: ShipmentState,
  confirmation: Confirmation,
  shipped: ReadonlyMap<string, string>,
): Said {
  const lines = order.lines.flatMap(({ lineId, sku, unitCode }) => {
    const quantity = shipped.get(lineId) ?? '0';
    return isPositive(quantity) ? [{ lineId, sku, quantity, unitCode }] : [];
  });
  const { revision } = order;
  return say(ShipmentDispatched, {
    ...confirmation,
    lines,
    ...(revision !== undefined && { orderRevision: revision }),
    shipTo: ownShipToOf(order, shipment),
  });
}

function sayNothingShipped({ orderId, shipmentId }: Confirmation): Said {
  return say(ShipmentCancelled, { orderId, shipmentId, reason: NOTHING_SHIPPED });
}
