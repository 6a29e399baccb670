// npm run chaos: see options.mjs for the command line and README.md for what is demanded.
import { startKafka } from '@railhead/kafka-local';
import { writeFile } from 'node:fs/promises';
import { pointPlans } from './faults/crash-points.mjs';
import { readOptions, USAGE } from './options.mjs';
import { pointsTable, print } from './report.mjs';
import { endRuns, run } from './run.mjs';

const options = optionsOrExit();
const say = (line) => console.log(line);
const commandLine = `npm run chaos -- ${process.argv.slice(2).join(' ')}`;

// Everything the rig starts ends with it, also when somebody presses Ctrl-C.
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    console.error(`\n${signal}: stopping everything`);
    void endRuns().finally(() => process.exit(130));
  });

const results = options.points ? await everyPoint() : [await randomFaults()];
if (options.json !== undefined)
  await writeFile(
    options.json,
    `${JSON.stringify(options.points ? { seed: options.seed, results } : results[0], null, 2)}\n`,
  );
const faults = results.reduce((sum, result) => sum + result.faults.length, 0);
if (faults > 0) console.log(`\n${faults} faults. Again: ${commandLine}`);
process.exit(faults > 0 ? 1 : 0);

function optionsOrExit() {
  try {
    const read = readOptions(process.argv.slice(2));
    if (!read.help) return read;
    console.log(USAGE);
    return process.exit(0);
  } catch (error) {
    console.error(`${error.message}\n\n${USAGE}`);
    return process.exit(64);
  }
}

async function randomFaults() {
  const { counts, orders, seed } = options;
  say(`${orders} orders, ${counts.kills} kills, seed ${seed}`);
  const result = { ...(await run({ ...options, say })), commandLine };
  print(`${orders} orders, ${counts.kills} kills, seed ${seed}`, result);
  return result;
}

/** One run per family of crash points, on one Kafka. */
async function everyPoint() {
  const { CRASH_POINTS } = await import('@railhead/service-kit');
  const wanted = CRASH_POINTS.filter((point) => options.only?.some((start) => point.startsWith(start)) ?? true);
  const kafka = await startKafka({ quickStart: false });
  const all = [];
  try {
    for (const { title, points, ...plan } of pointPlans(wanted, options.hits)) {
      say(`\n${title}`);
      const { orders, seed, keep, guardsOff, instances } = options;
      const result = await run({ brokers: kafka.brokers, orders, seed, keep, guardsOff, instances, say, ...plan });
      const { hits, never } = pointsTable(points, result.events);
      for (const point of never) result.faults.push(`points: ${point} was never reached`);
      print(title, { ...result, hits });
      all.push({ title, ...result, hits });
    }
  } finally {
    await kafka.stop();
  }
  return all;
}
