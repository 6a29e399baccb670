import { parseArgs } from 'node:util';

export const CONTESTANTS = ['embedded', 'kafka', 'baseline'];

/** What the command line asks for. @throws Error that says what is wrong with it. */
export function optionsOf(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      orders: { type: 'string', default: '10000' },
      rounds: { type: 'string', default: '3' },
      only: { type: 'string', multiple: true },
      sets: { type: 'string', default: '100' },
      partitions: { type: 'string', default: '4' },
      concurrency: { type: 'string', default: '1' },
      json: { type: 'string' },
      profile: { type: 'string' },
      batch: { type: 'string' },
      everything: { type: 'boolean', default: false },
      statements: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const only = values.only?.flatMap((names) => names.split(',')) ?? CONTESTANTS;
  const unknown = only.filter((name) => !CONTESTANTS.includes(name));
  if (unknown.length > 0)
    throw new Error(`--only: there is no ${unknown.join(', ')}; there are ${CONTESTANTS.join(', ')}`);
  return {
    ...values,
    only,
    orders: values.short ? 2000 : whole('orders', values.orders, 100),
    rounds: values.short ? 1 : whole('rounds', values.rounds, 1),
    sets: whole('sets', values.sets, 1),
    partitions: whole('partitions', values.partitions, 1),
    concurrency: whole('concurrency', values.concurrency, 1),
  };
}

function whole(name, text, least) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < least)
    throw new Error(`--${name} must be a whole number, at least ${least}`);
  return number;
}

export const USAGE = `node tools/bench/bench.mjs [options]

  --orders N        orders per round (10000); the baseline gets a fifth
  --rounds R        rounds; contestants take turns (3)
  --only NAME       embedded, kafka or baseline; may be repeated
  --sets N          orders per interchange (100)
  --partitions P    partitions per topic (4)
  --batch N         largest batch of Railhead's runner (its default: 300)
  --everything      Railhead also writes 855, 856, 810 and the order file
  --concurrency N   partitions that a consumer of the baseline works on at once (1, as Nest does it)
  --json FILE       all figures
  --profile FOLDER  CPU profiles of the contestants
  --statements      the costliest SQL statements
  --short           one round of 2000 orders
`;
