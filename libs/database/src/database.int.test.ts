import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { silentWire, type SilentWire } from '@railhead/testing';
import { Database } from './index.js';

let db: Database;
beforeAll(() => {
  db = new Database({ url: process.env['RAILHEAD_TEST_DATABASE_URL'] ?? '', schema: 'public' });
});
afterAll(() => db.close());

it('does not call committed what PostgreSQL rolled back, when somebody kept the error of a statement to himself', async () => {
  const work = db.transaction(async (tx) => {
    await tx.query('SELECT 1 / 0').catch(() => undefined);
    return 'done';
  });
  await expect(work).rejects.toThrow('was rolled back');
  expect(await db.transaction(() => Promise.resolve('done'))).toBe('done');
});

describe('when the network falls silent, and nobody says that it broke', () => {
  let wire: SilentWire;
  let far: Database;
  beforeEach(async () => {
    wire = await silentWire(process.env['RAILHEAD_TEST_DATABASE_URL'] ?? '');
    far = new Database({ url: wire.url, schema: 'public', silenceMsMax: 500 });
  });
  afterEach(async () => {
    await wire.close();
    await far.close();
  });

  it('a statement fails after a while, and the next one has a connection that works', async () => {
    await far.query('SELECT 1');
    wire.silence();
    await expect(far.query('SELECT 1')).rejects.toThrow('Query read timeout');
    expect(await far.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('a transaction fails after a while, waits for no answer to its end, and leaves its connection to nobody', async () => {
    let beganAt = 0;
    const work = far.transaction(async (tx) => {
      await tx.query('SELECT 1');
      wire.silence();
      beganAt = performance.now();
      await tx.query('SELECT 1');
    });
    await expect(work).rejects.toThrow('Query read timeout');
    expect(performance.now() - beganAt).toBeLessThan(900);
    expect(await far.transaction((tx) => tx.query('SELECT 1 AS one'))).toEqual([{ one: 1 }]);
  });

  it('a session of its own fails after a while', async () => {
    const session = await far.dedicated();
    session.on('error', () => undefined);
    wire.silence();
    await expect(session.query('SELECT 1')).rejects.toThrow('Query read timeout');
    await session.end();
  });

  it.each(['far', 'dedicated'] as const)('the server asks %s sessions whether they are still there', async (kind) => {
    const ask = "SELECT current_setting('tcp_keepalives_idle') AS idle, current_setting('tcp_user_timeout') AS unheard";
    const session = await far.dedicated();
    session.on('error', () => undefined);
    const [row] = kind === 'far' ? await far.query(ask) : (await session.query(ask)).rows;
    expect(row).toEqual({ idle: '15', unheard: '30000' });
    await session.end();
  });
});
