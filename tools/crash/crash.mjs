// npm run crash -- [--orders 500] [--kills 10] [--seed 1] [--points [--hits 20]] [--guards-off inbox] [--instances 1] [--json FILE] [--keep]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startKafka } from '../kafka/start-kafka.mjs';
import { crashPoints, randomKills } from './harm.mjs';
import { pointsTable, print } from './report.mjs';
import { run } from './run.mjs';

const KILL_EVERY_MS = 4_000;
const HIT_MS = 6_000;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '500' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    points: { type: 'boolean', default: false },
    hits: { type: 'string', default: '20' },
    only: { type: 'string', multiple: true },
    'guards-off': { type: 'string' },
    instances: { type: 'string', default: '1' },
    json: { type: 'string' },
    keep: { type: 'boolean', default: false },
    calm: { type: 'boolean', default: false },
  },
});
const number = (name) => Number(values[name]);

async function points() {
  const { CRASH_POINTS } = await import('@railhead/service-kit');
  return CRASH_POINTS.filter((point) => values.only === undefined || values.only.some((wanted) => point.startsWith(wanted)));
}

async function plan() {
  const common = {
    orders: number('orders'),
    seed: number('seed'),
    instances: number('instances'),
    guardsOff: values['guards-off'],
    keep: values.keep,
    shaky: !values.calm,
    say: (what) => console.log(`… ${what}`),
  };
  if (!values.points) {
    const kills = number('kills');
    return { title: `${kills} kills, seed ${common.seed}`, options: { ...common, overMs: Math.max(10_000, kills * KILL_EVERY_MS), harm: randomKills(kills, KILL_EVERY_MS) }, wanted: [] };
  }
  const wanted = await points();
  const hits = number('hits');
  const overMs = Math.max(20_000, wanted.length * hits * HIT_MS * 0.5);
  return { title: `every crash point ${hits} times`, options: { ...common, overMs, harm: crashPoints(wanted, hits, overMs * 1.5) }, wanted, hits };
}

const { title, options, wanted } = await plan();
const kafka = await startKafka({ quickStart: false });
let failed = true;
try {
  const result = await run({ brokers: kafka.brokers, ...options });
  const reached = pointsTable(wanted, result.events);
  for (const point of reached.never) result.faults.push(`points: ${point} was never reached`);
  print(title, result);
  if (wanted.length > 0) console.table(reached.hits);
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ title, seed: number('seed'), ...result, points: reached.hits }, null, 2));
  failed = result.faults.length > 0;
} finally {
  await kafka.stop();
}
process.exit(failed ? 1 : 0);
