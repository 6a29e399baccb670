// Captured orders as validation gets them: five lines, read from an X12 850 by the connector's own mapper.
import { randomUUID } from 'node:crypto';
import { CustomerChanged, EVENTS, OrderCaptured, PriceChanged, ProductChanged } from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec, uuidv7 } from '@railhead/service-kit';
import { PARTNERS, PRICE, PRODUCTS, Traffic } from '../../documents.mjs';
import { ordersIn, partnerOf } from '../x12/railhead-orders.mjs';

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map(({ avro }) => avro)), '');
await codec.prepare([OrderCaptured, CustomerChanged, ProductChanged, PriceChanged]);

/** One order per partner; the others are made from them. */
const TEMPLATES = templates();

function templates() {
  const traffic = new Traffic();
  return PARTNERS.map(() => {
    const bytes = Buffer.from(traffic.interchange(1));
    const partner = PARTNERS.find(({ them }) => bytes.includes(`*${them.id.padEnd(15)}*`));
    const [order] = ordersIn(bytes, partnerOf(partner));
    return order;
  });
}

/** An order nobody has seen before. */
export function anOrder(index) {
  return {
    ...TEMPLATES[index % TEMPLATES.length],
    orderId: randomUUID(),
    purchaseOrderNumber: `PO-${process.pid}-${index}`,
  };
}

/** Records of `order.captured.v1`, as the connector's outbox writes them. */
export function captures(count) {
  return Array.from({ length: count }, (_, index) => {
    const order = anOrder(index);
    return recordOf(OrderCaptured, order.orderId, order, 'edi-connector');
  });
}

/** What has to be known before an order can be judged, one batch. */
export function referenceData() {
  const customers = PARTNERS.map(({ accountId }) =>
    recordOf(
      CustomerChanged,
      `customer:${accountId}`,
      {
        accountId,
        name: accountId,
        currency: 'USD',
        creditLimit: { currency: 'USD', minor: 1e12 },
        netDays: 30,
        blocked: false,
      },
      'erp-connector',
    ),
  );
  const products = PRODUCTS.flatMap((sku) => [
    recordOf(
      ProductChanged,
      `product:${sku}`,
      { sku, name: `Widget ${sku}`, unitCode: 'EA', sellable: true, aliases: [] },
      'erp-connector',
    ),
    recordOf(PriceChanged, `price:${sku}`, { sku, currency: 'USD', amount: PRICE }, 'erp-connector'),
  ]);
  return [...customers, ...products];
}

function recordOf(definition, subject, data, source) {
  const event = {
    id: uuidv7(),
    type: definition.type,
    source,
    subject,
    time: new Date().toISOString(),
    correlationId: uuidv7(),
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    data,
  };
  return { ...codec.encode(event, definition, { rh_seq: '1' }), partition: 0, publishedAtMs: Date.now() };
}
