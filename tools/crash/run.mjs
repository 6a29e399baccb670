import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  countedOnce,
  documentsSent,
  filesAgree,
  oneEffect,
  oneFate,
  orderKept,
  reactedOnce,
  tablesAgree,
} from './checks.mjs';
import { Cluster, SERVICES } from './cluster.mjs';
import { startDatabase } from './database.mjs';
import { plannedOrder } from './documents.mjs';
import { orderStatuses } from './order-files.mjs';
import { outboxFiles } from './outbox-files.mjs';
import { dice } from './random.mjs';
import { comeToRest } from './rest.mjs';
import { LedgerWatch, Tables } from './tables.mjs';
import { Topics } from './topics.mjs';
import { Traffic } from './traffic.mjs';

/** One write in fifty fails for now. */
const SHAKY = 0.02;

/**
 * One run: starts everything, sends orders, does harm, waits for rest and judges.
 *
 * @param {object} options
 * @param {string[]} options.brokers a running Kafka
 * @param {number} options.orders
 * @param {number} options.seed
 * @param {number} options.overMs how long the orders take to come in
 * @param {string} [options.databaseUrl] a server to make a database on; without it one of its own
 * @param {number} [options.instances] processes per service
 * @param {string} [options.guardsOff] negative control
 * @param {number} [options.shaky] the share of writes that fail for now
 * @param {boolean} [options.keep] keeps the logs
 * @param {(rig: { cluster: Cluster, random: object }) => Promise<void>} [harm] runs beside the traffic
 */
export async function run({
  brokers,
  databaseUrl,
  orders: count,
  seed,
  overMs,
  instances = 1,
  guardsOff,
  shaky = SHAKY,
  keep = false,
  harm = async () => {},
  say = () => {},
}) {
  const random = dice(seed);
  const prefix = `crash${process.pid.toString(36)}${Date.now().toString(36)}-`;
  const home = await mkdtemp(join(tmpdir(), 'railhead-crash-'));
  const closers = [];
  try {
    const database = await startDatabase(databaseUrl);
    closers.push(() => database.stop());
    const cluster = await Cluster.open({ home, databaseUrl: database.url, brokers, prefix, instances, guardsOff });
    closers.push(() => cluster.stop());
    say('starting services');
    for (const name of SERVICES) await cluster.start(name);
    const topics = await Topics.open(brokers, prefix);
    closers.push(() => topics.close());
    await referenceRead(topics);
    const tables = new Tables(database.url, SERVICES);
    closers.push(() => tables.close());
    if (shaky > 0) await tables.makeShaky(shaky);
    return await measured({
      cluster,
      topics,
      tables,
      random,
      home,
      orders: ordersOf(count, prefix, random),
      overMs,
      harm,
      say,
    });
  } finally {
    for (const close of closers.reverse()) await close().catch(() => {});
    if (keep) say(`logs are in ${home}`);
    else await rm(home, { recursive: true, force: true });
  }
}

function ordersOf(count, prefix, random) {
  return Array.from({ length: count }, (_, n) => plannedOrder(n, prefix.slice(0, -1).toUpperCase(), random));
}

/** Orders for goods nobody has heard of yet would rightly be rejected. */
async function referenceRead(topics) {
  while (topics.distinct('stock.changed.v1').size < 10 || topics.distinct('customer.changed.v1').size < 5)
    await pause(50);
  while ((await topics.lag(['validation', 'fulfillment'])) > 0) await pause(50);
}

async function measured({ cluster, topics, tables, random, home, orders, overMs, harm, say }) {
  const traffic = new Traffic(cluster, random);
  traffic.answer(topics);
  const ledger = new LedgerWatch(tables);
  try {
    say(`sending ${orders.length} orders`);
    await Promise.all([traffic.order(orders, overMs), harm({ cluster, random })]);
    await cluster.allReady();
    const since = performance.now();
    say('waiting for rest');
    const rest = await comeToRest({ topics, tables, traffic, services: SERVICES, orders, since });
    await topics.caughtUp();
    await ledger.stop();
    return {
      ...(await judge({ cluster, topics, tables, traffic, ledger, rest, home, orders })),
      events: cluster.events,
    };
  } finally {
    await ledger.stop();
    await traffic.stop();
  }
}

async function judge({ cluster, topics, tables, traffic, ledger, rest, home, orders }) {
  const { records } = topics;
  const totals = await tables.totals();
  const faults = [
    ...(rest.left === undefined ? [] : [`rest: not within 60 s: ${JSON.stringify(rest.left)}`]),
    ...orders.filter(({ po }) => !traffic.accepted.has(po)).map(({ po }) => `refused: ${po} was not taken`),
    ...traffic.refused.map(({ path, status, text }) => `refused: ${path} answered ${status} ${text}`),
    ...ledger.bad.map((money) => `ledger: did not balance in a read during the run: ${JSON.stringify(money)}`),
    ...oneFate(records, traffic.accepted, new Set(orders.map(({ po }) => po))),
    ...oneEffect(records, traffic.accepted),
    ...reactedOnce(records),
    ...orderKept(records),
    ...countedOnce(records, await tables.tally()),
    ...tablesAgree(records, totals, await tables.money(), orders),
    ...filesAgree(await orderStatuses(cluster), orders),
    ...documentsSent(await outboxFiles(home, 'acme'), orders),
  ];
  const twice = records.length - new Set(records.map(({ id }) => id)).size;
  if (cluster.events.length === 0 && twice > 0)
    faults.push(`relay: ${twice} records published twice though nothing failed`);
  return {
    orders: orders.length,
    faults,
    records: records.length,
    twice,
    repeats: traffic.repeats,
    ledgerReads: ledger.reads,
    restMs: Math.round(rest.ms),
  };
}
