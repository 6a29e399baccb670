import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { documentsSent, filesAgree, oneEffect, oneFate, orderKept, reactedOnce, tablesAgree } from './checks.mjs';
import { Cluster, SERVICES } from './cluster.mjs';
import { startDatabase } from './database.mjs';
import { plannedOrder } from './documents.mjs';
import { outboxFiles } from './outbox-files.mjs';
import { dice } from './random.mjs';
import { comeToRest } from './rest.mjs';
import { LedgerWatch, Tables } from './tables.mjs';
import { Topics } from './topics.mjs';
import { Traffic } from './traffic.mjs';

/** Orders that are sent before the reference data is read, so that the stages have something to set aside. */
const EARLY = 10;

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
 * @param {boolean} [options.keep] keeps the logs
 * @param {(rig: { cluster: Cluster, random: object }) => Promise<void>} [harm] runs beside the traffic
 */
export async function run({ brokers, databaseUrl, orders: count, seed, overMs, instances = 1, guardsOff, keep = false, harm = async () => {}, say = () => {} }) {
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
    for (const name of SERVICES.slice(0, -1)) await cluster.start(name);
    const topics = await Topics.open(brokers, prefix);
    closers.push(() => topics.close());
    const tables = new Tables(database.url, SERVICES);
    closers.push(() => tables.close());
    return await measured({ cluster, topics, tables, random, home, orders: ordersOf(count, prefix, random), overMs, harm, say });
  } finally {
    for (const close of closers.reverse()) await close().catch(() => {});
    if (keep) say(`logs are in ${home}`);
    else await rm(home, { recursive: true, force: true });
  }
}

function ordersOf(count, prefix, random) {
  return Array.from({ length: count }, (_, n) => plannedOrder(n, prefix.slice(0, -1).toUpperCase(), random));
}

async function measured({ cluster, topics, tables, random, home, orders, overMs, harm, say }) {
  const traffic = new Traffic(cluster, random);
  traffic.answer(topics);
  const ledger = new LedgerWatch(tables);
  try {
    say(`sending ${orders.length} orders`);
    const early = traffic.order(orders.slice(0, EARLY), 0);
    await pause(1_500);
    await cluster.start(SERVICES.at(-1));
    await Promise.all([early, traffic.order(orders.slice(EARLY), overMs), harm({ cluster, random })]);
    await cluster.allReady();
    const since = performance.now();
    say('waiting for rest');
    const rest = await comeToRest({ topics, tables, traffic, services: SERVICES, orders, since });
    await topics.caughtUp();
    await ledger.stop();
    return { ...(await judge({ topics, tables, traffic, ledger, rest, home, orders })), events: cluster.events };
  } finally {
    await ledger.stop();
    await traffic.stop();
  }
}

async function judge({ topics, tables, traffic, ledger, rest, home, orders }) {
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
    ...tablesAgree(records, totals, await tables.money(), orders),
    ...filesAgree(totals.statuses, orders),
    ...documentsSent(await outboxFiles(home, 'acme'), orders),
  ];
  const ids = new Set(records.map(({ id }) => id));
  return { orders: orders.length, faults, records: records.length, twice: records.length - ids.size, repeats: traffic.repeats, ledgerReads: ledger.reads, restMs: Math.round(rest.ms) };
}
