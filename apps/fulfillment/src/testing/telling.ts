import {
  EVENTS,
  OrderCancelRequested,
  OrderCaptured,
  OrderValidated,
  ShipmentConfirmed,
  StockChanged,
  type EventOf,
} from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec } from '@railhead/service-kit';
import { anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { randomUUID } from 'node:crypto';
import { fulfillmentService } from '../index.js';

type Validated = EventOf<typeof OrderValidated>['data'];
type Confirmed = EventOf<typeof ShipmentConfirmed>['data'];

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map((event) => event.avro)), '');

/** An order as `order.validated` carries it. */
export const encoded = (order: ReturnType<typeof anOrder>): Buffer => codec.encodeData(OrderCaptured.type, order);

/** What fulfillment is told in tests, and what it said. */
export class Telling {
  private products = 0;

  private constructor(readonly test: ServiceUnderTest) {}

  static async begin(): Promise<Telling> {
    await codec.prepare([OrderCaptured]);
    return new Telling(await serviceUnderTest(fulfillmentService));
  }

  /** A product of the test's own that nobody counted. */
  uncounted(): string {
    return `P-${(this.products += 1)}`;
  }

  /** A product of the test's own, counted at ten o'clock. */
  async aProduct(onHand: string): Promise<string> {
    const sku = this.uncounted();
    await this.counted(sku, onHand, '2026-02-03T10:00:00.000Z');
    await this.test.idle();
    return sku;
  }

  counted(sku: string, onHand: string, asOf: string, warehouse = 'MAIN'): Promise<void> {
    return this.test.tell(StockChanged, `${sku}|${warehouse}`, { sku, warehouse, onHand, asOf });
  }

  aValidated(sku: string, quantity: string, change: Partial<Validated> = {}): Validated {
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
      order: encoded(order),
      ...change,
    };
  }

  async validated(sku: string, quantity: string, change: Partial<Validated> = {}): Promise<string> {
    const data = this.aValidated(sku, quantity, change);
    await this.test.tell(OrderValidated, data.orderId, data);
    return data.orderId;
  }

  async shipped(orderId: string, shipmentId: string, quantity: string, change: Partial<Confirmed> = {}): Promise<void> {
    await this.test.tell(ShipmentConfirmed, orderId, {
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

  cancel(orderId: string): Promise<void> {
    const actor = { kind: 'person' as const, id: 'kim' };
    return this.test.tell(OrderCancelRequested, orderId, { orderId, actor, reason: 'ordered twice' }, 'gateway');
  }

  /** The types of the events about it, as they were said. */
  about(orderId: string): string[] {
    return this.test
      .heard()
      .filter((event) => event.subject === orderId)
      .map((event) => event.type);
  }

  async stockOf(sku: string): Promise<unknown> {
    return (await this.test.rows('SELECT on_hand, allocated FROM stock WHERE sku = $1', [sku]))[0];
  }
}
