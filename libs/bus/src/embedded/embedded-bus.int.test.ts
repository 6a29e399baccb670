import { expect, it, jest } from '@jest/globals';
import { Database } from '@railhead/database';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { describeBus } from '../testing.js';
import { EmbeddedBus } from './embedded-bus.js';
import { Log } from './log.js';

async function withServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['RAILHEAD_TEST_DATABASE_URL'] });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** A database of its own, and how to be rid of it. */
async function anotherDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `bus_${randomUUID().replaceAll('-', '')}`;
  await withServer(`CREATE DATABASE ${name}`);
  const url = new URL(process.env['RAILHEAD_TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => withServer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

describeBus('EmbeddedBus', async () => {
  const { url, drop } = await anotherDatabase();
  return { prefix: '', open: () => EmbeddedBus.open({ url }), close: drop };
});

it('keeps what one of its readers has not read yet, however old it is, and forgets what all of them have', async () => {
  const { url, drop } = await anotherDatabase();
  const bus = await EmbeddedBus.open({ url });
  const db = new Database({ url, schema: 'bus' });
  const left = async (): Promise<number> => {
    await new Log(db).retain();
    return (await db.query('SELECT 1 FROM log')).length;
  };
  try {
    await bus.ensureTopics([{ name: 'old', partitions: 1, retentionMs: 1 }]);
    let isWell = false;
    const read: string[] = [];
    await bus.subscribe({
      group: 'slow',
      topics: ['old'],
      handle: async ({ records }) => {
        if (!isWell) throw new Error('not now');
        read.push(...records.map(({ key }) => key));
      },
    });
    await bus.publish([{ topic: 'old', key: 'first', value: Buffer.from('1'), headers: {} }]);
    await pause(100);
    expect(await left()).toBe(1);
    isWell = true;
    for (let tries = 0; tries < 100 && read.length === 0; tries++) await pause(100);
    expect(read).toEqual(['first']);
    for (let tries = 0; tries < 50 && (await left()) > 0; tries++) await pause(50);
    expect(await left()).toBe(0);
  } finally {
    await bus.close();
    await db.close();
    await drop();
  }
});

it('keeps the newest record of each key of a compacted topic, and finds it among many in little time', async () => {
  const { url, drop } = await anotherDatabase();
  const bus = await EmbeddedBus.open({ url });
  const db = new Database({ url, schema: 'bus' });
  try {
    await bus.ensureTopics([
      { name: 'compacted', partitions: 2, compacted: true },
      { name: 'kept', partitions: 2 },
    ]);
    await db.query(
      `INSERT INTO log (topic_id, partition, "offset", key, value, headers)
       SELECT topic_id, partition, n, 'key ' || n % 10000, convert_to(n::text, 'UTF8'), ''
         FROM topics, generate_series(0, 1) AS partition, generate_series(1, 30000) AS n`,
    );
    const startedAt = performance.now();
    await new Log(db).retain();
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    const left =
      'SELECT name, count(*)::int, min("offset")::int FROM log JOIN topics USING (topic_id) GROUP BY 1 ORDER BY 1';
    expect(await db.query(left)).toEqual([
      { name: 'compacted', count: 20_000, min: 20_001 },
      { name: 'kept', count: 60_000, min: 1 },
    ]);
  } finally {
    await bus.close();
    await db.close();
    await drop();
  }
});

it('listens for other processes again after the database was away for longer than a moment', async () => {
  const { url, drop } = await anotherDatabase();
  const name = new URL(url).pathname.slice(1);
  const bus = await EmbeddedBus.open({ url });
  const client = new pg.Client({ connectionString: process.env['RAILHEAD_TEST_DATABASE_URL'] });
  await client.connect();
  const listeners = async (): Promise<number> =>
    (
      await client.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND application_name = 'railhead-bus-session' AND query LIKE 'LISTEN%'`,
        [name],
      )
    ).rows.length;
  try {
    expect(await listeners()).toBe(1);
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    await pause(1_500);
    await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    for (let tries = 0; tries < 50 && (await listeners()) === 0; tries++) await pause(100);
    expect(await listeners()).toBe(1);
  } finally {
    await bus.close();
    await client.end();
    await drop();
  }
});

it('leaves no session behind when it could not begin to listen', async () => {
  const { url, drop } = await anotherDatabase();
  const name = new URL(url).pathname.slice(1);
  const bus = await EmbeddedBus.open({ url });
  const client = new pg.Client({ connectionString: process.env['RAILHEAD_TEST_DATABASE_URL'] });
  await client.connect();
  const sessions = async (): Promise<string[]> =>
    (
      await client.query<{ query: string }>(
        `SELECT query FROM pg_stat_activity WHERE datname = $1 AND application_name = 'railhead-bus-session'`,
        [name],
      )
    ).rows.map(({ query }) => query);
  const query = pg.Client.prototype.query as (...given: unknown[]) => Promise<unknown>;
  let refused = 0;
  const spy = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...given: unknown[]
  ) {
    if (!String(given[0]).startsWith('LISTEN') || refused === 2) return query.apply(this, given);
    refused += 1;
    return Promise.reject(new Error('not now'));
  } as never);
  try {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    for (let tries = 0; tries < 100 && !(await sessions()).some((one) => one.startsWith('LISTEN')); tries++)
      await pause(100);
    expect(refused).toBe(2);
    expect(await sessions()).toEqual(['LISTEN railhead_bus']);
  } finally {
    spy.mockRestore();
    await bus.close();
    await client.end();
    await drop();
  }
});
