import { setTimeout as pause } from 'node:timers/promises';

const TICK_MS = 250;
/** The end of a stage comes in drops: whatever is waited for in it, messages still flow. */
const DROPS = 0.2;
const DROP = 0.03;

/**
 * How many messages may have been committed a tick later.
 *
 * @param {number} released so far
 * @param {{ end: number, share: number, perTick: number }} stage `end`: how many at the end of the stage; `share`: how many in it
 */
export function nextRelease(released, { end, share, perTick }) {
  const left = end - released;
  if (left <= 0) return released;
  const some = left > share * DROPS ? perTick : Math.ceil(left * DROP);
  return released + Math.min(left, some);
}

/** Tells the producers how far they may go: a share of the messages before each bounce is over, the last share after them. */
export class Allowance {
  #released = 0;
  #stage = 0;
  #stopped = false;
  #running = Promise.resolve();

  /** @param {{ db: object, messages: number, slots: number, stages: number, perSecond: number }} options */
  constructor(options) {
    Object.assign(this, options);
  }

  start() {
    this.#running = this.#run();
    this.#running.catch(() => {}); // told by `stop`
  }

  /** The bounce that the stage was for is over. */
  next() {
    this.#stage += 1;
  }

  async stop() {
    this.#stopped = true;
    await this.#running;
  }

  async #run() {
    const perTick = Math.ceil((this.perSecond * TICK_MS) / 1000);
    const share = this.messages / this.stages;
    while (!this.#stopped && this.#released < this.messages) {
      const isLast = this.#stage >= this.stages - 1;
      const end = isLast ? this.messages : Math.floor(share * (this.#stage + 1));
      this.#released = nextRelease(this.#released, { end, share: isLast ? 0 : share, perTick });
      await this.#tell();
      await pause(TICK_MS);
    }
  }

  async #tell() {
    const totals = Array.from({ length: this.slots }, (_, slot) => Math.floor((this.#released + slot) / this.slots));
    await this.db.query(
      `INSERT INTO slots (slot, total) SELECT place - 1, total FROM unnest($1::int[]) WITH ORDINALITY AS t(total, place)
       ON CONFLICT (slot) DO UPDATE SET total = excluded.total`,
      [totals],
    );
  }
}
