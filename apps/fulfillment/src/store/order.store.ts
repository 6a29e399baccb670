import { Injectable } from '@nestjs/common';
import { boolArray, intArray, prepared, textArray, timestampArray, uuidArray, type Tx } from '@railhead/database';
import type { Of, OrderBook } from '../domain/order-book.js';
import type { DeliveryWish, LineQuantity, LineState, OrderState, ShipmentState } from '../domain/order-state.js';

const ORDERS = prepared(`
  SELECT order_id AS "orderId", purchase_order_number AS "purchaseOrderNumber", partial_delivery_allowed AS "partialDeliveryAllowed",
         backorder_allowed AS "backorderAllowed", validated_at AS "validatedAt", correlation_id AS "correlationId", delivery
    FROM orders WHERE order_id = ANY($1::uuid[])`);
const LINES = prepared(`
  SELECT order_id AS "orderId", line_id AS "lineId", sku, unit_code AS "unitCode", ordered, allocated, shipped, cancelled
    FROM order_lines WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, place`);
const SHIPMENTS = prepared(`
  SELECT order_id AS "orderId", shipment_id AS "shipmentId", number, state, lines, confirmation
    FROM shipments WHERE order_id = ANY($1::uuid[]) ORDER BY order_id, number`);

const KNOWN = prepared('SELECT order_id AS "orderId" FROM orders WHERE order_id = ANY($1::uuid[])');

const INSERT_ORDERS = prepared(`
  INSERT INTO orders (order_id, purchase_order_number, partial_delivery_allowed, backorder_allowed, validated_at, correlation_id, delivery)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::bool[], $5::timestamptz[], $6::text[], $7::text[])`);
const INSERT_LINES = prepared(`
  INSERT INTO order_lines (order_id, line_id, allocated, shipped, cancelled, sku, unit_code, ordered, place)
  SELECT o, l, a::numeric, s::numeric, c::numeric, k, u, q::numeric, p
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[]) AS t(o, l, a, s, c, k, u, q, p)`);
const CHANGE_LINES = prepared(`
  UPDATE order_lines o SET allocated = t.a::numeric, shipped = t.s::numeric, cancelled = t.c::numeric
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) AS t(o, l, a, s, c)
   WHERE o.order_id = t.o AND o.line_id = t.l`);
const INSERT_SHIPMENTS = prepared(`
  INSERT INTO shipments (order_id, number, state, confirmation, shipment_id, lines)
  SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::uuid[], $6::text[])`);
const CHANGE_SHIPMENTS = prepared(`
  UPDATE shipments s SET state = t.state, confirmation = t.confirmation
    FROM unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[]) AS t(order_id, number, state, confirmation)
   WHERE s.order_id = t.order_id AND s.number = t.number`);
const QUEUE = prepared(`
  INSERT INTO waiting (sku, validated_at, order_id, line_id)
  SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[])`);
const UNQUEUE = prepared(`
  DELETE FROM waiting w USING unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[]) AS t(sku, validated_at, order_id, line_id)
   WHERE w.sku = t.sku AND w.validated_at = t.validated_at AND w.order_id = t.order_id AND w.line_id = t.line_id`);

interface OrderRow
  extends Record<string, unknown>, Omit<OrderState, 'validatedAt' | 'delivery' | 'lines' | 'shipments'> {
  validatedAt: Date;
  delivery: string;
}
interface LineRow extends Record<string, unknown>, LineState {
  orderId: string;
}
interface ShipmentRow extends Record<string, unknown>, Omit<ShipmentState, 'lines' | 'confirmation'> {
  orderId: string;
  lines: string;
  confirmation: string | null;
}

/** Orders with their lines and shipments, and the queue of lines that wait. Read them with their stock rows locked. */
@Injectable()
export class OrderStore {
  /** Which of these orders were taken before. */
  async knownAmong(orderIds: readonly string[], tx: Tx): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ orderId: string }>(KNOWN, [uuidArray(orderIds)]);
    return new Set(rows.map((row) => row.orderId));
  }

  /** Orders in the order of the ids; unknown ones are left out. */
  async load(orderIds: readonly string[], tx: Tx): Promise<OrderState[]> {
    if (orderIds.length === 0) return [];
    const ids = [uuidArray(orderIds)];
    const orders = new Map((await tx.query<OrderRow>(ORDERS, ids)).map((row) => [row.orderId, row]));
    const lines = Map.groupBy(await tx.query<LineRow>(LINES, ids), (row) => row.orderId);
    const shipments = Map.groupBy(await tx.query<ShipmentRow>(SHIPMENTS, ids), (row) => row.orderId);
    return orderIds.flatMap((id) => {
      const row = orders.get(id);
      return row === undefined ? [] : [orderOf(row, lines.get(id) ?? [], shipments.get(id) ?? [])];
    });
  }

  /** Writes what changed since the book was last saved, one statement per table. */
  async save(book: OrderBook, tx: Tx): Promise<void> {
    const changes = book.changes();
    await this.insertOrders(changes.newOrders, tx);
    if (changes.newLines.length > 0)
      await tx.query(INSERT_LINES, [...progress(changes.newLines), ...origin(changes.newLines)]);
    if (changes.changedLines.length > 0) await tx.query(CHANGE_LINES, progress(changes.changedLines));
    if (changes.newShipments.length > 0) {
      const requests = changes.newShipments.map(({ item }) =>
        JSON.stringify(item.lines.map((line) => [line.lineId, line.quantity])),
      );
      const ids = changes.newShipments.map(({ item }) => item.shipmentId);
      await tx.query(INSERT_SHIPMENTS, [...stage(changes.newShipments), uuidArray(ids), textArray(requests)]);
    }
    if (changes.changedShipments.length > 0) await tx.query(CHANGE_SHIPMENTS, stage(changes.changedShipments));
    if (changes.unqueued.length > 0) await tx.query(UNQUEUE, queuePlaces(changes.unqueued));
    if (changes.queued.length > 0) await tx.query(QUEUE, queuePlaces(changes.queued));
    book.saved();
  }

  private async insertOrders(orders: readonly OrderState[], tx: Tx): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(INSERT_ORDERS, [
      uuidArray(orders.map((order) => order.orderId)),
      textArray(orders.map((order) => order.purchaseOrderNumber)),
      boolArray(orders.map((order) => order.partialDeliveryAllowed)),
      boolArray(orders.map((order) => order.backorderAllowed)),
      timestampArray(orders.map((order) => order.validatedAt)),
      textArray(orders.map((order) => order.correlationId)),
      textArray(orders.map((order) => JSON.stringify(order.delivery))),
    ]);
  }
}

function orderOf(row: OrderRow, lines: readonly LineRow[], shipments: readonly ShipmentRow[]): OrderState {
  return {
    ...row,
    validatedAt: row.validatedAt.toISOString(),
    delivery: JSON.parse(row.delivery) as DeliveryWish,
    lines,
    shipments: shipments.map((one) => ({
      ...one,
      lines: (JSON.parse(one.lines) as [string, string][]).map(([lineId, quantity]): LineQuantity => ({
        lineId,
        quantity,
      })),
      confirmation: one.confirmation ?? undefined,
    })),
  };
}

const progress = (lines: readonly Of<LineState>[]): Buffer[] => [
  uuidArray(lines.map(({ order }) => order.orderId)),
  textArray(lines.map(({ item }) => item.lineId)),
  textArray(lines.map(({ item }) => item.allocated)),
  textArray(lines.map(({ item }) => item.shipped)),
  textArray(lines.map(({ item }) => item.cancelled)),
];

const origin = (lines: readonly Of<LineState>[]): Buffer[] => [
  textArray(lines.map(({ item }) => item.sku)),
  textArray(lines.map(({ item }) => item.unitCode)),
  textArray(lines.map(({ item }) => item.ordered)),
  intArray(lines.map(({ order, item }) => order.lines.indexOf(item))),
];

const stage = (shipments: readonly Of<ShipmentState>[]): Buffer[] => [
  uuidArray(shipments.map(({ order }) => order.orderId)),
  intArray(shipments.map(({ item }) => item.number)),
  textArray(shipments.map(({ item }) => item.state)),
  uuidArray(shipments.map(({ item }) => item.confirmation)),
];

const queuePlaces = (lines: readonly Of<LineState>[]): Buffer[] => [
  textArray(lines.map(({ item }) => item.sku)),
  timestampArray(lines.map(({ order }) => order.validatedAt)),
  uuidArray(lines.map(({ order }) => order.orderId)),
  textArray(lines.map(({ item }) => item.lineId)),
];
