import { Injectable } from '@nestjs/common';
import {
  boolArray,
  byteaArray,
  intArray,
  prepared,
  textArray,
  timestampArray,
  uuidArray,
  type Tx,
} from '@railhead/database';
import { Party } from '@railhead/contracts';
import { storedValue } from '@railhead/service-kit';
import { z } from 'zod';
import type { Of, OrderBook } from '../domain/order-book.js';
import type { DeliveryWish, LineState, OrderState, Place, ShipmentState, WantedDates } from '../domain/order-state.js';

const storedDelivery = storedValue(
  'fulfillment.delivery',
  z.strictObject({ shipTo: Party.optional(), requestedOn: z.string().optional() }),
);

const ORDERS = prepared(`
  SELECT order_id AS "orderId", purchase_order_number AS "purchaseOrderNumber", partial_delivery_allowed AS "partialDeliveryAllowed",
         backorder_allowed AS "backorderAllowed", validated_at AS "validatedAt", correlation_id AS "correlationId", delivery, dates, lines, places, shipments, revision
    FROM orders WHERE order_id = ANY($1::uuid[])`);

const KNOWN = prepared('SELECT order_id AS "orderId" FROM orders WHERE order_id = ANY($1::uuid[])');

const INSERT_ORDERS = prepared(`
  INSERT INTO orders (order_id, purchase_order_number, partial_delivery_allowed, backorder_allowed, validated_at, correlation_id, delivery, dates, places, lines, shipments)
  SELECT * FROM unnest($1::uuid[], $2::text[], $3::bool[], $4::bool[], $5::timestamptz[], $6::text[], $7::bytea[], $8::text[], $9::text[], $10::text[],
    $11::text[])`);
const CHANGE_ORDERS = prepared(`
  UPDATE orders o SET lines = t.lines, shipments = t.shipments
    FROM unnest($1::uuid[], $2::text[], $3::text[]) AS t(order_id, lines, shipments) WHERE o.order_id = t.order_id`);
const REVISE_ORDERS = prepared(`
  UPDATE orders o SET revision = t.revision, delivery = t.delivery, dates = t.dates, places = t.places
    FROM unnest($1::uuid[], $2::int[], $3::bytea[], $4::text[], $5::text[]) AS t(order_id, revision, delivery, dates, places)
   WHERE o.order_id = t.order_id`);
const QUEUE = prepared(`
  INSERT INTO waiting (sku, validated_at, order_id, line_id)
  SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[])`);
const UNQUEUE = prepared(`
  DELETE FROM waiting w USING unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::text[]) AS t(sku, validated_at, order_id, line_id)
   WHERE w.sku = t.sku AND w.validated_at = t.validated_at AND w.order_id = t.order_id AND w.line_id = t.line_id`);

interface OrderRow
  extends
    Record<string, unknown>,
    Omit<OrderState, 'validatedAt' | 'delivery' | 'lines' | 'places' | 'shipments' | 'revision'> {
  validatedAt: Date;
  delivery: Buffer;
  dates: string | null;
  lines: string;
  places: string | null;
  shipments: string;
  revision: number;
}
type StoredLine = [
  lineId: string,
  sku: string,
  unitCode: string,
  ordered: string,
  allocated: string,
  shipped: string,
  cancelled: string,
];
type StoredShipment = [
  shipmentId: string,
  number: number,
  state: ShipmentState['state'],
  confirmation: string | null,
  lines: [lineId: string, quantity: string][],
  place?: number,
];

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
    const rows = await tx.query<OrderRow>(ORDERS, [uuidArray(orderIds)]);
    const orders = new Map(rows.map((row) => [row.orderId, row]));
    return orderIds.flatMap((id) => {
      const row = orders.get(id);
      return row === undefined ? [] : [orderOf(row)];
    });
  }

  /** Writes what changed since the book was last saved, one statement per kind. */
  async save(book: OrderBook, tx: Tx): Promise<void> {
    const changes = book.changes();
    await this.insertOrders(changes.newOrders, tx);
    if (changes.changedOrders.length > 0) {
      const ids = uuidArray(changes.changedOrders.map((order) => order.orderId));
      await tx.query(CHANGE_ORDERS, [ids, ...progress(changes.changedOrders)]);
    }
    await this.revise(
      changes.changedOrders.filter(({ revision }) => revision !== undefined),
      tx,
    );
    if (changes.unqueued.length > 0) await tx.query(UNQUEUE, queuePlaces(changes.unqueued));
    if (changes.queued.length > 0) await tx.query(QUEUE, queuePlaces(changes.queued));
    book.saved();
  }

  /** What only the buyer changes, and seldom. */
  private async revise(orders: readonly OrderState[], tx: Tx): Promise<void> {
    if (orders.length === 0) return;
    await tx.query(REVISE_ORDERS, [
      uuidArray(orders.map((order) => order.orderId)),
      intArray(orders.map((order) => order.revision ?? 0)),
      ...wishes(orders),
    ]);
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
      ...wishes(orders),
      ...progress(orders),
    ]);
  }
}

function orderOf(row: OrderRow): OrderState {
  return {
    ...row,
    validatedAt: row.validatedAt.toISOString(),
    delivery: deliveryOf(row),
    lines: (JSON.parse(row.lines) as StoredLine[]).map(lineOf),
    places: row.places === null ? undefined : (JSON.parse(row.places) as Place[]),
    shipments: (JSON.parse(row.shipments) as StoredShipment[]).map(shipmentOf),
    revision: row.revision === 0 ? undefined : row.revision,
  };
}

function deliveryOf({ delivery, dates }: OrderRow): DeliveryWish {
  const wish = storedDelivery.decode(delivery);
  return dates === null ? wish : { ...wish, dates: JSON.parse(dates) as WantedDates };
}

function lineOf([lineId, sku, unitCode, ordered, allocated, shipped, cancelled]: StoredLine): LineState {
  return { lineId, sku, unitCode, ordered, allocated, shipped, cancelled };
}

function shipmentOf([shipmentId, number, state, confirmation, lines, place]: StoredShipment): ShipmentState {
  return {
    shipmentId,
    number,
    state,
    confirmation: confirmation ?? undefined,
    lines: lines.map(([lineId, quantity]) => ({ lineId, quantity })),
    ...(place !== undefined && { place }),
  };
}

/** Few orders say by whom they are to be carried: those as JSON, which the column may hold as well. */
function bytesOf({ shipTo, requestedOn, carriage }: DeliveryWish): Buffer {
  if (carriage === undefined) return storedDelivery.encode({ shipTo, requestedOn });
  return Buffer.from(JSON.stringify({ shipTo, requestedOn, carriage }));
}

/** The columns that say where and when an order is wanted. */
function wishes(orders: readonly OrderState[]): Buffer[] {
  return [
    byteaArray(orders.map(({ delivery }) => bytesOf(delivery))),
    textArray(orders.map(({ delivery: { dates } }) => (dates === undefined ? null : JSON.stringify(dates)))),
    textArray(orders.map(({ places }) => (places === undefined ? null : JSON.stringify(places)))),
  ];
}

/** The columns that change in the life of an order. */
function progress(orders: readonly OrderState[]): Buffer[] {
  return [
    textArray(orders.map(({ lines }) => JSON.stringify(lines.map(storedLine)))),
    textArray(orders.map(({ shipments }) => JSON.stringify(shipments.map(storedShipment)))),
  ];
}

const storedLine = (line: LineState): StoredLine => [
  line.lineId,
  line.sku,
  line.unitCode,
  line.ordered,
  line.allocated,
  line.shipped,
  line.cancelled,
];

const storedShipment = (shipment: ShipmentState): StoredShipment => [
  shipment.shipmentId,
  shipment.number,
  shipment.state,
  shipment.confirmation ?? null,
  shipment.lines.map(({ lineId, quantity }) => [lineId, quantity]),
  ...(shipment.place === undefined ? ([] as const) : ([shipment.place] as const)),
];

const queuePlaces = (lines: readonly Of<LineState>[]): Buffer[] => [
  textArray(lines.map(({ item }) => item.sku)),
  timestampArray(lines.map(({ order }) => order.validatedAt)),
  uuidArray(lines.map(({ order }) => order.orderId)),
  textArray(lines.map(({ item }) => item.lineId)),
];
