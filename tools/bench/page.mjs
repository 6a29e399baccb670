// docs/performance.md and its pictures from the bench's JSON: node tools/bench/page.mjs docs/reports/<date>-bench.json
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { pageText } from './page/page-text.mjs';
import { plotsOf } from './page/plots.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const PAGE = join(ROOT, 'docs/performance.md');
export const PICTURES = join(ROOT, 'docs/images/performance');

/** The files that a JSON of the bench gives: path to content. @param {string} file */
export async function filesOf(file) {
  const result = JSON.parse(readFileSync(file, 'utf8'));
  const plots = plotsOf(result);
  const text = pageText(result, { source: relative(ROOT, resolve(file)), plots: Object.keys(plots) });
  const page = await format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown' });
  return new Map([[PAGE, page], ...Object.entries(plots).map(([name, svg]) => [join(PICTURES, name), svg])]);
}

async function write(file) {
  const files = await filesOf(file);
  mkdirSync(PICTURES, { recursive: true });
  for (const name of readdirSync(PICTURES)) if (!files.has(join(PICTURES, name))) rmSync(join(PICTURES, name));
  for (const [path, content] of files) writeFileSync(path, content);
  process.stdout.write(`${[...files.keys()].map((path) => relative(ROOT, path)).join('\n')}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  if (file === undefined) {
    process.stderr.write('usage: node tools/bench/page.mjs docs/reports/<date>-bench.json\n');
    process.exitCode = 2;
  } else await write(file);
}
