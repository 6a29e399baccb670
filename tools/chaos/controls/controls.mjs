// npm run controls -- [--only inbox,signature] [--seed 1] [--json FILE]
import { startKafka } from '@railhead/kafka-local';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startDatabase } from '../database.mjs';
import { CONTROLS } from './catalogue.mjs';
import { runControl } from './run-control.mjs';

const { values } = parseArgs({
  options: { only: { type: 'string' }, seed: { type: 'string', default: '1' }, json: { type: 'string' } },
});
const names = values.only?.split(',') ?? Object.keys(CONTROLS);
const unknown = names.filter((name) => CONTROLS[name] === undefined);
if (unknown.length > 0) {
  console.error(`There is no control ${unknown.join(', ')}. There are: ${Object.keys(CONTROLS).join(', ')}.`);
  process.exit(2);
}

const seed = Number(values.seed);
const database = await startDatabase();
const kafka = names.some((name) => CONTROLS[name].needsKafka) ? await startKafka() : undefined;
const results = [];
try {
  console.log(`Every guard on, then off; seed ${seed}.`);
  for (const name of names) {
    const result = await runControl(CONTROLS[name], { seed, server: database.url, brokers: kafka?.brokers });
    results.push({ name, ...result });
    print(result);
  }
} finally {
  await kafka?.stop();
  await database.stop();
}
const open = results.filter(({ proved }) => !proved);
if (values.json !== undefined) await writeFile(values.json, JSON.stringify({ seed, results }, null, 2));
console.log(`\n${results.length - open.length} of ${results.length} guards proved`);
process.exit(open.length > 0 ? 1 : 0);

function print({ guard, on, off, verdict, seconds }) {
  console.log(`\n${guard}: ${verdict} (${seconds} s)`);
  console.log(`  on   ${on}`);
  console.log(`  off  ${off}`);
}
