// One row: its contestants take turns, round after round; a round in which others kept the machine busy is repeated.
import { judged } from './verdict.mjs';
import { mediansOf, spreadsOf } from './medians.mjs';
import { NOISY_CORES, watchOthers } from './own-load.mjs';

/**
 * Medians are taken over the quiet rounds when there are as many as were asked for, else over all; no round is dropped
 * from the result.
 *
 * @param {object} row see rows/README.md
 * @param {{ rounds: number, repeats: number, short: boolean, options: object, say: (text: string) => void,
 *   keep: (partial: object) => void, watch?: typeof watchOthers }} how `repeats`: noisy rounds that are run again, at most
 */
export async function runRow(row, { rounds: asked, repeats, short, options, say, keep, watch = watchOthers }) {
  const wanted = row.rounds === undefined ? asked : Math.min(asked, row.rounds);
  const startedAt = new Date();
  const opened = await row.open({ say, short, options, keep });
  const rounds = [];
  try {
    const isQuiet = ({ noisy }) => !noisy;
    while (rounds.length < wanted || (rounds.filter(isQuiet).length < wanted && rounds.length < wanted + repeats)) {
      const round = await oneRound(row, opened, rounds.length, say, watch);
      rounds.push(round);
      if (round.noisy)
        say(`  round ${round.round} was noisy: others took up to ${round.foreignCores.toFixed(2)} cores`);
    }
  } finally {
    await opened.close();
  }
  return {
    title: row.title,
    at: startedAt.toISOString(),
    minutes: (Date.now() - startedAt) / 60_000,
    ...summary(row, rounds, wanted),
  };
}

async function oneRound(row, opened, before, say, watch) {
  const turn = before % 2 === 0 ? row.contestants : [...row.contestants].reverse();
  const contestants = {};
  for (const name of turn) {
    const others = watch();
    const figures = await opened.measure(name);
    const { foreignCores, seconds, load } = others();
    if (figures === undefined) continue; // this contestant sits out, e.g. for lack of a broker
    contestants[name] = { foreignCores, ...figures, load, tookSeconds: seconds };
    say(`  ${name}, round ${before + 1}: ${sayFigures(contestants[name])}`);
  }
  const foreignCores = Math.max(0, ...Object.values(contestants).map((one) => one.foreignCores));
  return { round: before + 1, noisy: foreignCores > NOISY_CORES, foreignCores, contestants };
}

function sayFigures({ perSecond, cpuMicros, foreignCores }) {
  return [
    ...(Number.isFinite(perSecond) ? [`${Math.round(perSecond)}/s`] : []),
    ...(Number.isFinite(cpuMicros) ? [`${cpuMicros.toFixed(1)} us CPU`] : []),
    `others ${foreignCores.toFixed(2)} cores`,
  ].join(', ');
}

/** Pure: what all rounds together say. */
export function summary(row, rounds, wanted) {
  const quiet = rounds.filter(({ noisy }) => !noisy);
  const counted = quiet.length >= wanted ? quiet : rounds;
  const names = row.contestants.filter((name) => counted.some(({ contestants }) => contestants[name] !== undefined));
  const by = (combine) =>
    Object.fromEntries(
      names.map((name) => [name, combine(counted.flatMap(({ contestants }) => contestants[name] ?? []))]),
    );
  const medians = by(mediansOf);
  return {
    noisy: quiet.length < wanted,
    rounds,
    medians,
    spreads: by(spreadsOf),
    against: row.against ?? row.contestants.at(-1),
    unit: row.unit ?? 'orders',
    goals: judged(row, medians, counted),
    notes: row.notes?.(medians),
  };
}
