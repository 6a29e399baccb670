import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CustomerChanged, PriceChanged, ProductChanged, StockChanged } from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { utimesSync, writeFileSync } from 'node:fs';
import { cp, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { REFERENCE_KINDS } from './domain/reference-kind.js';
import { ReferenceImporter } from './import/reference-importer.js';
import { erpConnectorService } from './index.js';

const SAMPLE_COMPANY = fileURLToPath(new URL('../../../samples/company', import.meta.url));
const POLL_MS = 30;

let folder: string;
let test: ServiceUnderTest;
/** Seconds; every file is a little younger than the one before, whatever the machine's clock says. */
let writtenAt: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'railhead-erp-'));
  writtenAt = Date.parse('2026-02-01T00:00:00Z') / 1000;
});

afterEach(async () => {
  await test.stop();
  await rm(folder, { recursive: true });
});

const start = async (): Promise<void> => {
  test = await serviceUnderTest(erpConnectorService, { ERP_FOLDER: folder, ERP_POLL_MS: String(POLL_MS) });
};

async function write(name: string, ...lines: string[]): Promise<void> {
  await writeFile(join(folder, name), `${lines.join('\n')}\n`);
  await utimes(join(folder, name), writtenAt, (writtenAt += 1));
}

/** Time for several looks at the folder. */
const afterSomeLooks = async (): Promise<void> => {
  await pause(POLL_MS * 8);
  await test.idle();
};

const HEADING = 'sku,warehouse,on_hand';

describe('the reference files', () => {
  it('of the sample company are published at the start, without a fault', async () => {
    await cp(SAMPLE_COMPANY, folder, { recursive: true });
    await start();
    await test.until(StockChanged, 10);
    await test.until(ProductChanged, 10);
    await test.until(PriceChanged, 11);
    const customers = await test.until(CustomerChanged, 5);
    expect(customers.find((one) => one.data.accountId === 'BOLT')!.data).toMatchObject({
      creditLimit: { currency: 'USD', minor: 100_000 },
      netDays: 15,
    });
    expect(await test.rows('SELECT * FROM import_issues')).toEqual([]);
  });

  it('are published once, however often they are looked at and the service starts', async () => {
    await write('stock.csv', HEADING, 'A,MAIN,5');
    await start();
    await test.until(StockChanged);
    await test.restart();
    await utimes(join(folder, 'stock.csv'), writtenAt, writtenAt + 50); // touched, not changed
    await afterSomeLooks();
    expect(test.heard()).toHaveLength(1);
  });

  it('are read again when they change, and only what changed is published', async () => {
    await write('stock.csv', HEADING, 'A,MAIN,5', 'B,MAIN,7');
    await start();
    await test.until(StockChanged, 2);
    await write('stock.csv', HEADING, 'A,MAIN,5', 'B,MAIN,8');
    const [, , last] = await test.until(StockChanged, 3);
    expect(last).toMatchObject({
      subject: 'stock:B|MAIN',
      data: { onHand: '8', asOf: new Date(writtenAt * 1000).toISOString() },
    });
    await afterSomeLooks();
    expect(test.heard()).toHaveLength(3);
  });

  it('that change while the service is down are taken over when it is back', async () => {
    await write('stock.csv', HEADING, 'A,MAIN,5');
    await start();
    await test.until(StockChanged);
    await write('stock.csv', HEADING, 'A,MAIN,6');
    await test.restart();
    expect((await test.until(StockChanged, 2))[1]!.data.onHand).toBe('6');
  });

  it('with a faulty row publish the others, and the fault is kept until the file is mended', async () => {
    await write('stock.csv', HEADING, 'A,MAIN,five', 'B,MAIN,7');
    await start();
    await test.until(StockChanged, 1, 'stock:B|MAIN');
    expect(await test.rows('SELECT file_name, place, column_name FROM import_issues')).toEqual([
      { file_name: 'stock.csv', place: 'line 2', column_name: 'on_hand' },
    ]);
    await write('stock.csv', HEADING, 'A,MAIN,5', 'B,MAIN,7');
    await test.until(StockChanged, 1, 'stock:A|MAIN');
    expect(await test.rows('SELECT * FROM import_issues')).toEqual([]);
  });

  it('still being written are waited for', async () => {
    await start();
    // In every turn of the event loop, for several looks: no two of them see the same.
    const until = Date.now() + POLL_MS * 8;
    const writeAtOnce = (row: string): void => {
      writeFileSync(join(folder, 'stock.csv'), `${HEADING}\n${row}\n`);
      utimesSync(join(folder, 'stock.csv'), writtenAt, (writtenAt += 1));
    };
    for (let row = 1; Date.now() < until; row += 1) {
      writeAtOnce(`S${row},MAIN,1`);
      await breathe();
    }
    writeAtOnce('A,MAIN,5');
    await test.until(StockChanged, 1, 'stock:A|MAIN');
    expect(test.heard().map((event) => event.subject)).toEqual(['stock:A|MAIN']);
  });

  it('that vanish change nothing', async () => {
    await write('stock.csv', HEADING, 'A,MAIN,5');
    await start();
    await test.until(StockChanged);
    await rm(join(folder, 'stock.csv'));
    await afterSomeLooks();
    expect(test.heard()).toHaveLength(1);
  });

  it('taken over by two processes at once are published once', async () => {
    await start();
    const importer = test.service.app.get(ReferenceImporter);
    const stock = REFERENCE_KINDS.find((kind) => kind.name === 'stock')!;
    const file = {
      name: 'stock.csv',
      bytes: Buffer.from(`${HEADING}\nA,MAIN,5\n`),
      writtenAt: new Date('2026-02-01T00:00:00Z'),
    };
    await Promise.all([importer.take(stock, file), importer.take(stock, file)]);
    await test.idle();
    expect(test.heard()).toHaveLength(1);
  });

  it('whose clock is ahead of ours count when their time has come, also after a restart', async () => {
    const soon = '2026-02-03T10:00:30Z';
    await write('stock.csv', `${HEADING},as_of`, `A,MAIN,5,${soon}`, 'B,MAIN,7,2026-01-31T00:00:00Z');
    await start();
    await test.until(StockChanged, 1, 'stock:B|MAIN');
    expect(await test.rows('SELECT column_name FROM import_issues')).toEqual([{ column_name: 'as_of' }]);
    await test.restart();
    await afterSomeLooks();
    expect(test.heard()).toHaveLength(1);
    test.clock.set(soon);
    expect((await test.until(StockChanged, 1, 'stock:A|MAIN'))[0]!.data).toMatchObject({ onHand: '5', asOf: soon });
    expect(await test.rows('SELECT * FROM import_issues')).toEqual([]);
    await afterSomeLooks();
    expect(test.heard()).toHaveLength(2);
  });

  it('may be JSON', async () => {
    await write('prices.json', '[{"sku":"A","currency":"USD","amount":0.0375}]');
    await start();
    expect((await test.until(PriceChanged))[0]).toMatchObject({ subject: 'price:A|USD|', data: { amount: '0.0375' } });
  });
});
