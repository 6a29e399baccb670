// Whom the measured services talk with: reference data before, and a warehouse that ships everything at once.
import {
  CustomerChanged,
  EVENTS,
  PriceChanged,
  ProductChanged,
  ShipmentConfirmed,
  StockChanged,
} from '@railhead/contracts';
import { Database, migrate } from '@railhead/database';
import { announce, BuiltInSchemaIds, EventCodec, Outbox, systemClock, Work } from '@railhead/service-kit';
import { Counter } from './counter.mjs';
import { PARTNERS, PRICE, PRODUCTS } from './documents.mjs';
import { KIT_MIGRATIONS, startRelay } from './relay.mjs';

const SCHEMA = 'neighbours';
const PLENTY = '100000000';

export class Neighbours {
  invoices = new Counter();

  static async open({ env, bus }) {
    const self = new Neighbours();
    await migrate(env.DATABASE_URL, SCHEMA, [KIT_MIGRATIONS]);
    self.db = new Database({ url: env.DATABASE_URL, schema: SCHEMA });
    self.codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map(({ avro }) => avro)), env.TOPIC_PREFIX);
    await self.codec.prepare([...EVENTS.values()]);
    self.relay = startRelay(self.db, bus);
    self.gateway = self.writer('gateway', bus);
    self.erp = self.writer('erp-connector', bus);
    const { TOPIC_PREFIX: prefix } = env;
    Object.assign(self, { bus, prefix });
    self.subscription = await bus.subscribe({
      group: `${prefix}warehouse`,
      topics: [`${prefix}shipments`, `${prefix}invoices`],
      types: ['shipment.requested.v1', 'invoice.issued.v1'],
      batchMax: 300,
      handle: (batch) => self.work(batch.records),
    });
    return self;
  }

  writer(source, bus) {
    return new Work(this.db, new Outbox(source, this.codec, bus, systemClock, () => this.relay.nudge()));
  }

  async work(records) {
    const ofType = (type) => records.filter(({ headers }) => headers.ce_type === type);
    const requests = await Promise.all(ofType('shipment.requested.v1').map((record) => this.codec.decode(record)));
    if (requests.length > 0) await this.gateway.run(async (_tx, say) => say(...requests.map(confirmed)));
    this.invoices.add(ofType('invoice.issued.v1').length);
  }

  /** A captured order as it travels, for whoever wants to know what reading it costs. */
  async sampleOrder() {
    const { promise, resolve } = Promise.withResolvers();
    const subscription = await this.bus.subscribe({
      group: `${this.prefix}sample-${process.pid}`,
      topics: [`${this.prefix}orders`],
      types: ['order.captured.v1'],
      batchMax: 1,
      from: 'earliest',
      handle: async ({ records }) => resolve(await this.codec.decode(records[0])),
    });
    const { data } = await promise;
    await subscription.stop();
    return data;
  }

  async tellReferenceData(accounts = PARTNERS.map(({ accountId }) => accountId)) {
    const asOf = new Date(Date.now() - 60_000).toISOString();
    const because = { correlationId: 'bench' };
    await this.erp.run(async (_tx, say) => {
      for (const sku of PRODUCTS) {
        say(
          announce(
            ProductChanged,
            `product:${sku}`,
            { sku, name: `Widget ${sku}`, unitCode: 'EA', sellable: true, aliases: [] },
            because,
          ),
          announce(PriceChanged, `price:${sku}`, { sku, currency: 'USD', amount: PRICE }, because),
          announce(StockChanged, `stock:${sku}`, { sku, warehouse: 'MAIN', onHand: PLENTY, asOf }, because),
        );
      }
      for (const accountId of accounts) {
        const creditLimit = { currency: 'USD', minor: 1e12 };
        say(
          announce(
            CustomerChanged,
            `customer:${accountId}`,
            { accountId, name: accountId, currency: 'USD', creditLimit, netDays: 30, blocked: false },
            because,
          ),
        );
      }
    });
  }

  async close() {
    await this.subscription?.stop();
    await this.relay?.stop();
    await this.db?.close();
  }
}

function confirmed(request) {
  const { orderId, shipmentId, lines } = request.data;
  const data = {
    orderId,
    shipmentId,
    shippedAt: new Date().toISOString(),
    carrier: 'UPSN',
    trackingNumbers: [`1Z${shipmentId.slice(0, 8)}`],
    packages: [],
    lines: lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
  };
  return announce(ShipmentConfirmed, request.subject, data, request);
}
