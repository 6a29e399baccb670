import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { EdiProcess } from '../testing/edi-process.js';
import { interchange } from '../testing/interchanges.js';

const KILLS_MAX = 12;
/** Transactions; some are about other things. */
const STEP = 3;

let edi: EdiProcess;
beforeEach(async () => {
  edi = await EdiProcess.prepare();
}, 60_000);
afterEach(() => edi.close(), 60_000);

const count = async (sql: string): Promise<number> =>
  (await edi.db.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${sql}`).catch(() => []))[0]?.count ?? 0;
const put = (name: string, text: string) => writeFile(join(edi.home, 'inbox/acme', name), text);
const isDone = async (files: number): Promise<boolean> =>
  (await edi.files('archive')).length === files && (await edi.files('outbox')).length === files;

async function startedAndKilled(point: string, files: number): Promise<boolean> {
  edi.start(point === '' ? {} : { CRASH_AT: point });
  for (;;) {
    const end = await edi.endedWithin(50);
    if (end !== undefined) return end === 'SIGKILL';
    if (await isDone(files)) return false;
  }
}

it.each(['work.before-commit', 'work.after-commit'])(
  'a change that waits for its order is asked for once, with the order or not at all, whenever we are killed: %s',
  async (point) => {
    const body = ['BCH*04*SA*PO-1**1*20260203', 'POC*10*PQ*8*8*EA***VP*RH-1001', 'CTT*1'];
    await put('change.edi', interchange({ control: 1, code: '860', functionalId: 'PC', sets: [body] }));
    await startedAndKilled('', 1);
    await edi.kill();
    expect(await count(`messages WHERE state = 'held'`)).toBe(1);

    await put('order.edi', interchange({ control: 2, po: 'PO-1' }));
    let kills = 0;
    while (kills < KILLS_MAX && (await startedAndKilled(`${point}:${1 + STEP * kills}`, 2))) {
      kills += 1;
      const [orders, held, asked] = [
        await count('orders'),
        await count(`messages WHERE state = 'held'`),
        await count('order_changes'),
      ];
      expect([orders, held, asked]).toEqual(orders === 0 ? [0, 1, 0] : [1, 0, 1]);
    }
    expect(kills).toBeGreaterThanOrEqual(1);
    if (kills === KILLS_MAX) edi.start();
    for (const deadline = Date.now() + 20_000; !(await isDone(2)) && Date.now() < deadline;) await pause(50);
    expect([await count('orders'), await count('order_changes')]).toEqual([1, 1]);
    expect(await count(`messages WHERE state = 'taken' AND decided_at IS NOT NULL`)).toBe(1);
  },
  120_000,
);
