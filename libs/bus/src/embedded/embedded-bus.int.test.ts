import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { describeBus } from '../testing.js';
import { EmbeddedBus } from './embedded-bus.js';

async function withServer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: process.env['RAILHEAD_TEST_DATABASE_URL'] });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describeBus('EmbeddedBus', async () => {
  const name = `bus_${randomUUID().replaceAll('-', '')}`;
  await withServer(`CREATE DATABASE ${name}`);
  const url = new URL(process.env['RAILHEAD_TEST_DATABASE_URL'] ?? '');
  url.pathname = `/${name}`;
  return {
    prefix: '',
    open: () => EmbeddedBus.open({ url: url.href }),
    close: () => withServer(`DROP DATABASE ${name} WITH (FORCE)`),
  };
});
