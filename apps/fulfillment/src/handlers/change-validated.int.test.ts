import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EVENTS,
  OrderCaptured,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeValidated,
  OrderValidated,
  ShipmentCancelled,
  ShipmentConfirmed,
  ShipmentDispatched,
  ShipmentRequested,
  StockChanged,
} from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec } from '@railhead/service-kit';
import { anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { fulfillmentService } from '../index.js';

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');
let test: ServiceUnderTest;

beforeAll(async () => {
  await codec.prepare([OrderCaptured]);
  test = await serviceUnderTest(fulfillmentService);
}, 60_000);
afterAll(() => test.stop());

async function taken(sku: string, quantity: string): Promise<string> {
  await test.tell(StockChanged, `stock:${sku}|MAIN`, {
    sku,
    warehouse: 'MAIN',
    onHand: '10',
    asOf: '2026-02-03T10:00:00.000Z',
  });
  await test.idle();
  const order = anOrder();
  const { orderId, purchaseOrderNumber, totals } = order;
  await test.tell(OrderValidated, orderId, {
    ...{ orderId, accountId: 'ACME', purchaseOrderNumber, currency: 'USD', total: totals.payable, netDays: 30 },
    ...{ partialDeliveryAllowed: true, backorderAllowed: true },
    lines: [{ lineId: '1', sku, quantity, unitCode: 'EA', unitPrice: '3.75' }],
    order: codec.encodeData(OrderCaptured.type, order),
  });
  await test.until(ShipmentRequested, 1, orderId);
  return orderId;
}

const change = (orderId: string, sku: string, quantity: string, revision = 1) =>
  test.tell(OrderChangeValidated, orderId, {
    ...{ orderId, sequence: revision, revision },
    lines: [{ lineId: '1', sku, quantity, unitCode: 'EA', unitPrice: '3.75' }],
    answers: [{ lineId: '1', action: 'quantity', accepted: true }],
  });
const ship = (orderId: string, shipmentId: string, quantity: string) =>
  test.tell(ShipmentConfirmed, orderId, {
    ...{
      orderId,
      shipmentId,
      shippedAt: '2026-02-04T08:00:00.000Z',
      carrier: 'UPSN',
      trackingNumbers: [],
      packages: [],
    },
    lines: [{ lineId: '1', quantity }],
  });

describe('a change that validation allows', () => {
  it('is made while the goods are here: the warehouse is asked anew, and what leaves says of which revision it is', async () => {
    const orderId = await taken('C-1', '10');
    await change(orderId, 'C-1', '6');
    await test.until(OrderChanged, 1, orderId);
    await test.until(ShipmentCancelled, 1, orderId);
    const [, second] = await test.until(ShipmentRequested, 2, orderId);
    expect(second!.data.lines).toMatchObject([{ quantity: '6' }]);
    await ship(orderId, second!.data.shipmentId, '6');
    const [left] = await test.until(ShipmentDispatched, 1, orderId);
    expect(left!.data.orderRevision).toBe(1);
  });

  it('is refused when the goods have left', async () => {
    const orderId = await taken('C-2', '4');
    const [request] = await test.until(ShipmentRequested, 1, orderId);
    await ship(orderId, request!.data.shipmentId, '4');
    const [left] = await test.until(ShipmentDispatched, 1, orderId);
    expect(left!.data.orderRevision).toBeUndefined();
    await change(orderId, 'C-2', '2');
    const [refused] = await test.until(OrderChangeRefused, 1, orderId);
    expect(refused!.data.reasons).toMatchObject([{ code: 'ALREADY_SHIPPED' }]);
  });
});
