// npm run crash -- [--orders 500] [--kills 10] [--seed 1] [--points [--hits 20] [--only relay]] [--guards-off inbox] [--instances 1] [--json FILE]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startKafka } from '../kafka/start-kafka.mjs';
import { crashPoints, placesOf, randomKills } from './harm.mjs';
import { pointsTable, print } from './report.mjs';
import { run } from './run.mjs';

const KILL_EVERY_MS = 4_000;
/** About what one hit takes: the service starts, joins its groups and passes the point. Few messages are set aside. */
const HIT_MS = 7_000;
const PARKED_HIT_MS = 13_000;
const PARKED_SHAKY = 0.15;
const START_MS = 20_000;

const { values } = parseArgs({
  options: {
    orders: { type: 'string' },
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    points: { type: 'boolean', default: false },
    hits: { type: 'string', default: '20' },
    only: { type: 'string', multiple: true },
    'guards-off': { type: 'string' },
    instances: { type: 'string', default: '1' },
    calm: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const number = (name) => Number(values[name]);

/** One run with random kills, or one run per family of crash points. */
async function plans() {
  if (!values.points) {
    const kills = number('kills');
    const overMs = Math.max(10_000, kills * KILL_EVERY_MS);
    return [
      {
        title: `${kills} random kills, seed ${values.seed}`,
        orders: 500,
        overMs,
        harm: randomKills(kills, KILL_EVERY_MS),
        wanted: [],
      },
    ];
  }
  const { CRASH_POINTS } = await import('@railhead/service-kit');
  const wanted = CRASH_POINTS.filter((point) => values.only?.some((start) => point.startsWith(start)) ?? true);
  const hits = number('hits');
  return [...Map.groupBy(wanted, (point) => point.split('.')[0])].map(([family, points]) => {
    const atOnce = Math.min(points.length, placesOf(points[0]).length);
    const overMs = START_MS + (points.length * hits * (family === 'parked' ? PARKED_HIT_MS : HIT_MS)) / atOnce;
    return {
      title: `${family}: every crash point ${hits} times`,
      orders: 200,
      overMs,
      harm: crashPoints(points, hits, overMs),
      wanted: points,
      shaky: family === 'parked' ? PARKED_SHAKY : undefined,
    };
  });
}

async function carryOut({ title, wanted, ...plan }, brokers) {
  console.log(`\n${title}`);
  const result = await run({
    brokers,
    seed: number('seed'),
    instances: number('instances'),
    guardsOff: values['guards-off'],
    keep: values.keep,
    say: (what) => console.log(`… ${what}`),
    ...plan,
    orders: values.orders === undefined ? plan.orders : number('orders'),
    ...(values.calm && { shaky: 0 }),
  });
  const { hits, never } = pointsTable(wanted, result.events);
  for (const point of never) result.faults.push(`points: ${point} was never reached`);
  print(title, { ...result, hits });
  return { title, ...result, hits };
}

const kafka = await startKafka({ quickStart: false });
const results = [];
try {
  for (const plan of await plans()) results.push(await carryOut(plan, kafka.brokers));
} finally {
  await kafka.stop();
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ seed: number('seed'), results }, null, 2));
const faults = results.reduce((sum, { faults: found }) => sum + found.length, 0);
console.log(`\n${results.length} run(s), ${faults} faults`);
process.exit(faults > 0 ? 1 : 0);
