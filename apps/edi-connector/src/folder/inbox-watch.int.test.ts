import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, DocumentRejected, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { readdir, readFile, rename, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 500;
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const inbox = (name: string): string => join(edi.home, 'inbox', 'acme', name);

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('a file in the inbox folder', () => {
  it('becomes an order, a 997 in the outbox and a copy in the archive', async () => {
    const text = interchange({ po: 'FILE', control: (control += 1) });
    await writeFile(inbox('one.edi'), text);
    await edi.until(OrderCaptured, 1, idOf('FILE'));
    expect(await edi.untilFile('outbox/acme', 'AK9*A*1*1*1')).toContain('ST*997*0001');
    expect(await edi.untilFile('archive/acme', '*FILE*')).toBe(text);
    expect(await readdir(join(edi.home, 'inbox', 'acme'))).toEqual([]);
  });

  it('is left alone while it is written, and under a passing name', async () => {
    const text = interchange({ po: 'SLOW', control: (control += 1) });
    await writeFile(inbox('slow.edi.tmp'), text);
    await writeFile(inbox('.hidden'), text);
    // Written again and again without a rest, for several looks: nothing to read before the last.
    const until = Date.now() + 250;
    for (let length = 1; Date.now() < until; length = (length % (text.length - 1)) + 1)
      await writeFile(inbox('growing.edi'), text.slice(0, length));
    expect(edi.heard().filter(({ type }) => type === DocumentRejected.type)).toEqual([]);
    await writeFile(inbox('growing.edi'), text);
    await edi.until(OrderCaptured, 1, idOf('SLOW'));
    await edi.untilFile('archive/acme', '*SLOW*'); // put away after the commit that we heard of
    expect((await readdir(join(edi.home, 'inbox', 'acme'))).sort()).toEqual(['.hidden', 'slow.edi.tmp']);
  });

  it('that was taken but not yet put away when the process died is only put away', async () => {
    const text = interchange({ po: 'DIED', control: (control += 1) });
    await writeFile(inbox('died.edi'), text);
    await edi.untilFile('archive/acme', '*DIED*');
    await edi.until(OrderCaptured, 1, idOf('DIED'));
    const folder = join(edi.home, 'archive', 'acme');
    for (const day of await readdir(folder)) {
      for (const name of await readdir(join(folder, day))) {
        const path = join(folder, day, name);
        if ((await readFile(path, 'utf8')) === text) await rename(path, inbox('died.edi')); // as if the move had not happened
      }
    }
    await edi.untilFile('archive/acme', '*DIED*');
    await edi.idle();
    expect(
      edi.heard().filter(({ type, subject }) => type === DocumentDuplicated.type && subject === idOf('DIED')),
    ).toEqual([]);
    expect(
      edi.heard().filter(({ type, subject }) => type === OrderCaptured.type && subject === idOf('DIED')),
    ).toHaveLength(1);
  });

  it('sent again gets the same 997 again and is one order', async () => {
    const text = interchange({ po: 'TWICE', control: (control += 1) });
    await writeFile(inbox('a.edi'), text);
    await edi.until(OrderCaptured, 1, idOf('TWICE'));
    const answers = async (): Promise<string[]> =>
      (await edi.files('outbox/acme')).filter((one) => one.includes(`AK1*PO*${control}~`));
    await edi.untilFile('outbox/acme', `AK1*PO*${control}~`);
    await writeFile(inbox('b.edi'), text);
    await edi.until(DocumentDuplicated, 1, idOf('TWICE'));
    while ((await answers()).length < 2) await pause(20);
    expect(new Set(await answers()).size).toBe(1);
  });

  it('of another partner is refused', async () => {
    await writeFile(inbox('bolt.edi'), interchange({ po: 'THEIRS', sender: 'BOLTTOOLS', control: 1 }));
    const rejected = await edi.until(DocumentRejected, 1);
    expect(rejected.at(-1)!.data.issues).toMatchObject([{ code: 'WRONG_SENDER' }]);
  });

  it('that is too large is put aside unread, and a person is told', async () => {
    await writeFile(inbox('huge.edi'), '');
    await truncate(inbox('huge.edi'), 51 * 1024 * 1024);
    const rejected = await edi.until(DocumentRejected, 2);
    expect(rejected.at(-1)!.data.issues).toMatchObject([{ code: 'TOO_LARGE', at: 'huge.edi' }]);
    // Moved after the commit that we heard of.
    while ((await readdir(join(edi.home, 'inbox', 'acme'))).includes('huge.edi')) await pause(20);
    const [day] = await readdir(join(edi.home, 'refused', 'acme'));
    expect(await readdir(join(edi.home, 'refused', 'acme', day!))).toEqual([expect.stringContaining('huge.edi')]);
  });

  it('that is only a link is not followed', async () => {
    await symlink(join(edi.home, 'partners.json'), inbox('link.edi'));
    await pause(200);
    expect(await readdir(join(edi.home, 'inbox', 'acme'))).toContain('link.edi');
    expect(await edi.rows(`SELECT 1 FROM documents WHERE position('displayName'::bytea IN bytes) > 0`)).toEqual([]);
  });
});
