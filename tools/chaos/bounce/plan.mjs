import { dice } from '../random.mjs';

/** The two places where a death leaves something that was done and is not known to be done, and a broker that is simply gone. */
const SURE_TO_BITE = ['source dies after publishing', 'sink dies after its commit', 'broker killed'];
const OTHERS = ['broker stopped', 'source killed', 'sink killed', 'source restarted', 'sink restarted'];

/** Everything that is done to brokers and clients. */
export const KINDS = [...SURE_TO_BITE, ...OTHERS];

const AWAY_MS_MIN = 1_000;
const AWAY_MS_MAX = 6_000;

/**
 * What is done when: every kind once before any comes again, those that surely bite first.
 *
 * @param {{ bounces: number, seed: number, everyMs: number, processes: number }} wanted `processes`: of each side
 * @returns {{ afterMs: number, kind: string, which: number, nth: number, awayMs: number }[]} `afterMs`: after the one before is over; `which`: process from 0; `nth`: pass of a crash point
 */
export function planBounces({ bounces, seed, everyMs, processes }) {
  const random = dice(seed);
  const kinds = [...shuffled(SURE_TO_BITE, random), ...shuffled(OTHERS, random)];
  while (kinds.length < bounces) kinds.push(...shuffled(KINDS, random));
  return kinds.slice(0, bounces).map((kind) => ({
    afterMs: Math.round(everyMs * (0.5 + random.next())),
    kind,
    which: random.below(processes),
    nth: 1 + random.below(3),
    awayMs: AWAY_MS_MIN + random.below(AWAY_MS_MAX - AWAY_MS_MIN),
  }));
}

function shuffled(list, random) {
  const left = [...list];
  return list.map(() => left.splice(random.below(left.length), 1)[0]);
}
