import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkText } from '../testing/bulk-interchange.js';
import { EdiProcess } from '../testing/edi-process.js';

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

async function isDone(): Promise<boolean> {
  return (
    (await stateOf()) === 'done' &&
    (await edi.files('archive')).length === 1 &&
    (await edi.files('outbox')).length === 1
  );
}

/** Starts it, to be killed at the nth transaction; or, with `never`, to go on to the end. */
async function startedAndKilled(point: string): Promise<boolean> {
  edi.start({ CRASH_AT: point });
  for (;;) {
    const end = await edi.endedWithin(50);
    if (end !== undefined) return end === 'SIGKILL';
    if (await isDone()) return false;
  }
}

describe('a large document whose reader is killed again and again', () => {
  it.each(['work.before-commit', 'work.after-commit'])(
    'at %s, two transactions later each time, brings every order once',
    async (point) => {
      const prefix = point.slice(5, 11).toUpperCase();
      const text = bulkText({ control: point.length, orders: ORDERS, prefix });
      await writeFile(join(edi.home, 'inbox/acme/killed.edi'), text);
      const reached = new Set<string>();
      let kills = 0;
      while (kills < KILLS_MAX && (await startedAndKilled(`${point}:${1 + 2 * kills}`))) {
        kills += 1;
        reached.add(await stateOf());
      }
      expect(kills).toBeGreaterThanOrEqual(5);
      expect([...reached].sort()).toEqual(expect.arrayContaining(['due', 'none'])); // while it came in, and while it was read
      if (kills === KILLS_MAX) edi.start();
      for (const deadline = Date.now() + 20_000; !(await isDone()) && Date.now() < deadline;) await pause(50);

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
});
