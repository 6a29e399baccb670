// Contestant: the same stage as textbooks write it. Each message in a transaction of its own, with a row in an inbox and
// a row in an outbox, through TypeORM; a poller publishes the outbox a hundred rows at a time and deletes them.
import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { DataSource, In } from 'typeorm';
import { uuidv7 } from '@railhead/service-kit';
import { answerQuestions } from '../../contestant.mjs';
import { Counter } from '../../counter.mjs';
import { PARTNERS, PRICE, PRODUCTS } from '../../documents.mjs';
import { anOrder } from '../stage/captures.mjs';
import { Customer, ENTITIES, InboxMessage, Order, OutboxMessage, Product } from './entities.mjs';

const { databaseUrl } = JSON.parse(process.env.BENCH_SETTINGS);
const POLL_MS = 20;
const PUBLISHED_AT_ONCE = 100;

const published = new Counter();
let source;
let messages = [];
let isRunning = true;
let poller;

/** A lean message: what the stage needs of the order, as JSON. */
function messageOf(index) {
  const { provenance: _provenance, extras: _extras, ...order } = anOrder(index);
  return Buffer.from(JSON.stringify({ id: uuidv7(), type: 'order.captured', data: order }));
}

async function handle(message) {
  const event = JSON.parse(message.toString());
  await source.transaction(async (manager) => {
    if (await manager.existsBy(InboxMessage, { eventId: event.id })) return;
    await manager.insert(InboxMessage, { eventId: event.id });
    const verdict = await judge(event.data, manager);
    await manager.save(Order, rowOf(event.data, verdict));
    await manager.save(Customer, verdict.customer);
    await manager.insert(OutboxMessage, {
      topic: 'orders',
      key: event.data.orderId,
      payload: { id: uuidv7(), type: 'order.validated', causationId: event.id, data: verdict.data },
    });
  });
}

async function judge(order, manager) {
  const accountId = order.parties.find(({ role }) => role === 'buyer').accountId;
  const customer = await manager.findOneOrFail(Customer, {
    where: { accountId },
    lock: { mode: 'pessimistic_write' },
  });
  const products = await manager.findBy(Product, { sku: In(order.lines.map(({ item }) => item.sellersItemId)) });
  const lines = order.lines.map((line) => lineOf(line, products));
  const exposure = Number(customer.exposureMinor) + order.totals.payable.minor;
  if (customer.blocked || exposure > Number(customer.creditLimitMinor)) throw new Error(`no credit for ${accountId}`);
  customer.exposureMinor = exposure;
  const { orderId, purchaseOrderNumber, totals } = order;
  const data = { orderId, accountId, purchaseOrderNumber, total: totals.payable, netDays: customer.netDays, lines };
  return { customer, data };
}

function lineOf({ lineId, item, quantity, price }, products) {
  const product = products.find(({ sku }) => sku === item.sellersItemId);
  if (product === undefined || product.unitCode !== quantity.unitCode) throw new Error(`no ${item.sellersItemId}`);
  if (Number(product.price) !== Number(price.amount)) throw new Error(`${product.sku} costs ${product.price}`);
  return { lineId, sku: product.sku, quantity: quantity.value, unitPrice: price.amount };
}

function rowOf(order, { data }) {
  return {
    orderId: order.orderId,
    accountId: data.accountId,
    state: 'validated',
    contentHash: createHash('sha256').update(JSON.stringify(order.lines)).digest('hex'),
    currency: order.currency,
    totalMinor: data.total.minor,
    exposureMinor: data.total.minor,
    document: order,
    judgedAt: new Date(),
  };
}

/** Publishing itself costs nothing here, as little as it does for the other contestant. */
async function publish() {
  while (isRunning) {
    const rows = await source.manager.find(OutboxMessage, { order: { id: 'ASC' }, take: PUBLISHED_AT_ONCE });
    if (rows.length > 0) await source.manager.delete(OutboxMessage, { id: In(rows.map(({ id }) => id)) });
    published.add(rows.length);
    if (rows.length < PUBLISHED_AT_ONCE) await pause(POLL_MS);
  }
}

answerQuestions({
  start: async () => {
    source = new DataSource({ type: 'postgres', url: databaseUrl, entities: ENTITIES, synchronize: true });
    await source.initialize();
    const terms = { netDays: 30, blocked: false, creditLimitMinor: 1e12 };
    await source.manager.insert(
      Customer,
      PARTNERS.map(({ accountId }) => ({ accountId, ...terms })),
    );
    await source.manager.insert(
      Product,
      PRODUCTS.map((sku) => ({ sku, unitCode: 'EA', price: PRICE })),
    );
    poller = publish();
    return {};
  },
  prepare: ({ count }) => {
    messages = Array.from({ length: count }, (_, index) => messageOf(index));
    return {};
  },
  run: async () => {
    const goal = published.seen + messages.length;
    for (const message of messages) await handle(message);
    await published.reach(goal);
    return { units: messages.length };
  },
  stop: async () => {
    isRunning = false;
    await poller;
    await source?.destroy();
    setTimeout(() => process.exit(0), 50);
  },
});
