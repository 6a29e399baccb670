import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EVENTS,
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderCancelRequested,
  OrderCaptured,
  OrderFulfilled,
  OrderValidated,
  ShipmentCancelled,
  ShipmentConfirmed,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
  StockChanged,
  type EventOf,
} from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec } from '@railhead/service-kit';
import { aLine, anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { fulfillmentService } from '../index.js';

type Validated = EventOf<typeof OrderValidated>['data'];
type Confirmed = EventOf<typeof ShipmentConfirmed>['data'];

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');
let test: ServiceUnderTest;
let products = 0;

beforeAll(async () => {
  await codec.prepare([OrderCaptured]);
  test = await serviceUnderTest(fulfillmentService);
});
afterAll(() => test.stop());

/** A product of the test's own, counted at ten o'clock. */
async function aProduct(onHand: string): Promise<string> {
  const sku = `P-${(products += 1)}`;
  await counted(sku, onHand, '2026-02-03T10:00:00.000Z');
  await test.idle();
  return sku;
}

const counted = (sku: string, onHand: string, asOf: string, warehouse = 'MAIN'): Promise<void> =>
  test.tell(StockChanged, `${sku}|${warehouse}`, { sku, warehouse, onHand, asOf });

function aValidated(sku: string, quantity: string, change: Partial<Validated> = {}): Validated {
  const order = anOrder({ purchaseOrderNumber: randomUUID(), delivery: { requestedDespatchOn: '2026-02-10' } });
  return {
    orderId: order.orderId,
    accountId: 'ACME',
    purchaseOrderNumber: order.purchaseOrderNumber,
    currency: 'USD',
    total: order.totals.payable,
    netDays: 30,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    lines: [{ lineId: '1', sku, quantity, unitCode: 'EA', unitPrice: '3.75' }],
    order: codec.encodeData(OrderCaptured.type, order),
    ...change,
  };
}

async function validated(sku: string, quantity: string, change: Partial<Validated> = {}): Promise<string> {
  const data = aValidated(sku, quantity, change);
  await test.tell(OrderValidated, data.orderId, data);
  return data.orderId;
}

async function shipped(
  orderId: string,
  shipmentId: string,
  quantity: string,
  change: Partial<Confirmed> = {},
): Promise<void> {
  await test.tell(ShipmentConfirmed, orderId, {
    orderId,
    shipmentId,
    shippedAt: '2026-02-04T08:00:00.000Z',
    carrier: 'UPSN',
    trackingNumbers: ['1Z1'],
    packages: [],
    lines: [{ lineId: '1', quantity }],
    ...change,
  });
}

const cancel = (orderId: string): Promise<void> =>
  test.tell(
    OrderCancelRequested,
    orderId,
    { orderId, actor: { kind: 'person', id: 'kim' }, reason: 'ordered twice' },
    'gateway',
  );
const about = (orderId: string): string[] =>
  test
    .heard()
    .filter((event) => event.subject === orderId)
    .map((event) => event.type);
const stockOf = async (sku: string): Promise<unknown> =>
  (await test.rows('SELECT on_hand, allocated FROM stock WHERE sku = $1', [sku]))[0];

describe('an order for two stores', () => {
  const part = (id: string, value: string, requestedDespatchOn?: string) => ({
    scheduleId: id,
    quantity: { value, unitCode: 'EA' },
    ...(requestedDespatchOn && { requestedDespatchOn }),
    shipTo: { role: 'shipTo' as const, identifiers: [{ scheme: 'BUYER', value: id }] },
  });
  const storesOf = (events: readonly { data: { shipTo?: { identifiers: { value: string }[] } | undefined } }[]) =>
    events.map(({ data }) => data.shipTo?.identifiers[0]?.value);

  it('becomes a shipment for each, and what one of them lacks goes there later', async () => {
    const sku = await aProduct('10');
    const schedules = [part('0001', '6'), part('0002', '6')];
    const order = anOrder({ purchaseOrderNumber: randomUUID(), lines: [aLine({ schedules })] });
    const data = aValidated(sku, '12', { orderId: order.orderId, severalPlaces: true });
    await test.tell(OrderValidated, order.orderId, { ...data, order: codec.encodeData(OrderCaptured.type, order) });
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    expect(storesOf(requests)).toEqual(['0001', '0002']);
    expect(requests.map(({ data: { lines } }) => lines[0]!.quantity)).toEqual(['6', '4']);

    await shipped(order.orderId, requests[0]!.data.shipmentId, '6');
    await counted(sku, '6', '2026-02-05T10:00:00.000Z');
    const [, , third] = await test.until(ShipmentRequested, 3, order.orderId);
    expect([...storesOf([third!]), third!.data.lines[0]!.quantity]).toEqual(['0002', '2']);
    expect(storesOf(await test.until(ShipmentDispatched, 1, order.orderId))).toEqual(['0001']);
  });

  it('asks for each on its own day, today and when there is more', async () => {
    const sku = await aProduct('10');
    const schedules = [part('0001', '6', '2026-03-01'), part('0002', '6')];
    const delivery = { requestedFrom: '2026-02-05', requestedTo: '2026-02-10' };
    const order = anOrder({ purchaseOrderNumber: randomUUID(), delivery, lines: [aLine({ schedules })] });
    const data = aValidated(sku, '12', { orderId: order.orderId, severalPlaces: true });
    await test.tell(OrderValidated, order.orderId, { ...data, order: codec.encodeData(OrderCaptured.type, order) });
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    const daysOf = ({ requestedOn, requestedFrom, requestedTo, requestedDespatchOn }: ShipmentRequested['data']) => [
      ...[requestedOn, requestedFrom, requestedTo, requestedDespatchOn],
    ];
    const [own, ofOrder] = [
      ['2026-03-01', undefined, undefined, '2026-03-01'],
      ['2026-02-05', '2026-02-05', '2026-02-10', undefined],
    ];
    expect(requests.map((request) => daysOf(request.data))).toEqual([own, ofOrder]);
    await counted(sku, '12', '2026-02-05T10:00:00.000Z');
    const [, , third] = await test.until(ShipmentRequested, 3, order.orderId);
    expect(daysOf(third!.data)).toEqual(ofOrder);
  });
});

describe('an order that says by whom it is to be carried', () => {
  it('is asked for so, also what of it comes later', async () => {
    const sku = await aProduct('5');
    const order = anOrder({
      purchaseOrderNumber: randomUUID(),
      delivery: { carrier: 'UPSN', serviceLevel: 'G2' },
      deliveryTerms: { freightPayment: 'CC' },
    });
    const data = aValidated(sku, '8', { orderId: order.orderId });
    await test.tell(OrderValidated, order.orderId, { ...data, order: codec.encodeData(OrderCaptured.type, order) });
    await test.until(ShipmentRequested, 1, order.orderId);
    await counted(sku, '20', '2026-02-05T10:00:00.000Z');
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    const carriage = { carrier: 'UPSN', serviceLevel: 'G2', freightPayment: 'CC' };
    expect(requests.map((request) => request.data)).toMatchObject([carriage, carriage]);
  });
});

describe('an order from validation to the last shipment', () => {
  it('is promised, requested with its ship-to, dispatched and fulfilled', async () => {
    const sku = await aProduct('100');
    const orderId = await validated(sku, '8');
    const [request] = await test.until(ShipmentRequested, 1, orderId);
    expect(request?.data).toMatchObject({
      warehouse: 'MAIN',
      requestedOn: '2026-02-10',
      shipTo: { name: 'Acme DC 7' },
    });
    expect(request?.data.lines).toEqual([{ lineId: '1', sku, quantity: '8', unitCode: 'EA' }]);
    await shipped(orderId, request!.data.shipmentId, '8');
    const [fulfilled] = await test.until(OrderFulfilled, 1, orderId);
    expect(fulfilled?.correlationId).toBe(orderId);
    expect(about(orderId).sort()).toEqual([
      'order.allocated.v1',
      'order.fulfilled.v1',
      'shipment.dispatched.v1',
      'shipment.requested.v1',
    ]);
    expect(await stockOf(sku)).toEqual({ on_hand: '92', allocated: '0' });
  });

  it('waits for what is short and gets it from the next count, in a second shipment', async () => {
    const sku = await aProduct('5');
    const orderId = await validated(sku, '8');
    const [first] = await test.until(ShipmentRequested, 1, orderId);
    expect((await test.until(OrderBackordered, 1, orderId))[0]?.data.lines).toEqual([
      { lineId: '1', sku, quantity: '3' },
    ]);
    await shipped(orderId, first!.data.shipmentId, '5');
    await test.until(ShipmentDispatched, 1, orderId);
    await counted(sku, '10', '2026-02-05T10:00:00.000Z');
    const [, second] = await test.until(ShipmentRequested, 2, orderId);
    expect(second?.data.lines).toMatchObject([{ quantity: '3' }]);
    expect(second?.correlationId).toBe(orderId);
    expect((await test.until(OrderAllocated, 2, orderId))[1]?.data.lines).toMatchObject([{ quantity: '8' }]);
    await shipped(orderId, second!.data.shipmentId, '3');
    expect((await test.until(OrderFulfilled, 1, orderId))[0]?.data).toMatchObject({
      shipments: 2,
      lines: [{ quantity: '8' }],
    });
    expect(await test.rows('SELECT * FROM waiting WHERE sku = $1', [sku])).toEqual([]);
  });

  it('gets the remainder of a short shipment at once when the books say there is more', async () => {
    const sku = await aProduct('100');
    const orderId = await validated(sku, '8');
    const [first] = await test.until(ShipmentRequested, 1, orderId);
    await shipped(orderId, first!.data.shipmentId, '6');
    const [, second] = await test.until(ShipmentRequested, 2, orderId);
    expect(second?.data.lines).toMatchObject([{ quantity: '2' }]);
    expect(await stockOf(sku)).toEqual({ on_hand: '92', allocated: '2' });
  });
});

describe('a product nobody counted yet', () => {
  it('makes its orders wait, and the first count serves them first come first served', async () => {
    const sku = `P-${(products += 1)}`;
    test.clock.set('2026-02-03T11:00:00.000Z');
    const first = await validated(sku, '4');
    await test.until(OrderBackordered, 1, first);
    test.clock.set('2026-02-03T11:00:01.000Z');
    const second = await validated(sku, '4');
    await test.until(OrderBackordered, 1, second);
    await counted(sku, '5', '2026-02-03T12:00:00.000Z');
    expect((await test.until(ShipmentRequested, 1, first))[0]?.data.lines).toMatchObject([{ quantity: '4' }]);
    expect((await test.until(ShipmentRequested, 1, second))[0]?.data.lines).toMatchObject([{ quantity: '1' }]);
  });
});

describe('a count of stock', () => {
  it('that is older than the one that stands is ignored, also when it comes later', async () => {
    const sku = await aProduct('5');
    await counted(sku, '900', '2026-02-03T09:59:59.000Z');
    await test.idle();
    expect(await stockOf(sku)).toEqual({ on_hand: '5', allocated: '0' });
  });

  it('is lessened by what left after it was true, and by nothing that left before', async () => {
    const sku = await aProduct('50');
    for (const shippedAt of ['2026-02-04T08:00:00.000Z', '2026-02-06T08:00:00.000Z']) {
      const orderId = await validated(sku, '8');
      const [request] = await test.until(ShipmentRequested, 1, orderId);
      await shipped(orderId, request!.data.shipmentId, '8', { shippedAt });
      await test.until(OrderFulfilled, 1, orderId);
    }
    await counted(sku, '42', '2026-02-05T00:00:00.000Z');
    await test.idle();
    expect(await stockOf(sku)).toEqual({ on_hand: '34', allocated: '0' });
    expect(await test.rows('SELECT quantity FROM stock_moves WHERE sku = $1', [sku])).toEqual([{ quantity: '8' }]);
  });

  it('of another warehouse is kept and promised to nobody', async () => {
    const sku = await aProduct('0');
    const orderId = await validated(sku, '1');
    await test.until(OrderBackordered, 1, orderId);
    await counted(sku, '50', '2026-02-05T00:00:00.000Z', 'EAST');
    await test.idle();
    expect(about(orderId)).toEqual(['order.backordered.v1']);
    expect(await test.rows(`SELECT on_hand FROM stock WHERE sku = $1 AND warehouse = 'EAST'`, [sku])).toEqual([
      { on_hand: '50' },
    ]);
  });
});

describe('a cancellation', () => {
  it('calls the shipment off, and the stock goes to who waits for it', async () => {
    const sku = await aProduct('5');
    const first = await validated(sku, '5');
    await test.until(ShipmentRequested, 1, first);
    const second = await validated(sku, '5');
    await test.until(OrderBackordered, 1, second);
    await cancel(first);
    expect((await test.until(OrderCancelled, 1, first))[0]?.data).toMatchObject({
      actor: { id: 'kim' },
      lines: [{ quantity: '5' }],
    });
    await test.until(ShipmentCancelled, 1, first);
    const [request] = await test.until(ShipmentRequested, 1, second);
    expect(request?.correlationId).toBe(second);
    expect(await stockOf(sku)).toEqual({ on_hand: '5', allocated: '5' });
  });

  it('that comes before its order acts when the order comes', async () => {
    const sku = await aProduct('5');
    const data = aValidated(sku, '5');
    await cancel(data.orderId);
    await test.idle();
    await test.tell(OrderValidated, data.orderId, data);
    await test.until(OrderCancelled, 1, data.orderId);
    await test.idle();
    expect(about(data.orderId)).toEqual(['order.cancelled.v1']);
    expect(await stockOf(sku)).toEqual({ on_hand: '5', allocated: '0' });
  });
});

describe('the same thing told twice', () => {
  it('takes an order once', async () => {
    const sku = await aProduct('50');
    const data = aValidated(sku, '5');
    await test.tell(OrderValidated, data.orderId, data);
    await test.tell(OrderValidated, data.orderId, data);
    await test.until(ShipmentRequested, 1, data.orderId);
    await test.idle();
    expect(await stockOf(sku)).toEqual({ on_hand: '50', allocated: '5' });
    expect(about(data.orderId)).toHaveLength(2);
  });

  it('takes a confirmation once, and refuses a different one', async () => {
    const sku = await aProduct('50');
    const orderId = await validated(sku, '5');
    const [request] = await test.until(ShipmentRequested, 1, orderId);
    const { shipmentId } = request!.data;
    await shipped(orderId, shipmentId, '5');
    await shipped(orderId, shipmentId, '5', { shippedAt: '2026-02-04T09:00:00.000Z' });
    await shipped(orderId, shipmentId, '4');
    const [failed] = await test.until(ShipmentFailed, 1, orderId);
    expect(failed?.data.reasons).toMatchObject([{ code: 'ALREADY_DISPATCHED' }]);
    await test.idle();
    expect(about(orderId).filter((type) => type === ShipmentDispatched.type)).toHaveLength(1);
    expect(await stockOf(sku)).toEqual({ on_hand: '45', allocated: '0' });
  });

  it('answers a confirmation of an unknown shipment with its failure', async () => {
    const orderId = randomUUID();
    await shipped(orderId, randomUUID(), '5');
    expect((await test.until(ShipmentFailed, 1, orderId))[0]?.data.reasons).toMatchObject([
      { code: 'UNKNOWN_SHIPMENT' },
    ]);
  });
});

describe('many orders for one product at once', () => {
  it('are promised every piece there is and not one more, while shipments, counts and cancellations go on', async () => {
    const hot = await aProduct('0');
    const other = await aProduct('1000');
    const orders = Array.from({ length: 120 }, (_, n) =>
      aValidated(hot, '3', {
        lines: (n % 2 === 0 ? [hot, other] : [other, hot]).map((sku, place) => ({
          lineId: String(place),
          sku,
          quantity: '3',
          unitCode: 'EA',
          unitPrice: '1',
        })),
      }),
    );
    await Promise.all([
      ...orders.map((data) => test.tell(OrderValidated, data.orderId, data)),
      counted(hot, '100', '2026-02-03T11:00:00.000Z'),
      ...orders.slice(0, 10).map((data) => cancel(data.orderId)),
    ]);
    await test.idle();
    expect(await stockOf(hot)).toEqual({ on_hand: '100', allocated: '100' });
    expect(await test.rows('SELECT sum(allocated)::int AS sum FROM order_lines WHERE sku = $1', [hot])).toEqual([
      { sum: 100 },
    ]);
    expect(await test.rows('SELECT sum(allocated)::int AS sum FROM order_lines WHERE sku = $1', [other])).toEqual([
      { sum: 330 },
    ]);
    expect(await stockOf(other)).toEqual({ on_hand: '1000', allocated: '330' });
  });

  it('either ship or are cancelled when the warehouse and the buyer act at the same moment', async () => {
    const sku = await aProduct('100');
    const orderIds = await Promise.all(Array.from({ length: 20 }, () => validated(sku, '5')));
    await test.idle();
    const requests = await Promise.all(
      orderIds.map(async (orderId) => (await test.until(ShipmentRequested, 1, orderId))[0]!),
    );
    await Promise.all(
      requests.flatMap(({ data }) => [shipped(data.orderId, data.shipmentId, '5'), cancel(data.orderId)]),
    );
    await test.idle();
    const dispatched = orderIds.filter((orderId) => about(orderId).includes(ShipmentDispatched.type));
    const calledOff = orderIds.filter((orderId) => about(orderId).includes(ShipmentCancelled.type));
    const refused = orderIds.filter((orderId) => about(orderId).includes(ShipmentFailed.type));
    expect(dispatched.length + calledOff.length).toBe(20);
    expect(refused).toEqual(calledOff);
    expect(await stockOf(sku)).toEqual({ on_hand: String(100 - 5 * dispatched.length), allocated: '0' });
  });

  it('loses nothing when the service is restarted in between', async () => {
    const sku = await aProduct('10');
    const before = await Promise.all(Array.from({ length: 15 }, () => validated(sku, '1')));
    await test.restart();
    const after = await Promise.all(Array.from({ length: 15 }, () => validated(sku, '1')));
    await test.idle();
    expect(await stockOf(sku)).toEqual({ on_hand: '10', allocated: '10' });
    const waiting = await test.rows('SELECT order_id FROM waiting WHERE sku = $1', [sku]);
    expect(waiting).toHaveLength(20);
    expect([...before, ...after].filter((orderId) => about(orderId).includes(ShipmentRequested.type))).toHaveLength(10);
  });
});

describe('the database itself', () => {
  it('refuses to promise more than there is', async () => {
    const sku = await aProduct('5');
    await expect(test.rows('UPDATE stock SET allocated = 6 WHERE sku = $1', [sku])).rejects.toThrow('more of');
    await test.rows('UPDATE stock SET allocated = 5 WHERE sku = $1', [sku]);
    await test.rows('UPDATE stock SET on_hand = 2, allocated = 5 WHERE sku = $1', [sku]);
  });
});
