// npm run bounce -- [--messages 100000] [--bounces 20] [--seed 1] [--keys 200] [--guards-off inbox] [--json FILE]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { tableOf } from './report.mjs';
import { run } from './run.mjs';

const BOUNCE_EVERY_MS = 6_000;
const PER_SECOND_MAX = 1_500;
/** A broker is away, or a killed process is missed, for about as long again. */
const AWAY = 2;

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    bounces: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    keys: { type: 'string', default: '200' },
    'guards-off': { type: 'string' },
    keep: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
});
const [messages, bounces, seed, keys] = ['messages', 'bounces', 'seed', 'keys'].map((name) => Number(values[name]));
const perSecond = Math.min(PER_SECOND_MAX, Math.ceil((messages * 1_000) / (BOUNCE_EVERY_MS * (bounces + 1))));
const minutes = Math.ceil(((messages / perSecond) * AWAY) / 60);

console.log(
  `${messages} messages over ${keys} keys, ${bounces} bounces, seed ${seed}; about ${minutes} minute${minutes === 1 ? '' : 's'}`,
);
const result = await run({
  messages,
  bounces,
  seed,
  keys,
  everyMs: BOUNCE_EVERY_MS,
  perSecond,
  guardsOff: values['guards-off'],
  keep: values.keep,
  say: (line) => console.log(line),
});
const passed = result.faults.length === 0;
console.log(`\n${passed ? 'passed' : 'FAILED'}\n${tableOf(result)}`);
for (const fault of result.faults) console.log(`  ✗ ${fault}`);
if (!passed) console.log(`  again: npm run bounce -- ${process.argv.slice(2).join(' ')}\n  logs: ${result.logs}`);
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(result, null, 2));
process.exit(passed ? 0 : 1);
