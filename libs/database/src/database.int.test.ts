import { afterAll, beforeAll, expect, it } from '@jest/globals';
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
