import { afterAll, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import pg from 'pg';
import { Recorder } from './recorder.mjs';

const folder = mkdtempSync(join(tmpdir(), 'railhead-recorder-'));
const query = pg.Client.prototype.query;
const pool = new pg.Pool({
  connectionString: process.env.RAILHEAD_TEST_DATABASE_URL,
  options: '-c search_path=pg_temp',
});
afterAll(async () => {
  pg.Client.prototype.query = query;
  await pool.end();
  rmSync(folder, { recursive: true });
});

it('writes down what was committed, with parameters as they were, in the order of the commits', async () => {
  const recorder = new Recorder();
  recorder.install();
  await pool.query('SELECT 0'); // before it is on
  recorder.on();
  const [early, late, undone] = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
  const bytes = Buffer.from('abc');
  await late.query('BEGIN');
  await late.query('SELECT $1::bytea', [bytes]);
  bytes.fill(0); // its owner uses it again
  await early.query('BEGIN');
  await early.query({ name: 'two', text: 'SELECT * FROM generate_series(1, $1)', values: [2] });
  await early.query('COMMIT');
  await late.query('COMMIT');
  await undone.query('BEGIN');
  await undone.query('SELECT 3');
  await undone.query('ROLLBACK');
  recorder.mark();
  for (const client of [early, late, undone]) client.release();
  await pool.query('SELECT 4');
  const file = join(folder, 'recording');
  recorder.save(file);

  const { warmUp, measured } = deserialize(readFileSync(file));
  expect(warmUp).toMatchObject([
    { lane: 'pg_temp', alone: false, statements: [{ name: 'two', values: [2], rows: 2 }] },
    { alone: false, statements: [{ text: 'SELECT $1::bytea', rows: 1 }] },
  ]);
  expect(Buffer.from(warmUp[1].statements[0].values[0]).toString()).toBe('abc');
  expect(measured).toMatchObject([{ alone: true, statements: [{ text: 'SELECT 4' }] }]);
});
