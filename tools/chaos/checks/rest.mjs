import { setTimeout as pause } from 'node:timers/promises';

/** After the last fault everything must be done within a minute. */
export const REST_MS = 60_000;
/** What is not at rest then is waited for as long as anything moves, so that late can be told from lost. */
const STILL_MS = 60_000;
const LATE_MS = 600_000;

/**
 * Waits until nothing is on its way any more: every order at its end, no lag, empty outboxes, nothing set aside but poison.
 *
 * @param {{ topics: object, tables: object, journal: object, world: { waiting: () => number, isAnswered: () => boolean }, services: string[], sold: number, erp: { held(): number }, since: number }} what
 * @returns {Promise<{ ms: number, left: object | undefined }>} how long it took since `since`, and what was left after a minute
 */
export async function comeToRest({ topics, tables, journal, world, services, sold, erp, since }) {
  let lateWith;
  let before = '';
  let movedAt = performance.now();
  for (;;) {
    const left = { settled: journal.count('order.settled'), of: sold, requests: world.waiting(), erp: erp.held() };
    Object.assign(left, await tables.unfinished());
    const onTheWay = left.requests + left.outbox + left.parked + left.deliveries + left.reads;
    const isDone = left.settled >= sold && left.erp >= sold && onTheWay === 0 && world.isAnswered();
    if (isDone) left.lag = await topics.lag(services);
    const ms = performance.now() - since;
    if (left.lag === 0) return { ms, left: lateWith };
    if (ms > REST_MS && lateWith === undefined) lateWith = { ...left, lag: await topics.lag(services) };
    const now = JSON.stringify([left, journal.records]);
    if (now !== before) movedAt = performance.now();
    before = now;
    if (ms > REST_MS + LATE_MS || (lateWith !== undefined && performance.now() - movedAt > STILL_MS))
      return { ms, left: { ...lateWith, stillLate: left } };
    await pause(200);
  }
}
