import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderFulfilled,
  OrderValidated,
  ShipmentCancelled,
  ShipmentDispatched,
  ShipmentRequested,
  OrderSentElsewhere,
  TaskOpened,
} from '@railhead/contracts';
import { aLine, anOrder, type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { encoded, Telling } from '../testing/telling.js';

let telling: Telling;
let test: ServiceUnderTest;

beforeAll(async () => {
  telling = await Telling.begin();
  ({ test } = telling);
});
afterAll(() => test.stop());

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
    const sku = await telling.aProduct('10');
    const schedules = [part('0001', '6'), part('0002', '6')];
    const order = anOrder({ purchaseOrderNumber: randomUUID(), lines: [aLine({ schedules })] });
    const data = telling.aValidated(sku, '12', { orderId: order.orderId, severalPlaces: true });
    await test.tell(OrderValidated, order.orderId, { ...data, order: encoded(order) });
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    expect(storesOf(requests)).toEqual(['0001', '0002']);
    expect(requests.map(({ data: { lines } }) => lines[0]!.quantity)).toEqual(['6', '4']);

    await telling.shipped(order.orderId, requests[0]!.data.shipmentId, '6');
    await telling.counted(sku, '6', '2026-02-05T10:00:00.000Z');
    const [, , third] = await test.until(ShipmentRequested, 3, order.orderId);
    expect([...storesOf([third!]), third!.data.lines[0]!.quantity]).toEqual(['0002', '2']);
    expect(storesOf(await test.until(ShipmentDispatched, 1, order.orderId))).toEqual(['0001']);
  });

  it('asks for each on its own day, today and when there is more', async () => {
    const sku = await telling.aProduct('10');
    const schedules = [part('0001', '6', '2026-03-01'), part('0002', '6')];
    const delivery = { requestedFrom: '2026-02-05', requestedTo: '2026-02-10' };
    const order = anOrder({ purchaseOrderNumber: randomUUID(), delivery, lines: [aLine({ schedules })] });
    const data = telling.aValidated(sku, '12', { orderId: order.orderId, severalPlaces: true });
    await test.tell(OrderValidated, order.orderId, { ...data, order: encoded(order) });
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    const daysOf = ({ requestedOn, requestedFrom, requestedTo, requestedDespatchOn }: ShipmentRequested['data']) => [
      ...[requestedOn, requestedFrom, requestedTo, requestedDespatchOn],
    ];
    const [own, ofOrder] = [
      ['2026-03-01', undefined, undefined, '2026-03-01'],
      ['2026-02-05', '2026-02-05', '2026-02-10', undefined],
    ];
    expect(requests.map((request) => daysOf(request.data))).toEqual([own, ofOrder]);
    await telling.counted(sku, '12', '2026-02-05T10:00:00.000Z');
    const [, , third] = await test.until(ShipmentRequested, 3, order.orderId);
    expect(daysOf(third!.data)).toEqual(ofOrder);
  });
});

describe('an order that says by whom it is to be carried', () => {
  it('is asked for so, also what of it comes later', async () => {
    const sku = await telling.aProduct('5');
    const order = anOrder({
      purchaseOrderNumber: randomUUID(),
      delivery: { carrier: 'UPSN', serviceLevel: 'G2' },
      deliveryTerms: { freightPayment: 'CC' },
    });
    const data = telling.aValidated(sku, '8', { orderId: order.orderId });
    await test.tell(OrderValidated, order.orderId, { ...data, order: encoded(order) });
    await test.until(ShipmentRequested, 1, order.orderId);
    await telling.counted(sku, '20', '2026-02-05T10:00:00.000Z');
    const requests = await test.until(ShipmentRequested, 2, order.orderId);
    const carriage = { carrier: 'UPSN', serviceLevel: 'G2', freightPayment: 'CC' };
    expect(requests.map((request) => request.data)).toMatchObject([carriage, carriage]);
  });
});

describe('an order from validation to the last shipment', () => {
  it('is promised, requested with its ship-to, dispatched and fulfilled', async () => {
    const sku = await telling.aProduct('100');
    const orderId = await telling.validated(sku, '8');
    const [request] = await test.until(ShipmentRequested, 1, orderId);
    expect(request?.data).toMatchObject({
      warehouse: 'MAIN',
      requestedOn: '2026-02-10',
      shipTo: { name: 'Acme DC 7' },
    });
    expect(request?.data.lines).toEqual([{ lineId: '1', sku, quantity: '8', unitCode: 'EA' }]);
    await telling.shipped(orderId, request!.data.shipmentId, '8');
    const [fulfilled] = await test.until(OrderFulfilled, 1, orderId);
    expect(fulfilled?.correlationId).toBe(orderId);
    expect(telling.about(orderId).sort()).toEqual([
      'order.allocated.v1',
      'order.fulfilled.v1',
      'shipment.dispatched.v1',
      'shipment.requested.v1',
    ]);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '92', allocated: '0' });
  });

  it('waits for what is short and gets it from the next count, in a second shipment', async () => {
    const sku = await telling.aProduct('5');
    const orderId = await telling.validated(sku, '8');
    const [first] = await test.until(ShipmentRequested, 1, orderId);
    expect((await test.until(OrderBackordered, 1, orderId))[0]?.data.lines).toEqual([
      { lineId: '1', sku, quantity: '3' },
    ]);
    await telling.shipped(orderId, first!.data.shipmentId, '5');
    await test.until(ShipmentDispatched, 1, orderId);
    await telling.counted(sku, '10', '2026-02-05T10:00:00.000Z');
    const [, second] = await test.until(ShipmentRequested, 2, orderId);
    expect(second?.data.lines).toMatchObject([{ quantity: '3' }]);
    expect(second?.correlationId).toBe(orderId);
    expect((await test.until(OrderAllocated, 2, orderId))[1]?.data.lines).toMatchObject([{ quantity: '8' }]);
    await telling.shipped(orderId, second!.data.shipmentId, '3');
    expect((await test.until(OrderFulfilled, 1, orderId))[0]?.data).toMatchObject({
      shipments: 2,
      lines: [{ quantity: '8' }],
    });
    expect(await test.rows('SELECT * FROM waiting WHERE sku = $1', [sku])).toEqual([]);
  });

  it('gets the remainder of a short shipment at once when the books say there is more', async () => {
    const sku = await telling.aProduct('100');
    const orderId = await telling.validated(sku, '8');
    const [first] = await test.until(ShipmentRequested, 1, orderId);
    await telling.shipped(orderId, first!.data.shipmentId, '6');
    const [, second] = await test.until(ShipmentRequested, 2, orderId);
    expect(second?.data.lines).toMatchObject([{ quantity: '2' }]);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '92', allocated: '2' });
  });
});

describe('a product nobody counted yet', () => {
  it('makes its orders wait, and the first count serves them first come first served', async () => {
    const sku = telling.uncounted();
    test.clock.set('2026-02-03T11:00:00.000Z');
    const first = await telling.validated(sku, '4');
    await test.until(OrderBackordered, 1, first);
    test.clock.set('2026-02-03T11:00:01.000Z');
    const second = await telling.validated(sku, '4');
    await test.until(OrderBackordered, 1, second);
    await telling.counted(sku, '5', '2026-02-03T12:00:00.000Z');
    expect((await test.until(ShipmentRequested, 1, first))[0]?.data.lines).toMatchObject([{ quantity: '4' }]);
    expect((await test.until(ShipmentRequested, 1, second))[0]?.data.lines).toMatchObject([{ quantity: '1' }]);
  });
});

describe('a count of stock', () => {
  it('that is older than the one that stands is ignored, also when it comes later', async () => {
    const sku = await telling.aProduct('5');
    await telling.counted(sku, '900', '2026-02-03T09:59:59.000Z');
    await test.idle();
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '5', allocated: '0' });
  });

  it('is lessened by what left after it was true, and by nothing that left before', async () => {
    const sku = await telling.aProduct('50');
    for (const shippedAt of ['2026-02-04T08:00:00.000Z', '2026-02-06T08:00:00.000Z']) {
      const orderId = await telling.validated(sku, '8');
      const [request] = await test.until(ShipmentRequested, 1, orderId);
      test.clock.set(shippedAt); // nobody is told of what leaves in days to come
      await telling.shipped(orderId, request!.data.shipmentId, '8', { shippedAt });
      await test.until(OrderFulfilled, 1, orderId);
    }
    await telling.counted(sku, '42', '2026-02-05T00:00:00.000Z');
    await test.idle();
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '34', allocated: '0' });
    expect(await test.rows('SELECT quantity FROM stock_moves WHERE sku = $1', [sku])).toEqual([{ quantity: '8' }]);
  });

  it('of another warehouse is kept and promised to nobody', async () => {
    const sku = await telling.aProduct('0');
    const orderId = await telling.validated(sku, '1');
    await test.until(OrderBackordered, 1, orderId);
    await telling.counted(sku, '50', '2026-02-05T00:00:00.000Z', 'EAST');
    await test.idle();
    expect(telling.about(orderId)).toEqual(['order.backordered.v1']);
    expect(await test.rows(`SELECT on_hand FROM stock WHERE sku = $1 AND warehouse = 'EAST'`, [sku])).toEqual([
      { on_hand: '50' },
    ]);
  });
});

describe('goods that somebody else has sent', () => {
  it('are a task until we have sent of the order ourselves', async () => {
    const sku = await telling.aProduct('50');
    const [waiting, shipped] = [await telling.validated(sku, '5'), await telling.validated(sku, '5')];
    const [request] = await test.until(ShipmentRequested, 1, shipped);
    await telling.shipped(shipped, request!.data.shipmentId, '5');
    await test.until(OrderFulfilled, 1, shipped);
    for (const orderId of [shipped, waiting, waiting])
      await test.tell(OrderSentElsewhere, orderId, {
        ...{ orderId, actor: { kind: 'partner', id: 'my-shop' }, documentId: 'd' },
      });
    const opened = await test.until(TaskOpened, 2);
    expect(opened.map(({ subject, data }) => [subject, data.kind])).toEqual(Array(2).fill([waiting, 'sent-elsewhere']));
    expect(new Set(opened.map(({ data }) => data.taskId)).size).toBe(1);
  });
});

describe('a cancellation', () => {
  it('calls the shipment off, and the stock goes to who waits for it', async () => {
    const sku = await telling.aProduct('5');
    const first = await telling.validated(sku, '5');
    await test.until(ShipmentRequested, 1, first);
    const second = await telling.validated(sku, '5');
    await test.until(OrderBackordered, 1, second);
    await telling.cancel(first);
    expect((await test.until(OrderCancelled, 1, first))[0]?.data).toMatchObject({
      actor: { id: 'kim' },
      lines: [{ quantity: '5' }],
    });
    await test.until(ShipmentCancelled, 1, first);
    const [request] = await test.until(ShipmentRequested, 1, second);
    expect(request?.correlationId).toBe(second);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '5', allocated: '5' });
  });

  it('that comes before its order acts when the order comes', async () => {
    const sku = await telling.aProduct('5');
    const data = telling.aValidated(sku, '5');
    await telling.cancel(data.orderId);
    await test.idle();
    await test.tell(OrderValidated, data.orderId, data);
    await test.until(OrderCancelled, 1, data.orderId);
    await test.idle();
    expect(telling.about(data.orderId)).toEqual(['order.cancelled.v1']);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '5', allocated: '0' });
  });
});
