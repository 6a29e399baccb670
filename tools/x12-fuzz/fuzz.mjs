#!/usr/bin/env node
// Feeds the X12 reader damaged files and noise, and says what it could not take.
// node tools/x12-fuzz/fuzz.mjs --inputs 200000 --seed 7
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runFuzz } from './run-fuzz.mjs';
import { seedFiles } from './seeds.mjs';

const { values } = parseArgs({
  options: { inputs: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
const [inputs, seed] = [Number(values.inputs), Number(values.seed)];
const seeds = seedFiles(process.env.RAILHEAD_X12_SAMPLES);
const startedAt = performance.now();
console.log(`${inputs} inputs from ${seeds.length} files, seed ${seed}`);
const say = (done) => void (done % 10_000 === 0 && console.log(`  ${done}`));
const { failures, bytesRead, slowestMsPerKb } = runFuzz({ inputs, seed, seeds, say });

const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
console.log(`${(bytesRead / 2 ** 20).toFixed(0)} MB in ${seconds} s; slowest ${slowestMsPerKb.toFixed(2)} ms per KB`);
if (failures.length > 0) {
  const folder = mkdtempSync(join(tmpdir(), 'x12-fuzz-'));
  for (const { index, input, error } of failures) {
    const path = join(folder, `${seed}-${index}.edi`);
    writeFileSync(path, input);
    console.log(`input ${index} (${path}): ${error.stack}`);
  }
  process.exitCode = 1;
} else console.log('all promises kept');
