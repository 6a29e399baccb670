import { parseArgs } from 'node:util';

const OPTIONS = {
  only: { type: 'string', multiple: true },
  rounds: { type: 'string', default: '3' },
  repeats: { type: 'string', default: '2' },
  short: { type: 'boolean', default: false },
  everything: { type: 'boolean', default: false },
  json: { type: 'string' },
  orders: { type: 'string' },
  stored: { type: 'string' },
  backlog: { type: 'string' },
  sets: { type: 'string', default: '100' },
  partitions: { type: 'string', default: '4' },
  concurrency: { type: 'string', default: '1' },
  batch: { type: 'string' },
  contestants: { type: 'string', multiple: true },
  answers: { type: 'boolean', default: false },
  profile: { type: 'string' },
  statements: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

/** What the command line asks for. `bench x12 intake` is `bench --only x12,intake`. @throws Error that says what is wrong with it. */
export function optionsOf(argv) {
  const { values, positionals } = parseArgs({ args: argv, allowPositionals: true, options: OPTIONS });
  const names = [...(values.only ?? []), ...positionals].flatMap((list) => list.split(','));
  const number = (name, least) => (values[name] === undefined ? undefined : whole(name, values[name], least));
  return {
    ...values,
    only: names.length === 0 ? undefined : names,
    contestants: values.contestants?.flatMap((list) => list.split(',')),
    rounds: values.short ? 1 : whole('rounds', values.rounds, 1),
    repeats: values.short ? 0 : whole('repeats', values.repeats, 0),
    orders: number('orders', 100),
    stored: number('stored', 1000),
    backlog: number('backlog', 500),
    sets: number('sets', 1),
    partitions: number('partitions', 1),
    concurrency: number('concurrency', 1),
    batch: number('batch', 1),
  };
}

function whole(name, text, least) {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} must be a whole number, at least ${least}`);
  return value;
}

/** @param {readonly { id: string, title: string, onlyWhenNamed?: boolean }[]} rows */
export const usage = (rows) => `node tools/bench/bench.mjs [row ...] [options]

  --only A,B        these rows only; the same as naming them
  --rounds R        rounds; contestants take turns (3)
  --repeats N       noisy rounds of a row that are run again, at most (2)
  --short           one round of seconds, to see that it runs: no figure to quote
  --everything      the long rows too, at full length: a million orders stored, a backlog of 100,000, four workers
  --json FILE       all figures; rows in FILE that are not run now stay

of the end-to-end rows:
  --orders N        orders per round
  --stored N        growth, order-files: orders stored at the end (20000)
  --backlog N       recovery: orders waiting (5000)
  --contestants A,B only these of the row
  --sets N          orders per interchange (100)
  --partitions P    partitions per topic (4)
  --batch N         largest batch of Railhead's runner (its default: 300)
  --answers         Railhead also writes 855, 856, 810 and the order file
  --concurrency N   partitions that a consumer of the baseline works on at once (1, as Nest does it)
  --profile FOLDER  CPU profiles of the measured bursts, and the functions that took most
  --statements      the costliest SQL statements

rows:
${rows.map(({ id, title, onlyWhenNamed }) => `  ${id.padEnd(17)} ${title}${onlyWhenNamed ? ' (only when named, or with --everything)' : ''}`).join('\n')}
`;
