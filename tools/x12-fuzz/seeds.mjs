import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../libs/x12/fixtures');
const SEED_BYTES_MAX = 64 * 1024;

/**
 * What is mutated: our own fixtures, and real files where a folder of them is named.
 *
 * @param {string | undefined} samples - e.g. RAILHEAD_X12_SAMPLES.
 * @returns {Buffer[]}
 */
export function seedFiles(samples) {
  return [FIXTURES, ...(samples === undefined || samples === '' ? [] : [samples])].flatMap(filesIn);
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => !/\.(tsv|md)$/.test(path) && statSync(path).isFile())
    .map((path) => readFileSync(path).subarray(0, SEED_BYTES_MAX));
}
