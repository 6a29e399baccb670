import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkInterchange, ORDER_BYTES } from '../testing/bulk-interchange.js';
import { EdiProcess } from '../testing/edi-process.js';

/** RAILHEAD_EDI_LARGE_MB=1024 measures what the product promises; 30 shows that memory does not follow the size. */
const MEGABYTES = Number(process.env['RAILHEAD_EDI_LARGE_MB'] ?? 30);
const ORDERS = Math.round((MEGABYTES * 1024 * 1024) / ORDER_BYTES);
const GROWTH_MB_MAX = 150;

let edi: EdiProcess;
beforeAll(async () => {
  edi = await EdiProcess.prepare();
  edi.start();
}, 60_000);
afterAll(() => edi.close(), 60_000);

async function untilIdle(): Promise<void> {
  while (
    !(await edi.db.query('SELECT 1 FROM readings').then(
      () => true,
      () => false,
    ))
  )
    await pause(100);
  await pause(2_000);
}

it(
  `reads ${MEGABYTES} MB through the folder into orders with less than ${GROWTH_MB_MAX} MB more memory`,
  async () => {
    await untilIdle();
    const idleMb = await edi.rssMb();
    const file = join(edi.home, 'large.edi');
    const chunks = Readable.from(bulkInterchange({ control: 1, orders: ORDERS, prefix: 'MB-' }));
    await pipeline(chunks, createWriteStream(file));
    const started = performance.now();
    const cpuBefore = await edi.cpuSeconds();
    await rename(file, join(edi.home, 'inbox/acme/large.edi'));

    let mostMb = 0;
    let keptMs = 0;
    let toldAt = started;
    for (;;) {
      mostMb = Math.max(mostMb, await edi.rssMb());
      const [reading] = await edi.db.query<{ state: string }>('SELECT state FROM readings');
      if (reading !== undefined && keptMs === 0) keptMs = performance.now() - started;
      if (reading?.state === 'done') break;
      if (reading?.state === 'failed') throw new Error(await edi.log());
      await pause(100);
      if (performance.now() - toldAt < 30_000) continue;
      toldAt = performance.now();
      process.stderr.write(`${Math.round((toldAt - started) / 1000)} s: ${mostMb.toFixed(0)} MB at most so far\n`);
    }
    const tookMs = performance.now() - started;
    const cpuMicros = ((await edi.cpuSeconds()) - cpuBefore) * 1e6;
    const [orders] = await edi.db.query<{ count: number }>('SELECT count(*)::int AS count FROM orders');
    const rates = `kept in ${(keptMs / 1000).toFixed(1)} s, read in ${((tookMs - keptMs) / 1000).toFixed(1)} s, ${Math.round((ORDERS * 1000) / tookMs)} orders/s, ${Math.round(cpuMicros / ORDERS)} us of processor each`;
    process.stderr.write(
      `${MEGABYTES} MB, ${ORDERS} orders: ${rates}; ${idleMb.toFixed(0)} MB idle, ${mostMb.toFixed(0)} MB at most\n`,
    );
    expect(orders!.count).toBe(ORDERS);
    expect(mostMb - idleMb).toBeLessThan(GROWTH_MB_MAX);
  },
  Math.max(240_000, MEGABYTES * 10_000),
);
