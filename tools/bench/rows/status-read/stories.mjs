// What the services tell about an order from its capture to its invoice, as records of the bus.
import { randomUUID } from 'node:crypto';
import {
  EVENTS,
  InvoiceIssued,
  OrderAllocated,
  OrderCaptured,
  OrderFulfilled,
  OrderValidated,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentRequested,
} from '@railhead/contracts';
import { BuiltInSchemaIds, EventCodec, uuidv7 } from '@railhead/service-kit';
import { anOrder } from '../stage/captures.mjs';

const codec = new EventCodec(new BuiltInSchemaIds([...EVENTS.values()].map(({ avro }) => avro)), '');
await codec.prepare([...EVENTS.values()]);

const usd = (minor) => ({ currency: 'USD', minor });

/** The facts of one shipped and invoiced order, in the order they happen. */
function factsOf(order) {
  const { orderId, purchaseOrderNumber, currency, totals } = order;
  const accountId = order.parties.find(({ role }) => role === 'buyer').accountId;
  const shipment = { orderId, shipmentId: randomUUID() };
  const stock = order.lines.map(({ lineId, item, quantity }) => {
    return { lineId, sku: item.sellersItemId, quantity: quantity.value };
  });
  const goods = stock.map((line) => ({ ...line, unitCode: 'EA' }));
  const priced = goods.map((line) => ({ ...line, unitPrice: '3.75' }));
  return [
    [OrderCaptured, order],
    [
      OrderValidated,
      {
        ...{ orderId, accountId, purchaseOrderNumber, currency, total: totals.payable, netDays: 30, lines: priced },
        ...{ partialDeliveryAllowed: true, backorderAllowed: true, order: Buffer.alloc(0) },
      },
    ],
    [OrderAllocated, { orderId, lines: stock }],
    [ShipmentRequested, { ...shipment, warehouse: 'MAIN', purchaseOrderNumber, lines: goods }],
    [
      ShipmentDispatched,
      {
        ...{ ...shipment, shippedAt: '2026-02-03T12:00:00.000Z', carrier: 'UPSN', lines: goods },
        ...{ trackingNumbers: ['1Z999AA10123456784'], packages: [] },
      },
    ],
    [ShipmentDelivered, { ...shipment, deliveredAt: '2026-02-05T12:00:00.000Z' }],
    [
      InvoiceIssued,
      {
        ...{ ...shipment, invoiceId: randomUUID(), invoiceNumber: `INV-${purchaseOrderNumber}`, accountId },
        ...{ purchaseOrderNumber, issuedOn: '2026-02-03', dueOn: '2026-03-05', allowanceCharges: [] },
        ...{ net: totals.payable, tax: usd(0), gross: totals.payable },
        lines: priced.map((line) => ({ ...line, net: usd(4500), tax: usd(0) })),
      },
    ],
    [OrderFulfilled, { orderId, shipments: 1, lines: [] }],
  ];
}

/** @returns {{ orderIds: string[], batches: object[][] }} one batch per topic */
export function stories(count) {
  const orders = Array.from({ length: count }, (_, index) => anOrder(index));
  const records = orders.flatMap((order) => {
    const seqs = new Map();
    return factsOf(order).map(([definition, data]) => recordOf(definition, order.orderId, data, seqs));
  });
  return {
    orderIds: orders.map(({ orderId }) => orderId),
    batches: [...Map.groupBy(records, ({ topic }) => topic).values()],
  };
}

function recordOf(definition, subject, data, seqs) {
  const source = definition.writers[0];
  const stream = `${definition.topic} ${source}`;
  seqs.set(stream, (seqs.get(stream) ?? 0) + 1);
  const time = new Date().toISOString();
  const event = { id: uuidv7(), type: definition.type, source, subject, time, correlationId: uuidv7(), data };
  const record = codec.encode(event, definition, { rh_seq: String(seqs.get(stream)) });
  return { ...record, partition: 0, publishedAtMs: Date.now() };
}
