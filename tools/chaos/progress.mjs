import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 5_000;
const ANSWER_MS = 2_000;

/** Says every few seconds how far a run is, until it is told to stop. */
export function reportProgress({ say, world, topics, tables, services, injected, planned, journal }) {
  const stopped = new AbortController();
  const startedAt = performance.now();
  const line = async () => {
    const { sent, planned: orders, accepted } = world.progress();
    const lags = await inTime(topics.lags(services));
    const left = await inTime(tables.unfinished());
    const at = `${Math.round((performance.now() - startedAt) / 1000)} s`.padStart(6);
    const faults = `faults ${injected.done.length}/${planned}`;
    const money = left === undefined ? 'database away' : `outbox ${left.outbox}, set aside ${left.parked}`;
    say(
      `${at}  orders ${sent}/${orders} sent, ${accepted} accepted, ${journal.count('order.settled')} settled; ${faults}; ` +
        `${lags === undefined ? 'broker away' : lagLine(lags)}, ${money}`,
    );
  };
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await pause(EVERY_MS, undefined, { signal: stopped.signal }).catch(() => {});
      if (!stopped.signal.aborted) await line().catch(() => {});
    }
  })();
  return async () => {
    stopped.abort();
    await loop;
  };
}

/** All lag together, and who has most of it. */
function lagLine(lags) {
  const [[most, of]] = [...lags].toSorted(([, one], [, other]) => other - one);
  const all = [...lags.values()].reduce((sum, lag) => sum + lag, 0);
  return of === 0 ? 'lag 0' : `lag ${all} (${most} ${of})`;
}

/** Undefined when it fails or takes too long: somebody is away just now. */
function inTime(asked) {
  return Promise.race([asked.catch(() => undefined), pause(ANSWER_MS, undefined)]);
}
