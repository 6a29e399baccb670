import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EmbeddedBus } from '@railhead/bus';
import {
  CustomerChanged,
  HoldPlaced,
  HoldReleased,
  HoldReleaseRequested,
  OrderCancelled,
  OrderCancelRequested,
  OrderCaptured,
  OrderRejected,
  OrderRejectRequested,
  OrderSettled,
  OrderValidated,
  PriceChanged,
  ProductChanged,
  type CanonicalOrder,
} from '@railhead/contracts';
import { aLine, anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { validationService } from '../index.js';

const actor = { kind: 'person' as const, id: 'carla' };
let test: ServiceUnderTest;

beforeAll(async () => {
  test = await serviceUnderTest(validationService);
});
afterAll(() => test.stop());

async function customer(accountId: string, limitMinor: number): Promise<void> {
  await test.tell(CustomerChanged, accountId, {
    accountId,
    name: accountId,
    currency: 'USD',
    creditLimit: { currency: 'USD', minor: limitMinor },
    netDays: 30,
    blocked: false,
  });
  await test.idle(); // orders come on another topic, and must not be faster
}

const buyer = (accountId: string): CanonicalOrder['parties'] => [{ role: 'buyer', accountId, identifiers: [] }];
const capture = (order: CanonicalOrder): Promise<void> => test.tell(OrderCaptured, order.orderId, order, 'gateway');
const exposure = async (accountId: string): Promise<number> =>
  Number(
    (await test.rows<{ m: string }>('SELECT exposure_minor AS m FROM customers WHERE account_id = $1', [accountId]))[0]
      ?.m,
  );

describe('validation', () => {
  it('waits with an order that arrives before any reference data, and judges it once that is there', async () => {
    const early = anOrder();
    await capture(early);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(test.heard()).toEqual([]);
    await test.tell(ProductChanged, 'SKU-1', {
      sku: 'SKU-1',
      name: 'Widget',
      unitCode: 'EA',
      sellable: true,
      aliases: ['00012345600012'],
    });
    await test.tell(PriceChanged, 'SKU-1', { sku: 'SKU-1', currency: 'USD', amount: '3.75' });
    await customer('ACME', 1_000_000);
    const [validated] = await test.until(OrderValidated, 1, early.orderId);
    expect(validated?.data).toMatchObject({
      accountId: 'ACME',
      total: { currency: 'USD', minor: 4500 },
      lines: [{ lineId: '1', sku: 'SKU-1' }],
    });
  });

  it('does not let a cancellation that is faster than its order stand in its way', async () => {
    const order = anOrder();
    await test.tell(
      OrderCancelRequested,
      order.orderId,
      { orderId: order.orderId, actor, reason: 'sent too soon' },
      'edi-connector',
    );
    await capture(order);
    await test.until(OrderValidated, 1, order.orderId);
    expect(await test.rows('SELECT 1 FROM parked')).toEqual([]);
  });

  it('sets a record aside that says nothing of itself, and goes on', async () => {
    const bus = await EmbeddedBus.open({ url: test.service.context.env.DATABASE_URL });
    await bus.publish([{ topic: 'orders', key: 'nobody', value: Buffer.from('?'), headers: {} }]);
    await bus.close();
    const order = anOrder();
    await capture(order);
    await test.until(OrderValidated, 1, order.orderId);
    while ((await test.rows('SELECT 1 FROM parked')).length === 0) await new Promise((r) => setTimeout(r, 20));
    expect(await test.rows('DELETE FROM parked RETURNING key, state')).toEqual([{ key: 'nobody', state: 'dead' }]);
  });

  it('holds an order that takes more off than was agreed with its buyer, and takes the next agreement', async () => {
    const agreed = (percent?: string) =>
      test.tell(CustomerChanged, 'THRIFTY', {
        accountId: 'THRIFTY',
        name: 'THRIFTY',
        currency: 'USD',
        creditLimit: { currency: 'USD', minor: 1_000_000 },
        netDays: 30,
        blocked: false,
        ...(percent !== undefined && { allowancePercentMax: percent }),
      });
    const half = () =>
      anOrder({
        parties: buyer('THRIFTY'),
        allowanceCharges: [{ isCharge: false, reason: 'promo', amount: { currency: 'USD', minor: 2_250 } }],
      });
    await agreed('49.9');
    await test.idle();
    const held = half();
    await capture(held);
    const [hold] = await test.until(HoldPlaced, 1, held.orderId);
    expect(hold?.data).toMatchObject({
      code: 'TOTALS_MISMATCH',
      detail: 'allowances of 22.50 USD on goods of 45.00 USD; at most 49.9 % are agreed',
    });
    for (const percent of ['50', undefined]) {
      await agreed(percent);
      await test.idle();
      const fine = half();
      await capture(fine);
      await test.until(OrderValidated, 1, fine.orderId);
    }
  });

  it('finds a product by its GTIN when the buyer does not know our number', async () => {
    const order = anOrder({ lines: [aLine({ item: { standardItemId: '00012345600012' } })] });
    await capture(order);
    const [validated] = await test.until(OrderValidated, 1, order.orderId);
    expect(validated?.data.lines[0]?.sku).toBe('SKU-1');
  });

  it('refuses nobody for a product that comes in a moment later, while reference data is being read', async () => {
    const order = anOrder({ lines: [aLine({ item: { sellersItemId: 'SKU-LATE' } })] });
    await test.tell(ProductChanged, 'SKU-0', {
      sku: 'SKU-0',
      name: 'First',
      unitCode: 'EA',
      sellable: true,
      aliases: [],
    });
    await test.tell(PriceChanged, 'SKU-LATE', { sku: 'SKU-LATE', currency: 'USD', amount: '3.75' });
    await test.idle();
    // However long this machine takes, the reading goes on.
    await test.rows(`UPDATE reference_reads SET read_at = clock_timestamp() + interval '1 minute'`);
    await capture(order);
    await test.idle();
    await test.tell(ProductChanged, 'SKU-LATE', {
      sku: 'SKU-LATE',
      name: 'Last',
      unitCode: 'EA',
      sellable: true,
      aliases: [],
    });
    const [validated] = await test.until(OrderValidated, 1, order.orderId);
    expect(validated?.data.lines[0]?.sku).toBe('SKU-LATE');
  });

  it('rejects unknown products with the line, and remembers the verdict when the order comes again', async () => {
    const order = anOrder({
      lines: [aLine(), aLine({ lineId: '2', buyerLineId: '020', item: { sellersItemId: 'GHOST' } })],
    });
    await capture(order);
    await capture(order);
    const [rejected] = await test.until(OrderRejected, 1, order.orderId); // once no more reference data comes in
    await test.idle();
    expect(rejected?.data.reasons).toEqual([
      { code: 'UNKNOWN_PRODUCT', detail: 'line 020: no product GHOST', path: '/lines/1/item' },
    ]);
    expect(test.heard().filter((event) => event.subject === order.orderId)).toHaveLength(1);
  });

  it('never lets orders that arrive together spend the same credit', async () => {
    await customer('TIGHT', 4500 * 5);
    const orders = Array.from({ length: 20 }, () => anOrder({ parties: buyer('TIGHT') }));
    await Promise.all(orders.map(capture));
    await test.idle();
    const of = (type: string): number =>
      test.heard().filter((event) => event.type === type && orders.some((order) => order.orderId === event.subject))
        .length;
    expect([of(OrderValidated.type), of(HoldPlaced.type)]).toEqual([5, 15]);
    expect(await exposure('TIGHT')).toBe(4500 * 5);
  });

  it('lends nobody more because an order is paid for beyond its total', async () => {
    await customer('PAID', 4499);
    const paid = anOrder({ parties: buyer('PAID'), prepaid: { currency: 'USD', minor: 9_000 } });
    await capture(paid);
    await test.until(OrderValidated, 1, paid.orderId);
    expect(await exposure('PAID')).toBe(0);
    const next = anOrder({ parties: buyer('PAID') });
    await capture(next);
    expect((await test.until(HoldPlaced, 1, next.orderId))[0]?.data).toMatchObject({ code: 'CREDIT_LIMIT' });
  });

  it('lets a person release a hold: the order goes on, once, and uses the credit', async () => {
    await customer('POOR', 100);
    const order = anOrder({ parties: buyer('POOR') });
    await capture(order);
    const [hold] = await test.until(HoldPlaced, 1, order.orderId);
    expect(hold?.data).toMatchObject({ code: 'CREDIT_LIMIT', ownerRole: 'credit' });
    const wish = { orderId: order.orderId, actor, reason: 'known for years' };
    await test.tell(HoldReleaseRequested, order.orderId, wish, 'gateway');
    await test.tell(HoldReleaseRequested, order.orderId, wish, 'gateway');
    await test.until(OrderValidated, 1, order.orderId);
    await test.idle();
    expect(
      test
        .heard()
        .filter((event) => event.subject === order.orderId)
        .map((event) => event.type),
    ).toEqual([HoldPlaced.type, HoldReleased.type, OrderValidated.type]);
    expect(await exposure('POOR')).toBe(4500);
    await test.tell(OrderSettled, order.orderId, {
      orderId: order.orderId,
      accountId: 'POOR',
      invoiced: order.totals.payable,
      paid: order.totals.payable,
    });
    await test.idle();
    expect(await exposure('POOR')).toBe(0);
  });

  it('counts no yen as cents when a person lets an order in another currency go', async () => {
    await customer('FAR', 100_000);
    await test.tell(PriceChanged, 'SKU-1', { sku: 'SKU-1', currency: 'JPY', amount: '3.75' });
    await test.idle();
    const order = anOrder({ parties: buyer('FAR'), currency: 'JPY' });
    await capture(order);
    const [hold] = await test.until(HoldPlaced, 1, order.orderId);
    expect(hold?.data.code).toBe('CREDIT_LIMIT');
    await test.tell(HoldReleaseRequested, order.orderId, { orderId: order.orderId, actor, reason: 'known' }, 'gateway');
    await test.until(OrderValidated, 1, order.orderId);
    await test.idle();
    expect(await exposure('FAR')).toBe(0);
  });

  it('gives all credit of an order back that is cancelled whole, its tax and freight too, in however many steps', async () => {
    await customer('FICKLE', 1_000_000);
    const freight = { isCharge: true, reason: 'freight', amount: { currency: 'USD', minor: 950 } };
    const order = anOrder({
      parties: buyer('FICKLE'),
      lines: [aLine({ taxPercent: '8.875' })],
      allowanceCharges: [freight],
    });
    const { orderId } = order;
    await capture(order);
    await test.until(OrderValidated, 1, orderId);
    const whole = await exposure('FICKLE');
    expect(whole).toBe(order.totals.payable.minor);
    const cancel = async (quantity: string): Promise<void> => {
      const lines = [{ lineId: '1', sku: 'SKU-1', quantity }];
      await test.tell(OrderCancelled, orderId, { orderId, actor, reason: 'not wanted', lines }, 'fulfillment');
      await test.idle();
    };
    await cancel('5');
    expect(await exposure('FICKLE')).toBe(whole - 5 * 375);
    await cancel('7');
    expect(await exposure('FICKLE')).toBe(0);
  });

  it('lets a person refuse, or the buyer withdraw, a held order, but not one that is validated', async () => {
    const [refused, withdrawn, fine] = [
      anOrder({ parties: buyer('POOR') }),
      anOrder({ parties: buyer('POOR') }),
      anOrder(),
    ];
    for (const order of [refused, withdrawn, fine]) await capture(order);
    await test.tell(
      OrderRejectRequested,
      refused.orderId,
      { orderId: refused.orderId, actor, reason: 'no' },
      'gateway',
    );
    for (const { orderId } of [withdrawn, fine])
      await test.tell(OrderCancelRequested, orderId, { orderId, actor, reason: 'changed my mind' }, 'gateway');
    await test.until(OrderRejected, 1, withdrawn.orderId);
    await test.idle();
    const rejected = test.heard().filter((event) => event.type === OrderRejected.type);
    expect(rejected.find((event) => event.subject === refused.orderId)?.data).toMatchObject({
      withdrawn: false,
      reasons: [{ code: 'REFUSED' }],
    });
    expect(rejected.find((event) => event.subject === withdrawn.orderId)?.data).toMatchObject({ withdrawn: true });
    expect(rejected.some((event) => event.subject === fine.orderId)).toBe(false);
  });

  describe('an order that was refused', () => {
    const strange = { item: { sellersItemId: 'NO-SUCH' } };
    const corrected = (first: CanonicalOrder, value: string, more = {}) =>
      anOrder({
        purchaseOrderNumber: first.purchaseOrderNumber,
        parties: first.parties,
        lines: [aLine({ quantity: { value, unitCode: 'EA' }, ...more })],
      });
    const said = (orderId: string) =>
      test
        .heard()
        .filter(({ subject }) => subject === orderId)
        .map(({ type }) => type);

    it('may come corrected under its number, once, and its credit is used once', async () => {
      await customer('TRYER', 100_000);
      const first = anOrder({ parties: buyer('TRYER'), lines: [aLine(strange)] });
      await capture(first);
      await test.until(OrderRejected, 1, first.orderId);
      await capture(corrected(first, '2'));
      const [validated] = await test.until(OrderValidated, 1, first.orderId);
      expect(validated?.data).toMatchObject({ lines: [{ sku: 'SKU-1', quantity: '2' }] });
      await capture(corrected(first, '2')); // the same again
      await capture(first); // the refused one again
      await capture(corrected(first, '3'));
      await test.until(HoldPlaced, 2, first.orderId);
      await test.idle();
      const verdicts = [OrderRejected.type, OrderValidated.type, HoldPlaced.type, HoldPlaced.type];
      expect(said(first.orderId)).toEqual(verdicts);
      expect(await exposure('TRYER')).toBe(750);
    });

    it('by a person as well, and may be refused and corrected again', async () => {
      await customer('TRYER-2', 100);
      const first = anOrder({ parties: buyer('TRYER-2') });
      await capture(first);
      await test.until(HoldPlaced, 1, first.orderId);
      await test.tell(
        OrderRejectRequested,
        first.orderId,
        { orderId: first.orderId, actor, reason: 'too much' },
        'gateway',
      );
      await test.until(OrderRejected, 1, first.orderId);
      await capture(corrected(first, '1', strange));
      await test.until(OrderRejected, 2, first.orderId);
      await capture(corrected(first, '500'));
      await test.until(HoldPlaced, 2, first.orderId);
      await test.tell(
        HoldReleaseRequested,
        first.orderId,
        { orderId: first.orderId, actor, reason: 'paid in advance' },
        'gateway',
      );
      const [validated] = await test.until(OrderValidated, 1, first.orderId);
      expect(validated?.data).toMatchObject({ lines: [{ quantity: '500' }] });
    });

    it.each(['while it was held', 'when it was refused'])('and withdrawn by its buyer %s is not', async (when) => {
      const isHeld = when === 'while it was held';
      const limited = `LEAVER-${isHeld ? 1 : 2}`;
      await customer(limited, 100);
      const first = anOrder({ parties: buyer(limited), ...(!isHeld && { lines: [aLine(strange)] }) });
      await capture(first);
      await (isHeld ? test.until(HoldPlaced, 1, first.orderId) : test.until(OrderRejected, 1, first.orderId));
      const wish = { orderId: first.orderId, actor, reason: 'no longer' };
      await test.tell(OrderCancelRequested, first.orderId, wish, 'gateway');
      await test.idle();
      await capture(corrected(first, '1'));
      const holds = await test.until(HoldPlaced, isHeld ? 2 : 1, first.orderId);
      expect(holds.at(-1)?.data.code).toBe('CONFLICTING_COPY'); // fulfillment would cancel it at once
    });
  });

  it('holds another document with the same number and other content instead of overwriting', async () => {
    const first = anOrder();
    const other = anOrder({
      purchaseOrderNumber: first.purchaseOrderNumber,
      lines: [aLine({ quantity: { value: '13', unitCode: 'EA' } })],
    });
    expect(other.orderId).toBe(first.orderId);
    await capture(first);
    await capture(other);
    const [hold] = await test.until(HoldPlaced, 1, first.orderId);
    expect(hold?.data.code).toBe('CONFLICTING_COPY');
    expect(
      test.heard().filter((event) => event.subject === first.orderId && event.type === OrderValidated.type),
    ).toHaveLength(1);
  });
});
