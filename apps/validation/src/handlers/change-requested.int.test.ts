import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  CustomerChanged,
  HoldPlaced,
  HoldReleased,
  OrderCancelled,
  OrderCaptured,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeRequested,
  OrderChangeValidated,
  OrderRejected,
  OrderValidated,
  PriceChanged,
  ProductChanged,
  type CanonicalOrder,
} from '@railhead/contracts';
import { aLine, anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { validationService } from '../index.js';

const actor = { kind: 'partner' as const, id: 'acme' };
let test: ServiceUnderTest;

beforeAll(async () => {
  test = await serviceUnderTest(validationService);
  for (const sku of ['SKU-1', 'SKU-2']) {
    await test.tell(ProductChanged, sku, { sku, name: `Widget ${sku}`, unitCode: 'EA', sellable: true, aliases: [] });
    await test.tell(PriceChanged, sku, { sku, currency: 'USD', amount: '3.75' });
  }
  await test.tell(CustomerChanged, 'ACME', {
    accountId: 'ACME',
    name: 'Acme',
    currency: 'USD',
    creditLimit: { currency: 'USD', minor: 1_000_000 },
    netDays: 30,
    blocked: false,
    priceTolerancePercent: '5',
  });
  await test.idle();
}, 60_000);
afterAll(() => test.stop());

const capture = (order: CanonicalOrder) => test.tell(OrderCaptured, order.orderId, order, 'gateway');
const ask = (orderId: string, changes: OrderChangeRequested['data']['changes'], sequence = 0) =>
  test.tell(
    OrderChangeRequested,
    orderId,
    { orderId, actor, reason: 'changed by an 860', changeId: randomUUID(), sequence, changes },
    'edi-connector',
  );
const exposure = async () =>
  Number((await test.rows<{ m: string }>(`SELECT exposure_minor AS m FROM customers WHERE account_id = 'ACME'`))[0]!.m);

describe('a change that a buyer asks for', () => {
  it('of a validated order is handed on, and counts once it is made', async () => {
    const order = anOrder();
    await capture(order);
    await test.until(OrderValidated, 1, order.orderId);
    const before = await exposure();
    await ask(order.orderId, [{ lineId: '1', action: 'quantity', quantity: '20' }], 1);
    const [possible] = await test.until(OrderChangeValidated, 1, order.orderId);
    expect(possible!.data).toMatchObject({
      revision: 1,
      sequence: 1,
      lines: [{ lineId: '1', sku: 'SKU-1', quantity: '20', unitPrice: '3.75' }],
      answers: [{ action: 'quantity', accepted: true }],
    });
    expect(await exposure()).toBe(before);
    await test.tell(OrderChanged, order.orderId, possible!.data, 'fulfillment');
    await test.tell(OrderChanged, order.orderId, possible!.data, 'fulfillment');
    await test.idle();
    expect(await exposure()).toBe(before + 8 * 375);

    await ask(order.orderId, [{ lineId: '1', action: 'quantity', quantity: '5' }], 1);
    const [stale] = await test.until(OrderChangeRefused, 1, order.orderId);
    expect(stale!.data).toMatchObject({ reasons: [{ code: 'STALE' }], answers: [{ accepted: false }] });
  });

  it('is judged by what the one before it makes of the order, though that is still under way', async () => {
    const order = anOrder();
    const { orderId } = order;
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    const add = (sku: string, buyerLineId: string) =>
      ({ lineId: buyerLineId, buyerLineId, action: 'add', quantity: '1', item: { sellersItemId: sku } }) as const;
    await ask(orderId, [{ lineId: '1', action: 'quantity', quantity: '20' }, add('SKU-2', '7')], 1);
    await ask(orderId, [{ lineId: '1', action: 'price', price: '3.70' }, add('SKU-1', '8')], 2);
    const [first, second] = await test.until(OrderChangeValidated, 2, orderId);
    expect(second!.data.lines).toMatchObject([
      { lineId: '1', quantity: '20', unitPrice: '3.7' },
      { lineId: '3', sku: 'SKU-1' },
    ]);
    for (const { data } of [first!, second!]) await test.tell(OrderChanged, orderId, data, 'fulfillment');
    await test.idle();
    expect(await test.rows('SELECT wanted, under_way FROM orders WHERE order_id = $1', [orderId])).toEqual([
      { wanted: null, under_way: 0 },
    ]);
  });

  it('is judged by the order as it is, once fulfillment has refused the one before', async () => {
    const order = anOrder();
    const { orderId } = order;
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    await ask(orderId, [{ lineId: '1', action: 'quantity', quantity: '20' }], 1);
    const [possible] = await test.until(OrderChangeValidated, 1, orderId);
    const { changeId, sequence, answers } = possible!.data;
    const reasons = [{ code: 'ALREADY_SHIPPED', detail: 'it has left' }];
    await test.tell(OrderChangeRefused, orderId, { orderId, changeId, sequence, reasons, answers }, 'fulfillment');
    await ask(orderId, [{ lineId: '1', action: 'price', price: '3.70' }], 2);
    const [, second] = await test.until(OrderChangeValidated, 2, orderId);
    expect(second!.data.lines).toMatchObject([{ lineId: '1', quantity: '12', unitPrice: '3.7' }]);
  });

  it('may not spend, together with the one before it, more than the credit that is left', async () => {
    const order = anOrder({ parties: [{ role: 'buyer', accountId: 'SMALL', identifiers: [] }] });
    const { orderId } = order;
    await test.tell(CustomerChanged, 'SMALL', {
      ...{ accountId: 'SMALL', name: 'Small', currency: 'USD', netDays: 30, blocked: false },
      creditLimit: { currency: 'USD', minor: order.totals.payable.minor + 10 * 375 },
    });
    await test.idle();
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    await ask(orderId, [{ lineId: '1', action: 'quantity', quantity: '22' }], 1);
    await ask(
      orderId,
      [{ lineId: '2', buyerLineId: '2', action: 'add', quantity: '1', item: { sellersItemId: 'SKU-2' } }],
      2,
    );
    await test.until(OrderChangeValidated, 1, orderId);
    const [refused] = await test.until(OrderChangeRefused, 1, orderId);
    expect(refused!.data.reasons).toMatchObject([{ code: 'CREDIT_LIMIT' }]);
  });

  it('of an order that nobody knows is refused', async () => {
    const { orderId } = anOrder();
    await ask(orderId, [{ lineId: '1', action: 'quantity', quantity: '1' }]);
    const [refused] = await test.until(OrderChangeRefused, 1, orderId);
    expect(refused!.data.reasons).toMatchObject([{ code: 'UNKNOWN_ORDER' }]);
  });

  it('mends a held order, which then may be fulfilled as it was changed', async () => {
    const order = anOrder({ lines: [aLine({ price: { amount: '9.99' } })] });
    await capture(order);
    await test.until(HoldPlaced, 1, order.orderId);
    await ask(order.orderId, [
      { lineId: '1', action: 'price', price: '3.75' },
      { lineId: '7', action: 'add', buyerLineId: '7', quantity: '2', item: { sellersItemId: 'SKU-2' } },
    ]);
    const [validated] = await test.until(OrderValidated, 1, order.orderId);
    expect(validated!.data).toMatchObject({
      total: { minor: 14 * 375 },
      lines: [
        { lineId: '1', unitPrice: '3.75' },
        { lineId: '2', buyerLineId: '7', sku: 'SKU-2', quantity: '2' },
      ],
    });
    await test.until(OrderChanged, 1, order.orderId);
    expect(await test.until(HoldReleased, 1, order.orderId)).toHaveLength(1);
  });

  it('of a held order of which something is not sold any more ends it: no hold would be left to release', async () => {
    const product = { sku: 'SKU-9', name: 'Widget', unitCode: 'EA', aliases: [] };
    await test.tell(ProductChanged, 'SKU-9', { ...product, sellable: true });
    await test.tell(PriceChanged, 'SKU-9', { sku: 'SKU-9', currency: 'USD', amount: '3.75' });
    await test.idle();
    const old = aLine({ lineId: '2', item: { sellersItemId: 'SKU-9' } });
    const order = anOrder({ lines: [aLine({ price: { amount: '9.99' } }), old] });
    const { orderId } = order;
    await capture(order);
    await test.until(HoldPlaced, 1, orderId);
    await test.tell(ProductChanged, 'SKU-9', { ...product, sellable: false });
    await test.idle();
    await ask(orderId, [{ lineId: '1', action: 'price', price: '3.75' }]);
    const [rejected] = await test.until(OrderRejected, 1, orderId);
    expect(rejected!.data).toMatchObject({ withdrawn: false, reasons: [{ code: 'NOT_SELLABLE' }] });
    expect(await test.rows('SELECT state FROM orders WHERE order_id = $1', [orderId])).toEqual([{ state: 'rejected' }]);
    expect(await test.rows('SELECT 1 FROM holds WHERE order_id = $1 AND released_at IS NULL', [orderId])).toEqual([]);
  });

  it('that was refused leaves the price as it was, also where the next change names it', async () => {
    const order = anOrder();
    const { orderId } = order;
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    const before = await exposure();
    await ask(orderId, [{ lineId: '1', action: 'price', price: '3.60' }], 1);
    await ask(orderId, [{ lineId: '1', action: 'quantity', quantity: '20' }], 2);
    const [first, second] = await test.until(OrderChangeValidated, 2, orderId);
    const { changeId, sequence, answers } = first!.data;
    const reasons = [{ code: 'ALREADY_SHIPPED', detail: 'something of it has left' }];
    await test.tell(OrderChangeRefused, orderId, { orderId, changeId, sequence, reasons, answers }, 'fulfillment');
    await test.tell(OrderChanged, orderId, second!.data, 'fulfillment');
    await test.idle();
    expect(await exposure()).toBe(before + 8 * 375);
  });

  it('that takes away what a short stock had left of an order gives all its credit back, freight too', async () => {
    const freight = { isCharge: true, reason: 'freight', amount: { currency: 'USD', minor: 950 } };
    const lines = [aLine(), aLine({ lineId: '2', item: { sellersItemId: 'SKU-2' } })];
    const order = anOrder({ lines, allowanceCharges: [freight] });
    const { orderId } = order;
    const before = await exposure();
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    await ask(orderId, [{ lineId: '2', action: 'delete' }], 1);
    const [possible] = await test.until(OrderChangeValidated, 1, orderId);
    const short = { orderId, actor: { kind: 'system' as const, id: 'fulfillment' }, reason: 'not in stock' };
    const cancelled = [{ lineId: '1', sku: 'SKU-1', quantity: '12' }];
    await test.tell(OrderCancelled, orderId, { ...short, lines: cancelled }, 'fulfillment');
    await test.tell(OrderChanged, orderId, possible!.data, 'fulfillment');
    await test.idle();
    expect(await exposure()).toBe(before);
  });

  it('that makes no order of a held one is refused, and may come again under its number, mended', async () => {
    const shipTo = { role: 'shipTo' as const, identifiers: [{ scheme: '92', value: '0012' }] };
    const whole = { value: '12', unitCode: 'EA' };
    const schedules = [{ scheduleId: '1', quantity: whole, shipTo }];
    const order = anOrder({ lines: [aLine({ price: { amount: '9.99' }, quantity: whole, schedules })] });
    await capture(order);
    await test.until(HoldPlaced, 1, order.orderId);
    await ask(order.orderId, [{ lineId: '1', action: 'quantity', quantity: '20' }], 1);
    const [refused] = await test.until(OrderChangeRefused, 1, order.orderId);
    expect(refused!.data.reasons).toMatchObject([{ code: 'NO_ORDER' }]);
    await ask(order.orderId, [{ lineId: '1', action: 'price', price: '3.75' }], 1);
    const [changed] = await test.until(OrderChanged, 1, order.orderId);
    expect(changed!.data).toMatchObject({ revision: 1 });
  });

  it('of a held order that is still not right leaves it held, for the new reason', async () => {
    const order = anOrder({ lines: [aLine({ price: { amount: '9.99' } })] });
    await capture(order);
    await test.until(HoldPlaced, 1, order.orderId);
    await ask(order.orderId, [{ lineId: '1', action: 'price', price: '8.88' }]);
    const holds = await test.until(HoldPlaced, 2, order.orderId);
    expect(holds[1]!.data.detail).toContain('8.88');
    expect(test.heard().some((event) => event.subject === order.orderId && event.type === OrderValidated.type)).toBe(
      false,
    );
  });
});
