import { parseArgs } from 'node:util';
import { countsFor, leastMs } from './faults/plan.mjs';

export const USAGE = `npm run chaos -- [--orders 10000] [--kills 50] [--seed 1] [--json FILE] [--keep]
  how many of each fault (else in proportion to the kills):
    --pauses --database-crashes --broker-outages --rebalances --cuts --blackholes --slowdowns
  --seconds S        how long the orders take to come in (else as long as the faults need, at most 10 orders a second)
  --poison 0.01      records that nobody can handle, as a share of the orders
  --duplicates 0.05  --reorder 0.05  --malformed 0.01  --wrong-signature 0.01  --create-then-hang 0.1
  --instances 1      processes per service
  --guards-off NAME  a control that must end red
  --points [--hits 20] [--only relay]   kill -9 at every named crash point instead`;

const KILL_EVERY_MS = 14_000;
/** Over all intakes, with all parties, ten processes and the rig itself, two cores are full at about fifteen. */
const ORDERS_PER_SECOND = 10;
const LEAST_MS = 15_000;

const COUNTS = {
  pauses: 'pauses',
  databaseCrashes: 'database-crashes',
  brokerOutages: 'broker-outages',
  rebalances: 'rebalances',
  cuts: 'cuts',
  blackholes: 'blackholes',
  slowdowns: 'slowdowns',
};
/** What goes wrong at the outside parties, with its share in the long run. */
const SHARES = {
  duplicates: ['duplicates', '0.05'],
  reorder: ['reorder', '0.05'],
  malformed: ['malformed', '0.01'],
  wrongSignature: ['wrong-signature', '0.01'],
  createThenHang: ['create-then-hang', '0.1'],
};

/** What the command line asks for. @throws TypeError for an option nobody knows or a number that is none. */
export function readOptions(args) {
  const string = (value) => ({ type: 'string', ...(value !== undefined && { default: value }) });
  const { values } = parseArgs({
    args,
    options: {
      orders: string(),
      kills: string(),
      seed: string('1'),
      seconds: string(),
      poison: string('0.01'),
      instances: string('1'),
      hits: string('20'),
      only: { type: 'string', multiple: true },
      'guards-off': string(),
      json: string(),
      points: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...Object.fromEntries(Object.values(COUNTS).map((name) => [name, string()])),
      ...Object.fromEntries(Object.values(SHARES).map(([name, share]) => [name, string(share)])),
    },
  });
  const number = (name) => {
    if (values[name] === undefined) return undefined;
    const read = Number(values[name]);
    if (!(Number.isFinite(read) && read >= 0)) throw new TypeError(`--${name} is a number, not "${values[name]}"`);
    return read;
  };
  const counts = countsFor(
    number('kills') ?? 50,
    Object.fromEntries(Object.entries(COUNTS).map(([key, name]) => [key, number(name)])),
  );
  const orders = number('orders') ?? (values.points ? 200 : 10_000);
  const seconds = number('seconds');
  return {
    orders,
    seed: number('seed'),
    counts,
    overMs: seconds === undefined ? defaultMs(orders, counts) : seconds * 1000,
    shares: Object.fromEntries(Object.entries(SHARES).map(([key, [name]]) => [key, number(name)])),
    poison: number('poison'),
    instances: number('instances'),
    hits: number('hits'),
    only: values.only,
    guardsOff: values['guards-off'],
    json: values.json,
    points: values.points,
    keep: values.keep,
    help: values.help,
  };
}

/** Long enough for all faults to be over before the last order, and for the machine to keep up. */
function defaultMs(orders, counts) {
  return Math.max(LEAST_MS, leastMs(counts, { killEveryMs: KILL_EVERY_MS }), (orders * 1000) / ORDERS_PER_SECOND);
}
