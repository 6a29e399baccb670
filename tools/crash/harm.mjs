import { setTimeout as pause } from 'node:timers/promises';

/** Kills random services, one every `everyMs`, whatever they are doing. */
export function randomKills(kills, everyMs) {
  return async ({ cluster, random }) => {
    for (let n = 0; n < kills; n++) {
      await pause(everyMs * (0.5 + random.next()));
      cluster.kill(random.pick(cluster.instances()));
    }
  };
}

/** Services that pass a crash point in the course of ordinary orders. */
const PASSING = {
  runner: ['tally', 'validation', 'fulfillment', 'billing', 'gateway', 'edi-connector', 'carrier-connector'],
  work: ['gateway', 'edi-connector', 'carrier-connector'],
  relay: ['gateway', 'validation', 'fulfillment', 'billing', 'edi-connector', 'carrier-connector'],
  parked: ['validation', 'fulfillment', 'billing'],
  delivery: ['edi-connector'],
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
        const free = cluster.instances().filter((id) => !armed.has(id) && placesOf(point).includes(id.split('#')[0]));
        if (free.length === 0) continue;
        const id = random.pick(free);
        armed.set(id, { point, before: hitsOf(point), since: performance.now() });
        await cluster.arm(id, point, 1 + random.below(placesOf(point).length > 3 ? 3 : 1));
      }
      await pause(250);
    }
  };
}
