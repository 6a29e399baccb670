// A production line: the processes that turn 850s into invoices, one of which has the door; and how it is driven and metered.
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { startContestant } from './contestant.mjs';
import { Traffic } from './documents.mjs';
import { quantile } from './frame/medians.mjs';
import { cpuOf, cpuOfChildren, cpuOfTree, residentMb } from './processor-time.mjs';
import { ask } from './servers.mjs';
import { TOKEN } from './token.mjs';

/** How PostgreSQL names the process of a client: user, database, address and port. */
const CONNECTION = /^postgres: \S+ \S+ \S+\(\d+\)/;
const POSTS_AT_ONCE = 2;
const LATENCY_ORDERS_MIN = 300;
const SHARES = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

export class Line {
  traffic = new Traffic();

  /**
   * @param {{ pid: number, url: string, ask: Function, stop: () => Promise<void> }} door takes the 850s and counts the invoices
   * @param {readonly object[]} workers further processes
   * @param {{ databaseUrl: string, sets: number, postgres: { pid: number }, kafka?: { pid: number } }} world
   */
  constructor(door, workers, { databaseUrl, sets, postgres, kafka }) {
    Object.assign(this, { door, workers, databaseUrl, sets, postgres, kafka });
  }

  /** One process that does everything. */
  static async ofOne({ file, settings }, world) {
    const door = await startContestant(file, settings);
    return new Line(door, [], { ...world, databaseUrl: settings.databaseUrl });
  }

  /** Sends orders as fast as the door takes them, without waiting for what becomes of them. */
  async send(orders) {
    let sent = 0;
    const sender = async () => {
      while (sent < orders) {
        const size = Math.min(this.sets, orders - sent);
        sent += size;
        await this.post(size);
      }
    };
    await Promise.all(Array.from({ length: POSTS_AT_ONCE }, sender));
    return sent;
  }

  /** Sends orders as fast as the door takes them and waits for their invoices. */
  async burst(orders) {
    const before = await this.invoiced();
    const sent = await this.send(orders);
    await this.door.ask('reach', { count: before + sent }, 3_600_000);
    return sent;
  }

  /** Sends orders at an even pace (per second) until `orders` are sent or `isOver()`; the promise ends with the last answer. */
  async sendAtPace(pace, orders, isOver = () => false) {
    const size = Math.max(1, Math.min(this.sets, Math.round(pace / 20))); // an interchange every 50 ms
    const startedAt = performance.now();
    const posts = [];
    let sent = 0;
    for (; sent < orders && !isOver(); sent += size) {
      const due = startedAt + (sent / pace) * 1000;
      if (due > performance.now()) await pause(due - performance.now());
      posts.push(this.post(size));
    }
    await Promise.all(posts);
    return sent;
  }

  /** Orders come half as fast as they were worked off before: how long from capture until somebody hears of validation? */
  async atHalfLoad(perSecond) {
    const pace = perSecond / 2;
    const before = await this.invoiced();
    await this.door.ask('watch.start');
    await pause(1000);
    const sent = await this.sendAtPace(pace, Math.max(LATENCY_ORDERS_MIN, Math.round(pace * 4)));
    await this.door.ask('reach', { count: before + sent });
    const { waits } = await this.door.ask('watch.stop');
    waits.sort((left, right) => left - right);
    return {
      orders: waits.length,
      pace,
      p50: quantile(waits, 0.5),
      p99: quantile(waits, 0.99),
      distribution: SHARES.map((share) => [share, quantile(waits, share)]),
    };
  }

  async post(size) {
    const response = await fetch(`${this.door.url}/edi`, {
      method: 'POST',
      body: this.traffic.interchange(size),
      headers: { 'content-type': 'application/edi-x12', authorization: `Bearer ${TOKEN}` },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the door answered ${response.status}: ${text.slice(0, 500)}`);
  }

  async invoiced() {
    return (await this.door.ask('seen')).count;
  }

  get processes() {
    return [this.door, ...this.workers];
  }

  residentMb() {
    return this.processes.reduce((sum, { pid }) => sum + residentMb(pid), 0);
  }

  /** CPU so far in microseconds, the position in the write-ahead log in bytes, and the pages that went into it whole. */
  async meter() {
    return {
      at: performance.now(),
      door: cpuOf(this.door.pid),
      node: this.processes.reduce((sum, { pid }) => sum + cpuOf(pid), 0),
      postgres: cpuOfTree(this.postgres.pid),
      connections: cpuOfChildren(this.postgres.pid, CONNECTION),
      kafka: this.kafka === undefined ? 0 : cpuOf(this.kafka.pid),
      wal: await walPosition(this.databaseUrl),
      fullPages: await fullPages(this.databaseUrl),
    };
  }

  async stop() {
    await Promise.all(this.processes.map((one) => one.stop()));
  }
}

/** Figures per order between two meter readings. */
export function perOrder(from, to, orders) {
  const of = (name) => (to[name] - from[name]) / orders;
  const seconds = (to.at - from.at) / 1000;
  return {
    orders,
    seconds,
    perSecond: orders / seconds,
    cpuMicros: of('node') + of('postgres'),
    cpu: { node: of('node'), postgres: of('postgres'), kafka: of('kafka') },
    /** Of PostgreSQL's CPU: vacuum, checkpoints and the like. */
    upkeepMicros: of('postgres') - of('connections'),
    walBytes: of('wal'),
    fullPages: of('fullPages'),
  };
}

export async function walPosition(url) {
  const [{ bytes }] = await ask(url, `SELECT pg_current_wal_lsn() - '0/0' AS bytes`);
  return Number(bytes);
}

/** After a checkpoint every page that is touched goes into the log whole, once. */
async function fullPages(url) {
  const [{ pages }] = await ask(url, 'SELECT wal_fpi AS pages FROM pg_stat_wal');
  return Number(pages);
}
