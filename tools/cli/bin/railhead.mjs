#!/usr/bin/env node
// The front door of the command line. Plain JavaScript that any Node from 20 runs: it finds the Node 24 of the workspace,
// builds what is missing, then hands over.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const built = join(here, '../dist/index.js');

function prepare() {
  const ensure = spawnSync(process.execPath, [join(root, 'tools/bootstrap/ensure.mjs'), '--build'], {
    stdio: ['ignore', 2, 2],
  });
  if (ensure.status !== 0) process.exit(2);
}

function onNode24() {
  const node = join(root, 'node_modules/.bin/node');
  if (!existsSync(node)) {
    console.error(
      `railhead needs Node 24; this is ${process.version}. Install it (https://nodejs.org), then try again.`,
    );
    process.exit(2);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  process.on('SIGINT', () => {}); // Ctrl-C reaches the child too; we stay until it has stopped in good order
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code) => process.exit(code ?? 1));
}

if (!existsSync(built) || !existsSync(join(root, 'node_modules/commander'))) prepare();
if (Number(process.versions.node.split('.')[0]) < 24) onNode24();
else {
  const { run } = await import(pathToFileURL(built).href);
  process.exitCode = await run(process.argv);
}
