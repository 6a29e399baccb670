import { OrderCancelRequested } from '@railhead/contracts';
import { announce } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { wishOf } from '../../controls/wishes.mjs';
import { dice } from '../../random.mjs';

const PER_COMMIT = 20;
const NOT_NOW_MS = 50;

const TAKE =
  'UPDATE slots SET done = least(done + $2, total) WHERE slot = $1 AND done < total RETURNING old.done AS "from", done AS "to"';
/** Keys in one order everywhere: two producers must not wait for each other in a circle. */
const COUNT = `
  INSERT INTO counters AS c (key, number)
  SELECT key, count(*) FROM unnest($1::text[]) AS key GROUP BY key ORDER BY key
  ON CONFLICT (key) DO UPDATE SET number = c.number + excluded.number
  RETURNING key, number`;
const KEEP = 'INSERT INTO produced SELECT * FROM unnest($1::text[], $2::int[])';

/** Commits numbered messages through the outbox, as many as its slot allows; whatever happens to its process. */
export class Producer {
  #stopped = false;
  #running = Promise.resolve();

  /** @param {{ work: object, slot: number, seed: number, keys: string[] }} options */
  constructor(options) {
    Object.assign(this, options);
  }

  start() {
    this.#running = this.#run();
  }

  async stop() {
    this.#stopped = true;
    await this.#running;
  }

  async #run() {
    while (!this.#stopped) {
      const count = await this.#commit().catch((error) => console.error(error) ?? 0);
      if (count === 0) await pause(NOT_NOW_MS);
    }
  }

  /** One transaction; returns how many messages it committed. */
  #commit() {
    return this.work.run(async (tx, say) => {
      const [took] = await tx.query(TAKE, [this.slot, PER_COMMIT]);
      if (took === undefined) return 0;
      const chosen = this.#keysFor(took.from, took.to - took.from);
      const last = new Map((await tx.query(COUNT, [chosen])).map(({ key, number }) => [key, number]));
      const messages = numbered(chosen, last);
      await tx.query(KEEP, [messages.map(({ key }) => key), messages.map(({ number }) => number)]);
      say(
        ...messages.map(({ key, number }) =>
          announce(OrderCancelRequested, key, wishOf(key, number), { correlationId: key }),
        ),
      );
      return messages.length;
    });
  }

  /** The same for the same seed, however often the transaction had to be made. */
  #keysFor(from, count) {
    const random = dice(this.seed * 7_919 + this.slot * 1_000_003 + from);
    return Array.from({ length: count }, () => random.pick(this.keys));
  }
}

/** Numbers the keys in their order, so that each ends at its last number. */
function numbered(keys, last) {
  const left = new Map();
  for (const key of keys) left.set(key, (left.get(key) ?? 0) + 1);
  return keys.map((key) => {
    left.set(key, left.get(key) - 1);
    return { key, number: last.get(key) - left.get(key) };
  });
}
