import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, DocumentRejected, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { writeFileSync } from 'node:fs';
import { readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe, setTimeout as pause } from 'node:timers/promises';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 500;
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
const inbox = (name: string): string => join(edi.home, 'inbox', 'acme', name);

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_DOCUMENT_BYTES_MAX: '5000000' });
  await edi.rows(`CREATE FUNCTION queue_up() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN IF NEW.partner = 'acme' THEN PERFORM pg_advisory_xact_lock_shared(${GATE}); END IF; RETURN NEW; END $$`);
  await edi.rows('CREATE TRIGGER queueing BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION queue_up()');
}, 60_000);
afterAll(() => edi.stop(), 60_000);

/** A lock that acme's orders pass through. */
const GATE = 4711;
/** Puts something there, and does something else while acme's first order of it waits to be stored. */
async function whileHeldUp(put: () => Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
  const waits = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${GATE} AND NOT granted`;
  await edi.service.context.db.transaction(async (tx) => {
    await tx.query(`SELECT pg_advisory_xact_lock(${GATE})`);
    await put();
    while ((await edi.rows(waits)).length === 0) await pause(20);
    await work();
  });
}

describe('a file in the inbox folder', () => {
  it('becomes an order, a 997 in the outbox and a copy in the archive', async () => {
    const text = interchange({ po: 'FILE', control: (control += 1) });
    await writeFile(inbox('one.edi'), text);
    await edi.until(OrderCaptured, 1, idOf('FILE'));
    expect(await edi.untilFile('outbox/acme', 'AK9*A*1*1*1')).toContain('ST*997*0001');
    expect(await edi.untilFile('archive/acme', '*FILE*')).toBe(text);
    expect(await readdir(join(edi.home, 'inbox', 'acme'))).toEqual([]);
  });

  it.each([
    ['as long as can be', Buffer.from(`${'long-'.repeat(50)}.edi`)],
    ['not in UTF-8', Buffer.from('M\xfcller.edi', 'latin1')],
    ['in UTF-8', Buffer.from('Müller ✓.edi')],
  ])('is taken, and put away, under a name that is %s', async (what, name) => {
    const po = `NAME-${what.length}`;
    const text = interchange({ po, control: (control += 1) });
    await writeFile(Buffer.concat([Buffer.from(`${inbox('')}/`), name]), text);
    await edi.until(OrderCaptured, 1, idOf(po));
    await edi.untilFile('archive/acme', `*${po}*`);
    expect(await readdir(join(edi.home, 'inbox', 'acme'))).toEqual([]);
    const days = await readdir(join(edi.home, 'archive', 'acme'));
    const kept = await Promise.all(days.map((day) => readdir(join(edi.home, 'archive', 'acme', day))));
    const end = name.toString('utf8').slice(-10);
    expect(kept.flat().filter((one) => one.endsWith(end))).toHaveLength(1);
  });

  it('is left alone while it is written, and under a passing name', async () => {
    const text = interchange({ po: 'SLOW', control: (control += 1) });
    await writeFile(inbox('slow.edi.tmp'), text);
    await writeFile(inbox('.hidden'), text);
    // Written in every turn of the event loop, for several looks: no two of them see the same.
    const until = Date.now() + 250;
    for (let length = 1; Date.now() < until; length = (length % (text.length - 1)) + 1) {
      writeFileSync(inbox('growing.edi'), text.slice(0, length));
      await breathe();
    }
    writeFileSync(inbox('growing.edi'), text);
    await edi.until(OrderCaptured, 1, idOf('SLOW'));
    expect(edi.heard().filter(({ type }) => type === DocumentRejected.type)).toEqual([]);
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
    await truncate(inbox('huge.edi'), 5_000_001);
    const rejected = await edi.until(DocumentRejected, 2);
    expect(rejected.at(-1)!.data.issues).toMatchObject([{ code: 'TOO_LARGE', at: 'huge.edi' }]);
    // Moved after the commit that we heard of.
    while ((await readdir(join(edi.home, 'inbox', 'acme'))).includes('huge.edi')) await pause(20);
    const [day] = await readdir(join(edi.home, 'refused', 'acme'));
    expect(await readdir(join(edi.home, 'refused', 'acme', day!))).toEqual([expect.stringContaining('huge.edi')]);
  });

  it('that is another one when it is to be put away stays, and is taken too', async () => {
    const first = interchange({ po: 'REPLACED-1', control: (control += 1) });
    const second = interchange({ po: 'REPLACED-2', control: (control += 1) });
    await writeFile(join(edi.home, 'other.edi'), second);
    await whileHeldUp(
      () => writeFile(inbox('same.edi'), first),
      () => rename(join(edi.home, 'other.edi'), inbox('same.edi')),
    );
    await edi.until(OrderCaptured, 1, idOf('REPLACED-2'));
    await edi.until(OrderCaptured, 1, idOf('REPLACED-1'));
    expect(await edi.untilFile('archive/acme', '*REPLACED-2*')).toBe(second);
  });

  it('is taken also after its folder was removed and made anew', async () => {
    await rm(join(edi.home, 'inbox', 'acme'), { recursive: true });
    while (!(await readdir(join(edi.home, 'inbox'))).includes('acme')) await pause(20);
    await writeFile(inbox('anew.edi'), interchange({ po: 'ANEW', control: (control += 1) }));
    await edi.until(OrderCaptured, 1, idOf('ANEW'));
  });

  it('of a partner with many others waits for its turn only among its own', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({ po: `MANY-FILES-${n}`, control: (control += 1) }));
    const one = interchange({ po: 'ONE-FILE', sender: 'BOLTTOOLS', control: 77 });
    await whileHeldUp(
      () =>
        Promise.all(
          many.map((each, n) => writeFile(inbox(`many-${String(n).padStart(3, '0')}.edi`), interchange(each))),
        ),
      async () => {
        await writeFile(join(edi.home, 'inbox', 'bolt', 'one.edi'), one);
        await edi.until(OrderCaptured, 1, orderIdOf({ buyerAccountId: 'BOLT', purchaseOrderNumber: 'ONE-FILE' }));
      },
    );
    await edi.until(OrderCaptured, 1, idOf('MANY-FILES-119'));
  });

  it('that is only a link is not followed', async () => {
    await symlink(join(edi.home, 'partners.json'), inbox('link.edi'));
    await pause(200);
    expect(await readdir(join(edi.home, 'inbox', 'acme'))).toContain('link.edi');
    expect(await edi.rows(`SELECT 1 FROM documents WHERE position('displayName'::bytea IN bytes) > 0`)).toEqual([]);
  });
});
