import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InvoiceIssued, OrderChanged, ShipmentDispatched } from '@railhead/contracts';
import { aLine, anOrder } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { billingUnderTest, type BillingUnderTest } from '../testing/billing-under-test.js';

let test: BillingUnderTest;
beforeAll(async () => {
  test = await billingUnderTest();
});
afterAll(() => test.stop());

const invoicesOf = (orderId: string): Promise<{ count: number }[]> =>
  test.rows('SELECT count(*)::int AS count FROM invoices WHERE order_id = $1', [orderId]);
const lastNumber = async (): Promise<number> =>
  Number((await test.rows<{ last: string }>('SELECT last FROM invoice_counter'))[0]?.last);

describe('invoicing what left the warehouse', () => {
  it('bills the shipment, due after the net days, as part of the story of the order', async () => {
    const order = anOrder({ lines: [aLine({ taxPercent: '10' })] });
    await test.validate(order);
    await test.dispatch(order, randomUUID(), { '1': '12' });
    const [invoice] = await test.until(InvoiceIssued, 1, order.orderId);
    expect(invoice).toMatchObject({
      correlationId: order.orderId,
      data: {
        invoiceNumber: 'INV-00000001',
        issuedOn: '2026-02-03',
        dueOn: '2026-03-05',
        net: { minor: 4500 },
        tax: { minor: 450 },
        gross: { minor: 4950 },
      },
    });
    expect(await test.ledger()).toEqual({ receivable: 4950, revenue: -4500, tax: -450 });
  });

  it('waits with a shipment of an order it has not heard of, and bills it once it has', async () => {
    const order = anOrder();
    await test.dispatch(order, randomUUID(), { '1': '12' });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await invoicesOf(order.orderId)).toEqual([{ count: 0 }]);
    await test.validate(order);
    await test.until(InvoiceIssued, 1, order.orderId);
  });

  it('bills a changed order as it was changed, and waits for the change when the goods were faster', async () => {
    const order = anOrder();
    const { orderId } = order;
    await test.validate(order);
    await test.idle();
    const dispatched = { orderId, shipmentId: randomUUID(), shippedAt: '2026-02-04T08:00:00.000Z', carrier: 'UPSN' };
    const goods = [{ lineId: '1', sku: 'SKU-1', quantity: '20', unitCode: 'EA' }];
    await test.tell(ShipmentDispatched, orderId, {
      ...dispatched,
      trackingNumbers: [],
      packages: [],
      lines: goods,
      orderRevision: 1,
    });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await invoicesOf(orderId)).toEqual([{ count: 0 }]);
    const lines = [{ lineId: '1', sku: 'SKU-1', quantity: '20', unitCode: 'EA', unitPrice: '3.00' }];
    const answers = [{ lineId: '1', action: 'price' as const, accepted: true }];
    await test.tell(OrderChanged, orderId, { orderId, sequence: 1, revision: 1, lines, answers }, 'fulfillment');
    const [invoice] = await test.until(InvoiceIssued, 1, orderId);
    expect(invoice!.data.gross.minor).toBe(6000);
  });

  it('bills a shipment once, however often it is told', async () => {
    const order = anOrder();
    const shipmentId = randomUUID();
    await test.validate(order);
    await Promise.all([1, 2, 3].map(() => test.dispatch(order, shipmentId, { '1': '6' })));
    await test.idle();
    await test.dispatch(order, shipmentId, { '1': '6' });
    await test.idle();
    expect(await invoicesOf(order.orderId)).toEqual([{ count: 1 }]);
    expect(test.heard().filter((event) => event.subject === order.orderId)).toHaveLength(1);
  });

  it('ties to the order to the cent over shipments, allowances and a restart in between', async () => {
    const order = anOrder({
      lines: [
        aLine({
          quantity: { value: '7', unitCode: 'EA' },
          price: { amount: '0.3333' },
          taxPercent: '8.875',
          allowanceCharges: [{ isCharge: false, reason: 'rebate', amount: { currency: 'USD', minor: 11 } }],
        }),
        aLine({ lineId: '2', taxPercent: '7' }),
      ],
      allowanceCharges: [
        { isCharge: true, reason: 'freight', amount: { currency: 'USD', minor: 950 } },
        { isCharge: false, reason: 'sale', amount: { currency: 'USD', minor: 1300 } },
      ],
    });
    await test.validate(order);
    await test.dispatch(order, randomUUID(), { '1': '2' });
    await test.until(InvoiceIssued, 1, order.orderId);
    const before = await lastNumber();
    await test.restart();
    await test.dispatch(order, randomUUID(), { '1': '3', '2': '5' });
    await test.dispatch(order, randomUUID(), { '1': '2', '2': '7' });
    const invoices = await test.until(InvoiceIssued, 3, order.orderId);
    expect(invoices.reduce((sum, { data }) => sum + data.gross.minor, 0)).toBe(order.totals.taxInclusive.minor);
    expect(invoices.map(({ data }) => data.net.minor >= 0)).toEqual([true, true, true]);
    expect(await lastNumber()).toBe(before + 2);
  });

  it('numbers invoices without gap or repetition when many orders ship at once, and one of them cannot be billed', async () => {
    const orders = Array.from({ length: 30 }, () => anOrder());
    const bad = anOrder();
    const before = await lastNumber();
    await Promise.all([...orders, bad].map((order) => test.validate(order)));
    await Promise.all([
      ...orders.flatMap((order) => [
        test.dispatch(order, randomUUID(), { '1': '5' }),
        test.dispatch(order, randomUUID(), { '1': '7' }),
      ]),
      test.dispatch(bad, randomUUID(), { '1': '13' }),
    ]);
    for (const order of orders) await test.until(InvoiceIssued, 2, order.orderId);
    await test.idle();
    const numbers = await test.rows<{ number: number }>(
      `SELECT substr(invoice_number, 5)::int AS number FROM invoices ORDER BY 1`,
    );
    expect(numbers.map((row) => row.number)).toEqual(Array.from({ length: before + 60 }, (_, index) => index + 1));
    expect(await test.rows('SELECT state, reason FROM parked WHERE key = $1', [bad.orderId])).toEqual([
      { state: 'dead', reason: 'CONTRACT_VIOLATION' },
    ]);
    expect(await test.rows('SELECT sum(amount_minor)::int AS sum FROM ledger')).toEqual([{ sum: 0 }]);
  });

  it('does not invoice again on delivery', async () => {
    const order = anOrder();
    const shipmentId = randomUUID();
    await test.validate(order);
    await test.dispatch(order, shipmentId, { '1': '12' });
    await test.deliver(order, shipmentId);
    await test.idle();
    expect(await invoicesOf(order.orderId)).toEqual([{ count: 1 }]);
    expect(await test.rows('SELECT * FROM waiting_shipments')).toEqual([]);
  });
});

describe('invoicing what arrived', () => {
  it('waits for the delivery, also when order, dispatch and delivery come in a strange order', async () => {
    const delivery = await billingUnderTest({ INVOICE_ON: 'delivery', INVOICE_NUMBER_PREFIX: 'D' });
    try {
      const [usual, early] = [anOrder(), anOrder()];
      const [usualShipment, earlyShipment] = [randomUUID(), randomUUID()];
      await delivery.validate(usual);
      await delivery.dispatch(usual, usualShipment, { '1': '12' });
      await delivery.deliver(early, earlyShipment);
      await delivery.idle();
      expect(delivery.heard()).toEqual([]);

      await delivery.deliver(usual, usualShipment);
      await delivery.dispatch(early, earlyShipment, { '1': '12' }); // its order is not known yet either
      const [invoice] = await delivery.until(InvoiceIssued, 1, usual.orderId);
      expect(invoice?.data.invoiceNumber).toBe('D00000001');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await delivery.validate(early);
      await delivery.until(InvoiceIssued, 1, early.orderId);

      await delivery.deliver(usual, usualShipment);
      await delivery.idle();
      expect(delivery.heard()).toHaveLength(2);
      expect(await delivery.rows('SELECT * FROM waiting_shipments')).toEqual([]);
    } finally {
      await delivery.stop();
    }
  });
});
