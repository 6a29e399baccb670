import { OrderFulfilled, OrderSettled, OrderValidated } from '@railhead/contracts';
import { addDecimals, compareDecimals } from '@railhead/money';
import type { Fact } from '../fact.js';
import type { OrderFile, Status } from './order-file.js';

/** What the one word is derived from. */
export interface Axes extends Pick<OrderFile, 'lines' | 'holds' | 'rejection' | 'shipments' | 'invoices'> {
  /** Types of all facts. */
  readonly told: ReadonlySet<string>;
}

export function toldBy(story: readonly Fact[]): ReadonlySet<string> {
  return new Set(story.map((fact) => fact.type));
}

/** The one word for people, from the axes. The furthest fact wins; what people must look at comes before what runs by itself. */
export function displayStatus(axes: Axes): Status {
  if (isWhollyCancelled(axes)) return 'cancelled';
  if (axes.told.has(OrderSettled.type)) return 'settled';
  if (axes.rejection !== null) return axes.rejection.withdrawn ? 'cancelled' : 'rejected';
  if (dispatchedOf(axes).length > 0) return shippingStatus(axes);
  if (!axes.told.has(OrderValidated.type) && axes.holds.some((hold) => hold.state === 'active')) return 'on-hold';
  if (axes.shipments.some(isOpen)) return 'in-fulfillment';
  if (axes.lines.some((line) => isAbove(line.backordered, '0'))) return 'backordered';
  if (axes.lines.some((line) => isAbove(line.allocated, '0'))) return 'in-fulfillment';
  return axes.told.has(OrderValidated.type) ? 'accepted' : 'received';
}

/** A shipment the warehouse still has to send. */
export function isOpen(shipment: OrderFile['shipments'][number]): boolean {
  return shipment.state === 'requested' || shipment.state === 'confirmed';
}

function shippingStatus(axes: Axes): Status {
  if (!nothingLeftToShip(axes)) return 'partially-shipped';
  const shipments = dispatchedOf(axes);
  if (shipments.some((shipment) => shipment.state !== 'delivered')) return 'shipped';
  return isInvoiced(axes) ? 'invoiced' : 'delivered';
}

/** Every shipment that left has its invoice. */
export function isInvoiced(axes: Pick<Axes, 'shipments' | 'invoices'>): boolean {
  const invoiced = new Set(axes.invoices.map((invoice) => invoice.shipmentId));
  return dispatchedOf(axes).every((shipment) => invoiced.has(shipment.shipmentId));
}

function dispatchedOf({ shipments }: Pick<Axes, 'shipments'>): OrderFile['shipments'] {
  return shipments.filter((shipment) => shipment.state === 'dispatched' || shipment.state === 'delivered');
}

function nothingLeftToShip({ told, lines }: Axes): boolean {
  if (told.has(OrderFulfilled.type)) return true;
  return lines.length > 0 && lines.every((line) => !isAbove(line.ordered, addDecimals(line.shipped, line.cancelled)));
}

function isWhollyCancelled({ lines, shipments }: Axes): boolean {
  if (lines.length === 0 || dispatchedOf({ shipments }).length > 0) return false;
  return lines.every((line) => isAbove(line.cancelled, '0') && !isAbove(line.ordered, line.cancelled));
}

function isAbove(left: string, right: string): boolean {
  return compareDecimals(left, right) > 0;
}
