import { OrderCancelRequested } from '@railhead/contracts';
import { announce } from '@railhead/service-kit';
import { setTimeout as pause } from 'node:timers/promises';
import { dice } from '../../random.mjs';
import { wishOf } from '../wishes.mjs';

const WRITERS = 4;
const PER_COMMIT = 20;
const HELD_MS_MAX = 15;

const wish = (key) => announce(OrderCancelRequested, key, wishOf(key, 0), { correlationId: key });

/**
 * Many writers at once, whose transactions take their time between the insert and the commit: rows become visible out of
 * the order of their ids, for different keys.
 *
 * @returns {Promise<Map<string, number>>} how many messages each key has
 */
export async function writeAtOnce({ db, outbox, keys, events, seed }) {
  const wanted = new Map(keys.map((key) => [key, 0]));
  const writer = async (n) => {
    const random = dice(seed * WRITERS + n);
    for (let left = events / WRITERS; left > 0; left -= PER_COMMIT) {
      const some = Array.from({ length: Math.min(PER_COMMIT, left) }, () => random.pick(keys));
      await db.transaction(async (tx) => {
        await outbox.append(tx, some.map(wish));
        await pause(random.below(HELD_MS_MAX));
      });
      for (const key of some) wanted.set(key, wanted.get(key) + 1);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, (_, n) => writer(n)));
  return wanted;
}

/**
 * The moment a cursor stumbles over, made on purpose: one transaction writes first about `early`, another writes about `late`
 * and commits, and only then the first writes about `late` too and commits.
 */
export async function commitLate({ db, outbox, early, late, untilPublished }) {
  await db.transaction(async (tx) => {
    await outbox.append(tx, [wish(early)]);
    await db.transaction((other) => outbox.append(other, [wish(late)]));
    await untilPublished();
    await outbox.append(tx, [wish(late)]);
  });
}

/** The moment several relays stumble over: while one is at the first message of a key, the second one is committed. */
export async function writeBehind({ db, outbox, key, untilTaken }) {
  await db.transaction((tx) => outbox.append(tx, [wish(key)]));
  await untilTaken();
  await db.transaction((tx) => outbox.append(tx, [wish(key)]));
}
