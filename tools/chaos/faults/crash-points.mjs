import { setTimeout as pause } from 'node:timers/promises';

/** Services that pass a crash point in the course of ordinary orders. */
const CONNECTORS = ['edi-connector', 'carrier-connector', 'commerce-connector', 'crm-connector'];
const PASSING = {
  runner: ['tally', 'validation', 'fulfillment', 'billing', 'gateway', 'edi-connector', 'carrier-connector'],
  work: ['gateway', ...CONNECTORS],
  relay: ['gateway', 'validation', 'fulfillment', 'billing', ...CONNECTORS],
  parked: ['validation', 'fulfillment', 'billing'],
  delivery: ['edi-connector', 'erp-connector'],
};

/** The services that pass a point. */
export const placesOf = (point) => PASSING[point.split('.')[0]];

/**
 * Arms services with crash points, again and again, until every point was hit `hits` times or the time is over.
 * Several services are armed at once, each with another point.
 */
export function crashPoints(points, hits, limitMs) {
  return async ({ cluster, random }) => {
    const deadline = performance.now() + limitMs;
    const hitsOf = (point) => cluster.events.filter((event) => event.point === point).length;
    const armed = new Map();
    while (performance.now() < deadline) {
      for (const [id, { point, before, since }] of armed) {
        const isOver = hitsOf(point) > before || performance.now() - since > 20_000;
        if (isOver) armed.delete(id);
      }
      const open = points
        .filter((point) => hitsOf(point) < hits)
        .sort((a, b) => placesOf(a).length - placesOf(b).length || hitsOf(a) - hitsOf(b));
      if (open.length === 0) return;
      for (const point of open) {
        if ([...armed.values()].filter((one) => one.point === point).length >= hits - hitsOf(point)) continue;
        const free = cluster.members.filter(({ id, name }) => !armed.has(id) && placesOf(point).includes(name));
        if (free.length === 0) continue;
        const member = random.pick(free);
        armed.set(member.id, { point, before: hitsOf(point), since: performance.now() });
        member.arm(point, 1 + random.below(placesOf(point).length > 3 ? 3 : 1));
      }
      await pause(250);
    }
  };
}

/** About what one hit takes: the service starts, joins its groups and passes the point. Few messages are set aside. */
const HIT_MS = 7_000;
const PARKED_HIT_MS = 13_000;
const PARKED_SHAKY = 0.15;
const START_MS = 20_000;

/** One run per family of crash points: how long it takes and what does the harm. */
export function pointPlans(wanted, hits) {
  return [...Map.groupBy(wanted, (point) => point.split('.')[0])].map(([family, points]) => {
    const atOnce = Math.min(points.length, placesOf(points[0]).length);
    const overMs = START_MS + (points.length * hits * (family === 'parked' ? PARKED_HIT_MS : HIT_MS)) / atOnce;
    return {
      title: `${family}: every crash point ${hits} times`,
      points,
      overMs,
      harm: crashPoints(points, hits, overMs),
      ...(family === 'parked' && { shaky: PARKED_SHAKY }),
    };
  });
}
