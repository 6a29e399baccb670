import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Database, migrate } from '@railhead/database';
import { freshDatabase } from '@railhead/testing';
import { fileURLToPath } from 'node:url';
import { HintStore } from './hint.store.js';

const ORG = '00D000000000001';

let db: Database;
let drop: () => Promise<void>;
let hints: HintStore;

beforeEach(async () => {
  const database = await freshDatabase();
  drop = database.drop;
  await migrate(database.url, 'crm_connector', [fileURLToPath(new URL('../../migrations', import.meta.url))]);
  db = new Database({ url: database.url, schema: 'crm_connector' });
  hints = new HintStore(db);
});
afterEach(async () => {
  await db.close();
  await drop();
});

const hint = (...deals: string[]): Promise<void> => db.transaction((tx) => hints.hint(ORG, deals, tx));
const claim = async (): Promise<string[]> => (await hints.claim([ORG], 5)).map(({ opportunityId }) => opportunityId);
/** As if so many seconds had passed. */
const pass = (seconds: number): Promise<unknown> =>
  db.query(`UPDATE opportunity_reads SET next_at = next_at - $1 * interval '1 second'`, [seconds]);

it('hands a deal out again soon after whoever claimed it died', async () => {
  await hint('a');
  expect(await claim()).toEqual(['a']);
  await pass(15);
  expect(await claim()).toEqual([]);
  await pass(6);
  expect(await claim()).toEqual(['a']);
});

it('leaves a deal with whoever still reads it', async () => {
  await hint('a');
  const reads = await hints.claim([ORG], 5);
  await pass(15);
  await Promise.all(reads.map((read) => hints.renew(read)));
  await pass(15);
  expect(await claim()).toEqual([]);
});

it('does not hold back a deal that has changed again, or that somebody else has claimed meanwhile', async () => {
  await hint('changed', 'claimed');
  const reads = await hints.claim([ORG], 5);
  await hint('changed');
  await Promise.all(reads.map((read) => hints.renew(read)));
  expect(await claim()).toEqual(['changed']);
  await pass(21);
  const others = await hints.claim([ORG], 5);
  await pass(15);
  await Promise.all(reads.map((read) => hints.renew(read)));
  await pass(6);
  expect((await claim()).sort()).toEqual(others.map(({ opportunityId }) => opportunityId).sort());
});
