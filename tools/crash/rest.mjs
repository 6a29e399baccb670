import { setTimeout as pause } from 'node:timers/promises';

/** After the last fault everything must be done within a minute. */
export const REST_MS = 60_000;

/**
 * Waits until nothing is on its way any more: every order at its end, no lag, empty outboxes, nothing set aside.
 *
 * @returns {Promise<{ ms: number, left: object | undefined }>} how long it took since `since`, and what was left when it never came to rest
 */
export async function comeToRest({ topics, tables, traffic, services, orders, since }) {
  const sold = orders.filter(({ sells }) => sells).length;
  for (;;) {
    const left = {
      settled: topics.distinct('order.settled.v1').size,
      of: sold,
      requests: traffic.waiting,
      ...(await tables.unfinished()),
    };
    const isDone = left.settled >= sold && left.requests + left.outbox + left.parked + left.deliveries === 0;
    left.lag = isDone ? await topics.lag(services) : undefined;
    const ms = performance.now() - since;
    if (isDone && left.lag === 0) return { ms, left: undefined };
    if (ms > REST_MS)
      return { ms, left: { ...left, lag: await topics.lag(services), messages: await tables.parked() } };
    await pause(200);
  }
}
