import { SERVICES as PRODUCT, startCluster } from '@railhead/cluster';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { IsolationWatch } from './checks/isolation-watch.mjs';
import { Journal } from './checks/journal.mjs';
import { LedgerWatch } from './checks/ledger-watch.mjs';
import { comeToRest } from './checks/rest.mjs';
import { Tables } from './checks/tables.mjs';
import { Topics } from './checks/topics.mjs';
import { furnishCompany } from './company.mjs';
import { Evidence } from './evidence.mjs';
import { injectFaults } from './faults/inject.mjs';
import { planFaults } from './faults/plan.mjs';
import { openGround } from './ground.mjs';
import { judge } from './judge.mjs';
import { planPoison } from './poison/poison.mjs';
import { reportProgress } from './progress.mjs';
import { dice } from './random.mjs';
import { booksOf, summaryOf } from './summary.mjs';
import { openParties, openWorld } from './world.mjs';

/** Who takes part: every service of the product, and one of the rig's own. */
export const SERVICES = [...PRODUCT.map(({ name }) => name), 'tally'];
const TALLY = join(import.meta.dirname, 'tally/main.mjs');
/** One write in fifty fails for now. */
const SHAKY = 0.02;
const REFERENCE_MS = 60_000;
const NO_FAULTS = { done: [], finished: Promise.resolve() };
/** Through whose eyes the gateway is watched: the customer of the JSON and Salesforce orders. */
const ONE_CUSTOMER = 'GLOBEX';
/** What runs of this process have started and not ended yet. */
const running = new Set();

/** Ends everything that runs of this process have started, for a process that is told to end in the middle of one. */
export async function endRuns() {
  await Promise.all([...running].map((end) => end()));
}

/**
 * One run: starts everything, sends orders, does harm, waits for rest and judges.
 *
 * @param {object} options
 * @param {number} options.orders
 * @param {number} options.seed
 * @param {number} options.overMs how long the orders take to come in
 * @param {string[]} [options.brokers] a Kafka to use; without it one of its own, which can be harmed
 * @param {string} [options.databaseUrl] a server to make a database on; without it one of its own, which can be harmed
 * @param {object} [options.counts] how many faults of each kind, see `countsFor`; needs a ground of its own
 * @param {object} [options.shares] what goes wrong at the outside parties, see the simulators' faults
 * @param {number} [options.poison] records nobody can handle, as a share of the orders
 * @param {number} [options.instances] processes per service
 * @param {string} [options.guardsOff] negative control
 * @param {number} [options.shaky] the share of writes that fail for now
 * @param {boolean} [options.keep] keeps the folder of the run; a run with faults is always kept
 * @param {(rig: { cluster: object, random: object }) => Promise<void>} [options.harm] runs beside the traffic
 * @param {(line: string) => void} [options.say]
 * @returns {Promise<{ faults: string[] } & Record<string, unknown>>}
 */
export async function run(options) {
  const { seed, instances = 1, guardsOff, keep = false, shaky = SHAKY, say = () => {} } = options;
  const home = await mkdtemp(join(tmpdir(), 'railhead-chaos-'));
  const closers = [];
  const end = async () => {
    for (const close of closers.splice(0).reverse()) await close().catch(() => {});
    running.delete(end);
  };
  running.add(end);
  let result;
  try {
    const open = async (what, close) => {
      const opened = await what;
      closers.push(() => close(opened));
      return opened;
    };
    const ground = await open(openGround(options), (one) => one.close());
    const outside = await open(openParties({ seed, shares: options.shares ?? {} }), (one) => one.stop());
    await furnishCompany(home);
    say('starting services');
    const prefix = `chaos${process.pid.toString(36)}${Date.now().toString(36)}-`;
    const cluster = await open(
      startCluster({
        home,
        databaseUrl: ground.servicesDatabaseUrl,
        brokers: ground.servicesBrokers,
        topicPrefix: prefix,
        names: SERVICES.flatMap((name) => Array.from({ length: instances }, () => name)),
        others: { tally: TALLY },
        isSupervised: true,
        env: { ...SETTINGS, ...outside.env, ...(guardsOff && { RAILHEAD_GUARDS_OFF: guardsOff }) },
      }),
      (one) => one.stopAll(),
    );
    const topics = await open(Topics.open(ground.brokers, prefix), (one) => one.close());
    const tables = await open(Promise.resolve(new Tables(ground.databaseUrl, SERVICES)), (one) => one.close());
    const evidence = await open(Promise.resolve(new Evidence(home)), (one) => one.close());
    if (shaky > 0) await tables.makeShaky(shaky);
    result = await measured({ options, ground, outside, cluster, topics, tables, evidence });
    return result;
  } finally {
    await end();
    if (keep || result === undefined || result.faults.length > 0) say(`all of the run is kept in ${home}`);
    else await rm(home, { recursive: true, force: true });
    if (result !== undefined) result.home = home;
  }
}

const SETTINGS = {
  NODE_ENV: 'test',
  LOG_LEVEL: 'warn',
  KAFKA_SESSION_TIMEOUT_MS: '5000',
  EDI_POLL_MS: '250',
};

async function measured({ options, ground, outside, cluster, topics, tables, evidence }) {
  const { orders, seed, overMs, counts, shares, harm = async () => {}, say = () => {} } = options;
  const random = dice(seed);
  const journal = new Journal();
  const listeners = [];
  topics.onRecord((record) => {
    evidence.record(record);
    if (journal.take(record)) for (const listener of listeners) listener(record);
  });
  await topics.start();
  await referenceRead(topics, journal);

  const world = await openWorld({
    cluster,
    outside,
    random,
    facts: { onFact: (listener) => void listeners.push(listener) },
    options: { orders, rate: (orders * 1000) / overMs, seed, faults: shares, say },
  });
  const faultPlan = counts === undefined ? [] : planFaults({ seed, counts, services: SERVICES, overMs });
  const poison = planPoison({ count: Math.round(orders * (options.poison ?? 0)), seed, overMs });
  await evidence.keep('plan', { options, faults: faultPlan, poison, orders: world.plan });

  const ledger = new LedgerWatch(tables);
  const othersPo = () => [...world.books.orders.values()].find(isOthers)?.po;
  const isolation = await IsolationWatch.open({ cluster, accountId: ONE_CUSTOMER, othersPo });
  say(
    `sending ${orders} orders over ${Math.round(overMs / 1000)} s, ${faultPlan.length} faults, ${poison.length} poisoned records`,
  );
  const injected = faultPlan.length === 0 ? NO_FAULTS : injectFaults(faultPlan, { cluster, ...ground });
  const planned = faultPlan.length;
  const stopProgress = reportProgress({ say, world, topics, tables, services: SERVICES, injected, planned, journal });
  try {
    let isAnswered = false;
    const answered = world.run().then(() => (isAnswered = true));
    const sent = pause(overMs);
    await Promise.all([sent, injected.finished, writePoison(poison, topics, injected), harm({ cluster, random })]);
    const since = performance.now();
    say('waiting for rest');
    await cluster.allReady();
    const rest = await comeToRest({
      topics,
      tables,
      journal,
      services: SERVICES,
      world: { waiting: () => world.progress().unanswered + world.progress().reports, isAnswered: () => isAnswered },
      sold: world.plan.filter(({ intent }) => intent === 'sells').length,
      erp: outside.erp,
      since,
    });
    await stopProgress();
    if (rest.left === undefined) await answered;
    await topics.caughtUp();
    await ledger.stop();
    await isolation.stop();
    const seen = { cluster, journal, world, ledger, isolation, rest, poison, injected };
    const faults = await judge({ ...seen, tables, outside });
    const result = summaryOf({ ...seen, options, connections: await hitsOf(ground.wires), faults });
    await evidence.keep('result', result);
    await evidence.keep('books', booksOf(world.books, outside));
    return result;
  } finally {
    await stopProgress();
    await ledger.stop();
    await isolation.stop();
    await world.stop();
  }
}

const isOthers = ({ channel, accepted }) => channel === 'edi' && accepted !== undefined;

/** How many connections each kind of harm hit, by wire. */
async function hitsOf(wires) {
  const hits = await Promise.all(Object.entries(wires).map(async ([name, wire]) => [name, await wire.hits()]));
  return Object.fromEntries(hits);
}

/** Orders for goods nobody has heard of yet would rightly be rejected. */
async function referenceRead(topics, journal) {
  const deadline = performance.now() + REFERENCE_MS;
  for (;;) {
    const isRead = journal.count('stock.changed') >= 10 && journal.count('customer.changed') >= 5;
    if (isRead && (await topics.lag(['validation', 'fulfillment'])) === 0) return;
    if (performance.now() > deadline) throw new Error('the services did not read the reference data within a minute');
    await pause(50);
  }
}

/** Past the services, each at its time, and never while the broker is away: what is written twice would be two poisons. */
async function writePoison(poison, topics, { lanes }) {
  const startedAt = performance.now();
  for (const { at, topic, message } of poison) {
    await pause(Math.max(0, at - (performance.now() - startedAt)));
    const write = () => topics.write(topic, [message]);
    await (lanes === undefined ? write() : lanes.run('kafka', write));
  }
}
