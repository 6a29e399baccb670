import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkText } from '../testing/bulk-interchange.js';
import { EdiProcess } from '../testing/edi-process.js';
import { interchange, orderBody } from '../testing/interchanges.js';
import { PARTNERS } from '../testing/partners.js';

const ORDERS = 250;
const KILLS_MAX = 20;

let edi: EdiProcess;
beforeEach(async () => {
  edi = await EdiProcess.prepare({ EDI_LARGE_BYTES: '100000' });
}, 60_000);
afterEach(() => edi.close(), 60_000);

async function stateOf(): Promise<string> {
  const rows = await edi.db.query<{ state: string }>('SELECT state FROM readings').catch(() => []);
  return rows.map(({ state }) => state).join() || 'none';
}

/** All documents are put away and answered. */
async function isDone(documents: number): Promise<boolean> {
  return (
    (await stateOf()) === 'done' &&
    (await edi.files('archive')).length === documents &&
    (await edi.files('outbox')).length === documents
  );
}

/** Starts it, to be killed at the nth transaction; or, with `never`, to go on to the end. */
async function startedAndKilled(point: string, documents: number): Promise<boolean> {
  edi.start({ CRASH_AT: point });
  for (;;) {
    const end = await edi.endedWithin(50);
    if (end !== undefined) return end === 'SIGKILL';
    if (await isDone(documents)) return false;
  }
}

/** Kills it two transactions later each time, and at last lets it come to its end. @returns states it was killed in. */
async function killedAgainAndAgain(point: string, documents: number): Promise<readonly string[]> {
  const reached: string[] = [];
  while (reached.length < KILLS_MAX && (await startedAndKilled(`${point}:${1 + 2 * reached.length}`, documents)))
    reached.push(await stateOf());
  expect(reached.length).toBeGreaterThanOrEqual(5);
  if (reached.length === KILLS_MAX) edi.start();
  for (const deadline = Date.now() + 20_000; !(await isDone(documents)) && Date.now() < deadline;) await pause(50);
  return reached;
}

describe('a large document whose reader is killed again and again', () => {
  it.each(['work.before-commit', 'work.after-commit'])(
    'at %s, two transactions later each time, brings every order once',
    async (point) => {
      const prefix = point.slice(5, 11).toUpperCase();
      const text = bulkText({ control: point.length, orders: ORDERS, prefix });
      await writeFile(join(edi.home, 'inbox/acme/killed.edi'), text);
      const reached = await killedAgainAndAgain(point, 1);
      expect(reached).toEqual(expect.arrayContaining(['due', 'none'])); // while it came in, and while it was read

      const orders = await edi.db.query<{ count: number }>('SELECT count(*)::int AS count FROM orders');
      expect(orders).toEqual([{ count: ORDERS }]);
      // Each order is one event of its stream, and its document another.
      const streams = await edi.db.query<{ count: number; most: number }>(
        'SELECT count(*)::int AS count, max(seq)::int AS most FROM stream_head',
      );
      expect(streams).toEqual([{ count: 2 * ORDERS, most: 1 }]);
      expect(await edi.files('outbox')).toEqual([expect.stringContaining(`AK9*A*${ORDERS}*${ORDERS}*${ORDERS}`)]);
    },
    180_000,
  );

  it('loses the sets only whose numbers were used before', async () => {
    const [acme, ...others] = PARTNERS.partners;
    const partners = [{ ...acme, duplicates: { set: 'refuse' } }, ...others];
    await writeFile(join(edi.home, 'partners.json'), JSON.stringify({ partners }));
    const sets = ['FIRST-1', 'FIRST-2', 'FIRST-3'].map((po) => orderBody(po));
    await writeFile(join(edi.home, 'inbox/acme/a.edi'), interchange({ control: 1, group: 7, firstSet: 148, sets }));
    edi.start();
    for (const deadline = Date.now() + 20_000; (await edi.files('outbox')).length < 1 && Date.now() < deadline;)
      await pause(50);
    await edi.kill();

    const text = bulkText({ control: 2, group: 7, orders: ORDERS, prefix: 'SECOND-' });
    await writeFile(join(edi.home, 'inbox/acme/b.edi'), text);
    expect(await killedAgainAndAgain('work.after-commit', 2)).toContain('due');
    const orders = await edi.db.query<{ count: number }>('SELECT count(*)::int AS count FROM orders');
    expect(orders).toEqual([{ count: ORDERS }]); // three of the first document, and three fewer of the second
    const answers = await edi.files('outbox');
    expect(answers.filter((answer) => answer.includes(`AK9*P*${ORDERS}*${ORDERS}*${ORDERS - 3}`))).toHaveLength(1);
  }, 180_000);
});
