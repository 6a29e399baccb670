import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OrderValidated,
  ShipmentCancelled,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentRequested,
} from '@railhead/contracts';
import { type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { Telling } from '../testing/telling.js';

let telling: Telling;
let test: ServiceUnderTest;

beforeAll(async () => {
  telling = await Telling.begin();
  ({ test } = telling);
});
afterAll(() => test.stop());

describe('the same thing told twice', () => {
  it('takes an order once', async () => {
    const sku = await telling.aProduct('50');
    const data = telling.aValidated(sku, '5');
    await test.tell(OrderValidated, data.orderId, data);
    await test.tell(OrderValidated, data.orderId, data);
    await test.until(ShipmentRequested, 1, data.orderId);
    await test.idle();
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '50', allocated: '5' });
    expect(telling.about(data.orderId)).toHaveLength(2);
  });

  it('takes a confirmation once, and refuses a different one', async () => {
    const sku = await telling.aProduct('50');
    const orderId = await telling.validated(sku, '5');
    const [request] = await test.until(ShipmentRequested, 1, orderId);
    const { shipmentId } = request!.data;
    await telling.shipped(orderId, shipmentId, '5');
    await telling.shipped(orderId, shipmentId, '5', { shippedAt: '2026-02-04T09:00:00.000Z' });
    await telling.shipped(orderId, shipmentId, '4');
    const [failed] = await test.until(ShipmentFailed, 1, orderId);
    expect(failed?.data.reasons).toMatchObject([{ code: 'ALREADY_DISPATCHED' }]);
    await test.idle();
    expect(telling.about(orderId).filter((type) => type === ShipmentDispatched.type)).toHaveLength(1);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '45', allocated: '0' });
  });

  it('answers a confirmation of an unknown shipment with its failure', async () => {
    const orderId = randomUUID();
    await telling.shipped(orderId, randomUUID(), '5');
    expect((await test.until(ShipmentFailed, 1, orderId))[0]?.data.reasons).toMatchObject([
      { code: 'UNKNOWN_SHIPMENT' },
    ]);
  });
});

describe('many orders for one product at once', () => {
  it('are promised every piece there is and not one more, while shipments, counts and cancellations go on', async () => {
    const hot = await telling.aProduct('0');
    const other = await telling.aProduct('1000');
    const orders = Array.from({ length: 120 }, (_, n) =>
      telling.aValidated(hot, '3', {
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
      telling.counted(hot, '100', '2026-02-03T11:00:00.000Z'),
      ...orders.slice(0, 10).map((data) => telling.cancel(data.orderId)),
    ]);
    await test.idle();
    expect(await telling.stockOf(hot)).toEqual({ on_hand: '100', allocated: '100' });
    expect(await test.rows('SELECT sum(allocated)::int AS sum FROM order_lines WHERE sku = $1', [hot])).toEqual([
      { sum: 100 },
    ]);
    expect(await test.rows('SELECT sum(allocated)::int AS sum FROM order_lines WHERE sku = $1', [other])).toEqual([
      { sum: 330 },
    ]);
    expect(await telling.stockOf(other)).toEqual({ on_hand: '1000', allocated: '330' });
  });

  it('either ship or are cancelled when the warehouse and the buyer act at the same moment', async () => {
    const sku = await telling.aProduct('100');
    const orderIds = await Promise.all(Array.from({ length: 20 }, () => telling.validated(sku, '5')));
    await test.idle();
    const requests = await Promise.all(
      orderIds.map(async (orderId) => (await test.until(ShipmentRequested, 1, orderId))[0]!),
    );
    await Promise.all(
      requests.flatMap(({ data }) => [
        telling.shipped(data.orderId, data.shipmentId, '5'),
        telling.cancel(data.orderId),
      ]),
    );
    await test.idle();
    const dispatched = orderIds.filter((orderId) => telling.about(orderId).includes(ShipmentDispatched.type));
    const calledOff = orderIds.filter((orderId) => telling.about(orderId).includes(ShipmentCancelled.type));
    const refused = orderIds.filter((orderId) => telling.about(orderId).includes(ShipmentFailed.type));
    expect(dispatched.length + calledOff.length).toBe(20);
    expect(refused).toEqual(calledOff);
    expect(await telling.stockOf(sku)).toEqual({ on_hand: String(100 - 5 * dispatched.length), allocated: '0' });
  });

  it('loses nothing when the service is restarted in between', async () => {
    const sku = await telling.aProduct('10');
    const before = await Promise.all(Array.from({ length: 15 }, () => telling.validated(sku, '1')));
    await test.restart();
    const after = await Promise.all(Array.from({ length: 15 }, () => telling.validated(sku, '1')));
    await test.idle();
    expect(await telling.stockOf(sku)).toEqual({ on_hand: '10', allocated: '10' });
    const waiting = await test.rows('SELECT order_id FROM waiting WHERE sku = $1', [sku]);
    expect(waiting).toHaveLength(20);
    expect(
      [...before, ...after].filter((orderId) => telling.about(orderId).includes(ShipmentRequested.type)),
    ).toHaveLength(10);
  });
});

describe('the database itself', () => {
  it('refuses to promise more than there is', async () => {
    const sku = await telling.aProduct('5');
    await expect(test.rows('UPDATE stock SET allocated = 6 WHERE sku = $1', [sku])).rejects.toThrow('more of');
    await test.rows('UPDATE stock SET allocated = 5 WHERE sku = $1', [sku]);
    await test.rows('UPDATE stock SET on_hand = 2, allocated = 5 WHERE sku = $1', [sku]);
  });
});
