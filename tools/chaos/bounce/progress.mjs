import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 3_000;
const LOOK_MS = 250;
const figure = (number) => number.toLocaleString('en-US');

/** What the two sides have come to, read from their tables. */
export class Progress {
  #done = [];
  #startedAt = performance.now();
  #timer;
  #reading = Promise.resolve();

  constructor(source, sink, messages, say) {
    this.source = source;
    this.messages = messages;
    this.sink = sink;
    this.say = say;
  }

  /** A line every few seconds. */
  start() {
    this.#startedAt = performance.now();
    this.#timer = setInterval(() => {
      this.#reading = this.#line().catch(() => {});
    }, EVERY_MS);
  }

  async stop() {
    clearInterval(this.#timer);
    await this.#reading;
  }

  happened(event) {
    this.#done.push(event);
  }

  async #line() {
    const [produced, outbox, consumed] = [await this.#produced(), await this.#outbox(), await this.#effects()];
    const last = this.#done.at(-1);
    const seconds = Math.round((performance.now() - this.#startedAt) / 1000);
    const bounces = `${this.#done.length} bounces${last === undefined ? '' : ` (last: ${last.kind})`}`;
    this.say(
      `${String(seconds).padStart(4)} s  committed ${figure(produced)}  consumed ${figure(consumed)}  outbox ${figure(outbox)}  ${bounces}`,
    );
  }

  /** @throws Error when the producers do not come to their end in time */
  async allProduced(limitMs) {
    if (!(await this.#wait(async () => (await this.#produced()) >= this.messages, limitMs)))
      throw new Error(`the producers did not come to their end within ${limitMs / 1000} s`);
  }

  /** Whether everything arrived in time. */
  allArrived(limitMs) {
    return this.#wait(async () => (await this.#outbox()) === 0 && (await this.#distinct()) >= this.messages, limitMs);
  }

  async #wait(check, limitMs) {
    const deadline = performance.now() + limitMs;
    while (!(await check())) {
      if (performance.now() > deadline) return false;
      await pause(LOOK_MS);
    }
    return true;
  }

  /** What was committed, what took effect, and what was delivered. */
  async books() {
    const wanted = await this.source.query('SELECT key, count(*)::int AS count FROM produced GROUP BY key');
    const effects = await this.sink.query('SELECT key, number FROM effects ORDER BY effect_id');
    const [deliveries] = await this.sink.query(
      'SELECT coalesce(sum(records), 0)::int AS records, coalesce(sum(again), 0)::int AS again FROM deliveries',
    );
    const [{ parked }] = await this.sink.query('SELECT count(*)::int AS parked FROM parked');
    const outbox = await this.#outbox();
    return { wanted: new Map(wanted.map(({ key, count }) => [key, count])), effects, deliveries, outbox, parked };
  }

  async #produced() {
    return one(this.source, 'SELECT coalesce(sum(done), 0)::int AS n FROM slots');
  }

  async #outbox() {
    return one(this.source, 'SELECT count(*)::int AS n FROM outbox');
  }

  async #effects() {
    return one(this.sink, 'SELECT count(*)::int AS n FROM effects');
  }

  async #distinct() {
    if ((await this.#effects()) < this.messages) return 0; // the exact count costs more
    return one(this.sink, 'SELECT count(*)::int AS n FROM (SELECT DISTINCT key, number FROM effects)');
  }
}

async function one(db, sql) {
  return (await db.query(sql))[0].n;
}
