import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentRejected, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkText } from '../testing/bulk-interchange.js';
import { ediUnderTest, TOKEN, type Answer, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody, type Wanted } from '../testing/interchanges.js';

/** Partners by what they agreed upon; each has its own ISA id. */
const RULES = {
  STRICT: { group: 'refuse' },
  COUNTING: { set: 'refuse' },
  DAILY: { interchange: 'with-date', group: 'refuse', set: 'refuse' },
} as const;
type Name = keyof typeof RULES;

/** Enough orders that their interchange is not held in memory. */
const MANY = 450;

let edi: EdiUnderTest;
let control = 0;
const next = (): number => (control += 1);
const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };

async function ask<T>(path: string): Promise<T> {
  return (await fetch(`${edi.address}${path}`, { headers })).json() as Promise<T>;
}

async function agree(name: Name, acknowledgment: object = {}): Promise<void> {
  const profile = {
    name: name.toLowerCase(),
    accountId: name,
    them: { qualifier: 'ZZ', id: name },
    us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    duplicates: RULES[name],
    acknowledgment,
  };
  const body = JSON.stringify({ actor: 'ann', reason: 'as agreed upon', profile });
  const path = `${edi.address}/edi/partners/${name.toLowerCase()}`;
  expect((await fetch(path, { method: 'PUT', headers, body })).status).toBe(200);
}

const post = (wanted: Wanted): Promise<Answer> => edi.post(interchange(wanted));
const orders = (...pos: string[]) => pos.map((po) => orderBody(po));
const idOf = (name: string, po: string): string => orderIdOf({ buyerAccountId: name, purchaseOrderNumber: po });
/** From AK1 to AK9. */
const told = ({ text }: { text: string }): string[] => text.split('~\n').filter((segment) => /^(AK|IK)/.test(segment));

async function taken(prefix: string): Promise<string[]> {
  const sql = 'SELECT purchase_order_number AS po FROM orders WHERE purchase_order_number LIKE $1 ORDER BY 1';
  return (await edi.rows<{ po: string }>(sql, [`${prefix}%`])).map(({ po }) => po);
}

/** Two interchanges as two groups of one. */
function twoGroups(one: Wanted, other: Wanted): string {
  const inner = (wanted: Wanted): string => /GS\*[\s\S]*?GE\*\d+\*\w+~\n/.exec(interchange(wanted))![0];
  return interchange(one)
    .replace(inner(one), `${inner(one)}${inner(other)}`)
    .replace('IEA*1*', 'IEA*2*');
}

/** Posts a document that is kept first, and waits until it was read. */
async function sentLarge(text: string): Promise<{ answer: string; notes: { at: string }[]; outcome: string }> {
  const { documentId } = JSON.parse((await edi.post(text)).text) as { documentId: string };
  const path = `/edi/documents/${documentId}`;
  for (const deadline = Date.now() + 50_000; Date.now() < deadline; await pause(30)) {
    const state = await ask<{ state: string; notes: { at: string }[]; outcome: string }>(path);
    if (state.state !== 'settled') continue;
    const accept = { ...headers, accept: 'application/edi-x12' };
    return { ...state, answer: await (await fetch(`${edi.address}${path}`, { headers: accept })).text() };
  }
  throw new Error('not read in time');
}

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '100000' });
  for (const name of ['STRICT', 'COUNTING', 'DAILY'] as const) await agree(name);
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('a group number that came before', () => {
  it('is noted where nothing was agreed upon: all of it is taken, and the document says so', async () => {
    const group = next();
    await post({ control: next(), group, sets: orders('NOTE-1', 'NOTE-2') });
    const text = interchange({ control: next(), group, sets: orders('NOTE-3') });
    const answer = JSON.parse((await edi.post(text, { accept: 'application/json' })).text) as Record<string, unknown>;
    const notes = [
      { code: 'CONTROL_NUMBER_REUSED', at: 'GS06', message: expect.stringMatching(`group PO ${group} came before`) },
      { code: 'CONTROL_NUMBER_REUSED', at: 'ST02', message: `850 1 of group PO ${group} came before` },
    ];
    expect(answer).toMatchObject({
      accepted: true,
      issues: [],
      notes,
      acknowledgment: expect.stringContaining('AK9*A*1*1*1'),
    });
    expect(await taken('NOTE-')).toEqual(['NOTE-1', 'NOTE-2', 'NOTE-3']);
    const { documentId } = answer as { documentId: string };
    expect(await ask(`/edi/documents/${documentId}`)).toMatchObject({ outcome: 'accepted', notes });
    const { documents } = await ask<{ documents: { documentId: string }[] }>('/edi/noted?partner=acme');
    expect(documents[0]).toMatchObject({ documentId, notes });
    expect((await ask<{ documents: object[] }>('/edi/noted?partner=bolt')).documents).toEqual([]);
  });

  it('is noted alone where the sets go on counting', async () => {
    const group = next();
    await post({ control: next(), group, sets: orders('ON-1', 'ON-2') });
    const text = interchange({ control: next(), group, firstSet: 3, sets: orders('ON-3') });
    const { notes } = JSON.parse((await edi.post(text, { accept: 'application/json' })).text) as { notes: object[] };
    expect(notes).toEqual([expect.objectContaining({ at: 'GS06' })]);
  });

  it('is refused where that was agreed upon, to the byte, and the rest of the interchange is taken', async () => {
    const [group, other, isa] = [next(), next(), next()];
    await post({ sender: 'STRICT', control: next(), group, po: 'STRICT-1' });
    const second = { sender: 'STRICT', control: isa, group: `00${group}`, sets: orders('STRICT-2', 'STRICT-3') };
    const text = twoGroups(second, { sender: 'STRICT', group: other, po: 'STRICT-4' });
    const answer = await edi.post(text);
    expect(answer.text).toBe(
      [
        'ISA*00*          *00*          *ZZ*RAILHEAD       *ZZ*STRICT         *260203*1000*U*00401*000000002*0*P*>',
        'GS*FA*RAILHEAD*STRICT*20260203*1000*2*X*004010',
        'ST*997*0001',
        `AK1*PO*00${group}`,
        ...['AK2*850*0001', 'AK5*A', 'AK2*850*0002', 'AK5*A', 'AK9*R*2*2*0*6', 'SE*8*0001'],
        'ST*997*0002',
        `AK1*PO*${other}`,
        ...['AK2*850*0001', 'AK5*A', 'AK9*A*1*1*1', 'SE*6*0002'],
        'GE*2*2',
        'IEA*1*000000002',
        '',
      ].join('~\n'),
    );
    expect(await taken('STRICT-')).toEqual(['STRICT-1', 'STRICT-4']);
    const refusals = await edi.until(DocumentRejected);
    expect(refusals.at(-1)!.data).toMatchObject({
      partner: 'strict',
      issues: [{ code: 'CONTROL_NUMBER_REUSED', at: 'GS06', message: expect.stringContaining(`group PO ${group} `) }],
    });
    expect((await edi.post(text)).text).toBe(answer.text); // the same again gets the same
  });

  it('is used up by what was taken only: refused, it may come mended under the same numbers', async () => {
    const [group, isa] = [next(), next()];
    const wanted = { sender: 'STRICT', control: isa, group, po: 'MEND-1' };
    expect((await edi.post(interchange(wanted).replace(/SE\*\d+/, 'SE*99'))).text).toContain('AK9*R*1*1*0~');
    expect((await post(wanted)).text).toContain('AK9*A'); // the first was refused for a fault
    const used = { sender: 'STRICT', control: next(), group, po: 'MEND-2' };
    expect((await post(used)).text).toContain('AK9*R*1*1*0*6');
    expect((await post({ ...used, group: next() })).text).toContain('AK9*A'); // and this one for its GS06
    expect(await taken('MEND-')).toEqual(['MEND-1', 'MEND-2']);
  });

  it('is of its partner, its sender, its receiver and its kind of document', async () => {
    const group = next();
    await post({ sender: 'STRICT', control: next(), group, po: 'KEY-1' });
    const as = (what: string, by: string, po: string) =>
      edi.post(interchange({ sender: 'STRICT', control: next(), group, po }).replace(what, by));
    expect((await as('GS*PO*STRICT', 'GS*PO*STRICT-EAST', 'KEY-2')).text).toContain('AK9*A');
    expect((await as('STRICT*RAILHEAD*2026', 'STRICT*RAILHEAD2*2026', 'KEY-3')).text).toContain('AK9*A');
    const change = ['BCH*04*SA*KEY-1**1*20260204****20260203', 'POC*10*QI*12*10*EA*12.50**VP*RH-1001', 'CTT*1'];
    const changed = { sender: 'STRICT', control: next(), group, functionalId: 'PC', code: '860', sets: [change] };
    expect((await post(changed)).text).toContain('AK9*A');
    // What somebody else writes into GS02 uses up nothing.
    const foreign = next();
    await edi.post(interchange({ control: next(), group: foreign }).replace('GS*PO*ACMESTORES', 'GS*PO*STRICT'));
    expect((await post({ sender: 'STRICT', control: next(), group: foreign, po: 'KEY-4' })).text).toContain('AK9*A');
  });

  it('is none where there is none, and a partner may leave it out', async () => {
    await agree('STRICT', { severities: { 'gs-control-number': 'accept' } });
    for (const po of ['NONE-1', 'NONE-2'])
      expect((await post({ sender: 'STRICT', control: next(), group: '', po })).text).toContain('AK9*A');
    await agree('STRICT');
  });

  it('is refused also when it comes twice in one document', async () => {
    const group = next();
    const pair = ['PAIR-1', 'PAIR-2'].map((po) => interchange({ sender: 'STRICT', control: next(), group, po }));
    expect(told(await edi.post(pair.join(''))).filter((segment) => segment.startsWith('AK9'))).toEqual([
      'AK9*A*1*1*1',
      'AK9*R*1*1*0*6',
    ]);
  });

  it('is taken once when it comes several times at the same moment', async () => {
    const group = next();
    const all = ['A', 'B', 'C', 'D', 'E'].map((letter) =>
      post({ sender: 'STRICT', control: next(), group, po: `RACE-${letter}` }),
    );
    const answers = (await Promise.all(all)).map(told).map((segments) => segments.at(-1));
    expect(answers.sort()).toEqual(['AK9*A*1*1*1', ...Array(4).fill('AK9*R*1*1*0*6')]);
    expect(await taken('RACE-')).toHaveLength(1);
  });

  it('counts anew with the day for a partner who begins its numbers anew', async () => {
    const group = next();
    const daily = (po: string, day: string) =>
      edi.post(
        interchange({ sender: 'DAILY', control: next(), group, po }).replace('*260203*1015*U', `*${day}*1015*U`),
      );
    expect((await daily('DAY-1', '260203')).text).toContain('AK9*A');
    expect((await daily('DAY-2', '260204')).text).toContain('AK9*A');
    expect((await daily('DAY-3', '260204')).text).toContain('AK9*R*1*1*0*6');
  });

  it('of what was held is taken when a person releases it, and from then on used', async () => {
    const [isa, group] = [next(), next()];
    await post({ sender: 'STRICT', control: isa, group: next(), po: 'HELD-1' });
    await post({ sender: 'STRICT', control: next(), group, po: 'HELD-2' });
    const other = next();
    const text = twoGroups(
      { sender: 'STRICT', control: isa, group, po: 'HELD-3' },
      { sender: 'STRICT', group: other, po: 'HELD-4' },
    );
    expect((await edi.post(text)).text).toContain('*R*025');
    expect((await post({ sender: 'STRICT', control: next(), group: other, po: 'HELD-5' })).text).toContain('AK9*A'); // held uses up nothing
    const [held] = await ask<{ heldId: string }[]>('/ops/edi-connector/held');
    const body = JSON.stringify({ action: 'release', actor: 'ann', reason: 'asked the partner' });
    await fetch(`${edi.address}/ops/edi-connector/held/${held!.heldId}`, { method: 'POST', headers, body });
    await edi.until(OrderCaptured, 1, idOf('STRICT', 'HELD-4'));
    expect(await taken('HELD-')).toEqual(['HELD-1', 'HELD-2', 'HELD-3', 'HELD-4', 'HELD-5']);
  }, 30_000);

  it('refuses all of a long interchange, before anything of it is taken', async () => {
    const group = next();
    await post({ sender: 'STRICT', control: next(), group, po: 'LONG' });
    const text = bulkText({ sender: 'STRICT', control: next(), group, orders: MANY, prefix: 'LONG-USED-' });
    const { answer, outcome } = await sentLarge(text);
    expect([answer.includes(`AK9*R*${MANY}*${MANY}*0*6`), outcome]).toEqual([true, 'rejected']);
    expect(await taken('LONG-USED-')).toEqual([]);
  }, 60_000);

  it('is used up by a long interchange as well, and noted of one', async () => {
    const [group, noted] = [next(), next()];
    const { answer } = await sentLarge(
      bulkText({ sender: 'STRICT', control: next(), group, orders: MANY, prefix: 'LONG-NEW-' }),
    );
    expect(answer).toContain(`AK9*A*${MANY}*${MANY}*${MANY}`);
    expect((await post({ sender: 'STRICT', control: next(), group, po: 'AFTER' })).text).toContain('AK9*R*1*1*0*6');

    await post({ control: next(), group: noted, po: 'LONG-NOTED' });
    const long = await sentLarge(bulkText({ control: next(), group: noted, orders: MANY, prefix: 'LONG-NOTED-' }));
    expect(long.notes.map(({ at }) => at)).toEqual(['GS06', 'ST02']);
    expect([long.outcome, (await taken('LONG-NOTED-')).length]).toEqual(['accepted', MANY]);
  }, 60_000);

  it('of two long interchanges read at once is one taken', async () => {
    const group = next();
    const long = (prefix: string) =>
      sentLarge(bulkText({ sender: 'STRICT', control: next(), group, orders: MANY, prefix }));
    const both = await Promise.all([long('TWIN-A-'), long('TWIN-B-')]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['accepted', 'rejected']);
    expect(await taken('TWIN-')).toHaveLength(MANY);
  }, 60_000);
});

describe('a set number that came before', () => {
  it('is refused with code 7 where that was agreed upon; the others of its group are taken', async () => {
    const group = next();
    await post({ sender: 'COUNTING', control: next(), group, sets: orders('SET-1', 'SET-2') });
    const second = { sender: 'COUNTING', control: next(), group, firstSet: 2, sets: orders('SET-2-OTHER', 'SET-3') };
    const answer = await post(second);
    expect(told(answer)).toEqual([
      `AK1*PO*${group}`,
      ...['AK2*850*0002', 'AK5*R*7', 'AK2*850*0003', 'AK5*A', 'AK9*P*2*2*1'],
    ]);
    expect((await post(second)).text).toBe(answer.text);
    // Number 3 came under a group number that was used already, and is known all the same.
    const third = await post({ sender: 'COUNTING', control: next(), group, firstSet: 3, sets: orders('SET-3-OTHER') });
    expect(told(third).slice(-2)).toEqual(['AK5*R*7', 'AK9*R*1*1*0']);
    expect(await taken('SET-')).toEqual(['SET-1', 'SET-2', 'SET-3']);
  });

  it('may be used once more after it was refused for a fault, and is said in a 999 by IK5', async () => {
    const group = next();
    const bad = orderBody('MEND-SET').map((segment) => segment.replace('20260203', '20269999'));
    const sets = [orderBody('MEND-SET-1'), bad];
    await post({ sender: 'COUNTING', control: next(), group, sets });
    expect((await post({ sender: 'COUNTING', control: next(), group, firstSet: 2, po: 'MEND-SET' })).text).toContain(
      'AK9*A',
    );
    await agree('COUNTING', { format: '999' });
    const again = await post({ sender: 'COUNTING', control: next(), group, firstSet: 2, po: 'MEND-SET-3' });
    await agree('COUNTING');
    expect(told(again).slice(-2)).toEqual(['IK5*R*7', 'AK9*R*1*1*0']);
  });

  it('is taken once when it comes several times at the same moment', async () => {
    const group = next();
    await post({ sender: 'COUNTING', control: next(), group, po: 'SET-RACE' });
    const all = ['A', 'B', 'C', 'D', 'E'].map((letter) =>
      post({ sender: 'COUNTING', control: next(), group, firstSet: 2, po: `SET-RACE-${letter}` }),
    );
    const answers = (await Promise.all(all)).map(told).map((segments) => segments.at(-1));
    expect(answers.sort()).toEqual(['AK9*A*1*1*1', ...Array(4).fill('AK9*R*1*1*0')]);
    expect(await taken('SET-RACE-')).toHaveLength(1);
  });

  it('loses a long interchange that set only', async () => {
    const group = next();
    await post({ sender: 'COUNTING', control: next(), group, firstSet: 7, po: 'LONG-SET' });
    const first = await sentLarge(
      bulkText({ sender: 'COUNTING', control: next(), group, orders: MANY, prefix: 'LONG-SET-' }),
    );
    expect(first.answer).toContain(`AK9*P*${MANY}*${MANY}*${MANY - 1}`);
    expect(first.answer.match(/AK2\*850\*0007~\nAK5\*R\*7~/g)).toHaveLength(1);
    expect(await taken('LONG-SET-')).toHaveLength(MANY - 1);
    const second = await sentLarge(
      bulkText({ sender: 'COUNTING', control: next(), group, orders: MANY, prefix: 'LONG-SET-AGAIN-' }),
    );
    expect(second.answer).toContain(`AK9*R*${MANY}*${MANY}*0~`);
    expect(await taken('LONG-SET-AGAIN-')).toEqual([]);
  }, 60_000);

  it('has a row only for partners who asked, and only under a group number that came before', async () => {
    const rows = await edi.rows<{ partner: string }>('SELECT DISTINCT partner FROM set_numbers');
    expect(rows).toEqual([{ partner: 'counting' }]);
    await post({ sender: 'COUNTING', control: next(), group: next(), po: 'NO-ROW' });
    expect(await edi.rows(`SELECT 1 FROM set_numbers WHERE control_number = $1`, [String(control)])).toEqual([]);
  });
});

it('names of groups that are none leave the document readable', async () => {
  const odd = interchange({ control: next(), po: 'ODD-NAME' }).replace(
    'GS*PO*ACMESTORES',
    `GS*PO*A\0${'B'.repeat(5_000)}`,
  );
  expect((await edi.post(odd)).status).toBe(200);
});
