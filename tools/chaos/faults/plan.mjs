import { dice } from '../random.mjs';

/** What is harmed one at a time: two outages of one thing at once are one outage. Kills and pauses hit any service at any time. */
const LANES = {
  'broker outage': 'kafka',
  'kafka cut': 'kafka',
  'kafka blackhole': 'kafka',
  'kafka slow': 'kafka',
  poison: 'kafka',
  'database crash': 'database',
  'database cut': 'database',
  'database blackhole': 'database',
  'database slow': 'database',
  rebalance: 'rebalance',
  pause: 'pause',
  kill: 'kill',
};

/** What one fault takes at most, restart included; what a lane needs beside the faults to recover in between. */
const KILLED_BROKER_RESTART_MS = 4_000;
const BREATH_MS = 2_000;
const FIRST_AT_MS = 2_000;

/** How many of each kind go with so many kills: the long run's proportions (50 kills, 10 pauses, 5 crashes …). */
export function countsFor(kills, given = {}) {
  const share = (perKill, least = 1) => (kills === 0 ? 0 : Math.max(least, Math.round(kills * perKill)));
  return {
    kills,
    pauses: share(0.2),
    databaseCrashes: share(0.1),
    brokerOutages: share(0.1),
    rebalances: share(0.4),
    cuts: share(0.2),
    blackholes: share(0.1),
    slowdowns: share(0.1),
    ...Object.fromEntries(Object.entries(given).filter(([, count]) => count !== undefined)),
  };
}

/**
 * Decides what will be harmed, how and when, over `overMs`. The same options give the same plan.
 *
 * @param {object} options
 * @param {number} options.seed
 * @param {ReturnType<typeof countsFor>} options.counts
 * @param {readonly string[]} options.services who can be killed, paused and doubled
 * @param {number} options.overMs the last fault is over by then, as far as its length is known beforehand
 * @param {number} [options.pauseMs] longer than a consumer's session
 * @param {number} [options.outageMs]
 * @returns {{ at: number, ms: number, kind: string, lane: string, service?: string, how?: string }[]} by time
 */
export function planFaults({ seed, counts, services, overMs, pauseMs = 9_000, outageMs = 15_000 }) {
  const random = dice(seed);
  const between = (least, most) => Math.round(least + random.next() * (most - least));
  const wires = ['kafka', 'database'];
  const many = (count, make) => Array.from({ length: count }, (_, n) => make(n));
  const faults = [
    ...many(counts.kills, () => ({ kind: 'kill', ms: 0, service: random.pick(services) })),
    ...many(counts.pauses, () => ({ kind: 'pause', ms: pauseMs, service: random.pick(services) })),
    ...many(counts.databaseCrashes, () => ({ kind: 'database crash', ms: between(200, 3_000) })),
    ...many(counts.brokerOutages, (n) => ({ kind: 'broker outage', ms: outageMs, how: n % 2 === 0 ? 'stop' : 'kill' })),
    ...many(counts.rebalances, () => ({
      kind: 'rebalance',
      ms: between(3_000, 8_000),
      service: random.pick(services),
    })),
    ...many(counts.cuts, (n) => ({ kind: `${wires[n % 2]} cut`, ms: 0, how: random.pick(['cut', 'reset']) })),
    ...many(counts.blackholes, (n) => ({ kind: `${wires[n % 2]} blackhole`, ms: between(3_000, 8_000) })),
    ...many(counts.slowdowns, (n) => ({ kind: `${wires[(n + 1) % 2]} slow`, ms: between(3_000, 6_000) })),
  ];
  const lanes = Map.groupBy(faults, ({ kind }) => LANES[kind]);
  return [...lanes]
    .flatMap(([lane, inLane]) => spread(inLane, { random, overMs }).map((fault) => ({ ...fault, lane })))
    .sort((a, b) => a.at - b.at);
}

/** Shuffles the faults of one lane and spreads them over the time, so that none begins before the one before is over. */
function spread(faults, { random, overMs }) {
  const order = faults
    .map((fault) => ({ fault, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ fault }) => fault);
  const free = overMs - FIRST_AT_MS - order.reduce((sum, fault) => sum + lengthOf(fault), 0);
  const slack = Math.max(0, free) / Math.max(1, order.length);
  let from = FIRST_AT_MS;
  return order.map((fault) => {
    const at = Math.round(from + random.next() * slack);
    from += slack + lengthOf(fault);
    return { at, ...fault };
  });
}

/** How long a fault keeps its lane, with the time to come back. */
export function lengthOf({ kind, ms, how }) {
  const restart = kind === 'broker outage' && how === 'kill' ? KILLED_BROKER_RESTART_MS : 0;
  return ms === 0 ? 0 : ms + restart + BREATH_MS;
}

/** The least time that all faults of a plan need: the longest lane, and `everyMs` per kill. */
export function leastMs(counts, { pauseMs = 9_000, outageMs = 15_000, killEveryMs = 4_000 } = {}) {
  const kafka = counts.brokerOutages * (outageMs + 6_000) + (counts.blackholes + counts.slowdowns) * 10_000;
  const database = counts.databaseCrashes * 5_000 + (counts.blackholes + counts.slowdowns) * 10_000;
  return (
    FIRST_AT_MS +
    Math.max(
      kafka,
      database,
      counts.kills * killEveryMs,
      counts.pauses * (pauseMs + BREATH_MS),
      counts.rebalances * (8_000 + BREATH_MS),
    )
  );
}
