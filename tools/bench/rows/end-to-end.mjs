// X12 850 to issued invoice: Railhead on its embedded bus, on Kafka, the bare statements of both, and what is usually written.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { BASELINE_BOOKS, RAILHEAD_BOOKS } from '../books.mjs';
import { startContestant } from '../contestant.mjs';
import { PARTNERS, PRICE, PRODUCTS } from '../documents.mjs';
import { Line, perOrder } from '../line.mjs';
import { runRound } from '../round.mjs';
import { startBroker, startPostgres } from '../servers.mjs';

const ORDERS = 6000;
const ORDERS_SHORT = 1000;
const SLOWER = 5; // the baseline gets a fifth of the orders: enough to be warm, and a round ends in a minute
const REPLAYED = 4000; // a recording is held in memory; its cost per order does not depend on its length
const CONTESTANTS = ['embedded', 'kafka', 'embedded-sql', 'kafka-sql', 'baseline'];
const busOf = (name) => name.split('-', 1)[0];

class EndToEnd {
  #servers;
  #options;
  #orders;
  #say;
  #count = 0;
  #recordings = new Map();

  constructor(servers, options, orders, say) {
    this.#servers = servers;
    this.#options = options;
    this.#orders = orders;
    this.#say = say;
  }

  async measure(name) {
    if (this.#options.contestants?.includes(name) === false) return undefined;
    const database = `bench_${(this.#count += 1)}`;
    try {
      if (name.endsWith('-sql')) return await this.#replay(busOf(name), database);
      const figures = await this.#run(name, database);
      for (const line of detailOf(figures)) this.#say(line);
      return figures;
    } finally {
      await this.#servers.postgres.dropDatabase(database).catch(() => {});
    }
  }

  async #run(name, database) {
    const { sets, concurrency, profile, statements } = this.#options;
    const settings = this.#settings(name, await this.#servers.postgres.freshDatabase(database), `${database}-`);
    const common = { sets, statements, profile: profile && join(profile, `${database}-${name}.cpuprofile`) };
    if (name !== 'baseline')
      return runRound(
        { ...common, file: 'railhead.mjs', settings, orders: this.#orders, books: RAILHEAD_BOOKS },
        this.#serversOf(name),
      );
    // X12 names the sender, not the account: the baseline's customers are known by the former
    const reference = { accounts: PARTNERS.map(({ them }) => them.id), products: PRODUCTS, price: PRICE };
    return runRound(
      {
        ...common,
        file: 'baseline.mjs',
        settings: { ...settings, ...reference, concurrency },
        orders: Math.ceil(this.#orders / SLOWER),
        books: BASELINE_BOOKS,
      },
      this.#serversOf(name),
    );
  }

  #settings(name, databaseUrl, prefix) {
    const { partitions, answers, batch } = this.#options;
    return {
      databaseUrl,
      prefix,
      partitions,
      answers,
      env: batch === undefined ? {} : { BATCH_MAX: String(batch) },
      ...(busOf(name) !== 'embedded' && { brokers: this.#servers.kafka.brokers }),
    };
  }

  #serversOf(name) {
    const { postgres, kafka } = this.#servers;
    return { postgres, kafka: busOf(name) === 'embedded' ? undefined : kafka };
  }

  async #replay(bus, database) {
    const { postgres } = this.#servers;
    const { template, recording, orders } = await this.#recordingOf(bus);
    const databaseUrl = await postgres.freshDatabase(database, template);
    const line = await Line.ofOne({ file: 'replay.mjs', settings: { databaseUrl, recording } }, { postgres });
    try {
      await line.door.ask('run', { part: 'warmUp' });
      const from = await line.meter();
      const { statements, differ } = await line.door.ask('run', { part: 'measured' });
      const figures = perOrder(from, await line.meter(), orders);
      return { ...figures, statementsPerOrder: statements / orders, rowsDiffer: differ / statements };
    } finally {
      await line.stop();
    }
  }

  /** Once per bus: which statements the five stages run for some thousand orders, and the database they began with. */
  async #recordingOf(bus) {
    const known = this.#recordings.get(bus);
    if (known !== undefined) return known;
    const { postgres } = this.#servers;
    const template = `bench_${bus}_template`;
    const prefix = `recorded-${bus}-`;
    const first = this.#settings(bus, await postgres.freshDatabase(template), prefix);
    await (await startContestant('railhead.mjs', first)).stop(); // tables, products, prices, customers

    const database = `bench_${bus}_recorded`;
    const again = this.#settings(bus, await postgres.freshDatabase(database, template), prefix);
    const recording = join(tmpdir(), `railhead-bench-${process.pid}-${bus}.recording`);
    const settings = { ...again, known: true, record: true };
    const line = await Line.ofOne(
      { file: 'railhead.mjs', settings },
      { ...this.#serversOf(bus), sets: this.#options.sets },
    );
    const orders = Math.min(this.#orders, REPLAYED);
    try {
      await line.door.ask('record.start');
      await line.burst(Math.ceil(orders / 5));
      await line.door.ask('record.mark');
      await line.burst(orders);
      await line.door.ask('record.save', { file: recording });
    } finally {
      await line.stop();
    }
    await postgres.dropDatabase(database);
    this.#recordings.set(bus, { template, recording, orders });
    return this.#recordings.get(bus);
  }

  async close() {
    for (const { recording } of this.#recordings.values()) rmSync(recording, { force: true });
    await this.#servers.kafka?.stop();
    await this.#servers.postgres.stop();
  }
}

/** What the table has no room for. */
function detailOf({ walBytes, latency, residentMb, handlers, functions = [], statements = [] }) {
  const busiest = Object.entries(handlers).slice(0, 6);
  return [
    `    WAL ${(walBytes / 1024).toFixed(1)} KB an order; captured to validated p50 ${latency.p50} ms, p99 ${latency.p99} ms; memory ${Math.round(residentMb.start)} to ${Math.round(residentMb.end)} MB`,
    ...(busiest.length > 0
      ? [`    handlers, us an order: ${busiest.map(([what, cost]) => `${what} ${Math.round(cost)}`).join(', ')}`]
      : []),
    ...functions.map(({ name, share }) => `    ${(share * 100).toFixed(1).padStart(5)} % own time: ${name}`),
    ...statements.map(
      ({ ms, calls, rows, wal, query }) => `    ${ms} ms, ${calls} calls, ${rows} rows, ${wal} KB WAL: ${query}`,
    ),
  ];
}

export const row = {
  id: 'end-to-end',
  title: '850 of five lines to issued invoice, against the naive Nest + TypeORM baseline and the bare statements',
  place: 10,
  contestants: CONTESTANTS,
  against: 'baseline',
  goals: [
    { id: 'P1', what: 'orders/s on Kafka: Railhead / naive Nest + TypeORM', better: 'more', floor: 10, target: 20 },
    {
      id: 'P3a',
      what: 'orders/s, embedded bus: Railhead / replay of its SQL',
      better: 'more',
      floor: 0.6,
      target: 0.75,
    },
    { id: 'P3b', what: 'orders/s, Kafka: Railhead / replay of its SQL', better: 'more', floor: 0.3, target: 0.45 },
    {
      id: 'P4',
      what: 'CPU per order on the embedded bus, in JSON.parse of the order',
      better: 'less',
      floor: 30,
      target: 20,
    },
    { id: 'P10', what: 'capture to validated at half load, p99', unit: 'ms', better: 'less', floor: 500, target: 100 },
    { id: 'P13', what: 'write-ahead log per order, five stages', unit: 'KB', better: 'less', floor: 12, target: 8 },
  ],
  async open({ short, options, say }) {
    const postgres = await startPostgres({ statistics: options.statements });
    const needsBroker = options.contestants?.every((name) => busOf(name) === 'embedded') !== true;
    const kafka = needsBroker ? await startBroker() : undefined;
    return new EndToEnd({ postgres, kafka }, options, options.orders ?? (short ? ORDERS_SHORT : ORDERS), say);
  },
  judge({ embedded, kafka, baseline, 'embedded-sql': embeddedSql, 'kafka-sql': kafkaSql }) {
    const latencies = [embedded, kafka].flatMap((one) => one?.latency?.p99 ?? []);
    const logs = [embedded, kafka].flatMap((one) => one?.walBytes ?? []);
    return [
      { goal: 'P1', value: kafka?.perSecond / baseline?.perSecond },
      { goal: 'P3a', value: embedded?.perSecond / embeddedSql?.perSecond },
      { goal: 'P3b', value: kafka?.perSecond / kafkaSql?.perSecond },
      { goal: 'P4', value: embedded?.cpuMicros / embedded?.parse?.micros },
      { goal: 'P10', value: latencies.length > 0 ? Math.max(...latencies) : undefined },
      { goal: 'P13', value: logs.length > 0 ? Math.max(...logs) / 1024 : undefined },
    ];
  },
};
