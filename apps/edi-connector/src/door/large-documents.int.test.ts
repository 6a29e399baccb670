import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, DocumentRejected, OrderCaptured, orderIdOf } from '@railhead/contracts';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bulkText } from '../testing/bulk-interchange.js';
import { ReadingStore } from '../store/reading.store.js';
import { ACME_KEY, ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';
import { DocumentReading, Overtaken } from './document-reading.js';

let edi: EdiUnderTest;
let control = 0;
const next = (): number => (control += 1);
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
/** Enough orders that their interchange is not held in memory. */
const MANY = 450;

interface State {
  readonly state: string;
  readonly outcome?: string;
  readonly progress: { orders: number; knownOrders: number; interchanges: number; issues: number };
}

async function ask(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${edi.address}${path}`, { headers: { authorization: `Bearer ${TOKEN}`, ...headers } });
}

/** Posts a document that is kept first, and waits until it was read. */
async function sent(text: string): Promise<{ documentId: string; state: State; answer: string }> {
  const answer = await edi.post(text);
  expect([answer.status, answer.type]).toEqual([202, 'application/json; charset=utf-8']);
  const { documentId, location } = JSON.parse(answer.text) as { documentId: string; location: string };
  expect(location).toBe(`/edi/documents/${documentId}`);
  const state = await settled(documentId);
  return { documentId, state, answer: await answerTo(documentId) };
}

async function settled(documentId: string): Promise<State> {
  const deadline = Date.now() + 50_000;
  for (;;) {
    const state = (await (await ask(`/edi/documents/${documentId}`)).json()) as State;
    if (state.state === 'failed') throw new Error(JSON.stringify(await edi.rows('SELECT last_error FROM readings')));
    if (state.state !== 'reading') return state;
    if (Date.now() > deadline) throw new Error(`not read in time: ${JSON.stringify(state)}`);
    await pause(30);
  }
}

async function answerTo(documentId: string): Promise<string> {
  return (await ask(`/edi/documents/${documentId}`, { accept: 'application/edi-x12' })).text();
}

async function captured(prefix: string): Promise<number> {
  const sql = `SELECT count(*)::int AS count FROM orders WHERE purchase_order_number LIKE $1`;
  return (await edi.rows<{ count: number }>(sql, [`${prefix}%`]))[0]!.count;
}

async function held(): Promise<{ heldId: string; controlNumber: string; reason: string; partner: string }[]> {
  return (await ask('/ops/edi-connector/held')).json() as never;
}

async function decide(heldId: string, action: string): Promise<unknown> {
  const response = await fetch(`${edi.address}/ops/edi-connector/held/${heldId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ action, actor: 'ann', reason: 'asked the partner' }),
  });
  return response.json();
}

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '100000' });
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('a document that is larger than a transaction should be', () => {
  it('is answered 202 at once, then read: every order once, and a 997 to fetch', async () => {
    const { state, answer } = await sent(bulkText({ control: next(), orders: MANY, prefix: 'LONG-' }));
    expect(state).toMatchObject({ state: 'settled', outcome: 'accepted', progress: { orders: MANY, interchanges: 1 } });
    expect(answer).toContain(`AK9*A*${MANY}*${MANY}*${MANY}`);
    expect(await captured('LONG-')).toBe(MANY);
    const [event] = await edi.until(OrderCaptured, 1, idOf(`LONG-${MANY - 1}`));
    expect(event!.data.provenance.rawSha256).toMatch(/^[0-9a-f]{64}$/);
  }, 60_000);

  it('sent again is answered byte for byte, and nothing is captured', async () => {
    const text = bulkText({ control: next(), orders: MANY, prefix: 'TWICE-' });
    const first = await sent(text);
    const second = await sent(text);
    expect(second.answer).toBe(first.answer);
    expect(second.state).toMatchObject({ outcome: 'duplicate', progress: { orders: 0 } });
    await edi.until(DocumentDuplicated, 1);
  }, 60_000);

  it('under a new number brings orders that we had: each is a duplicate', async () => {
    await sent(bulkText({ control: next(), orders: MANY, prefix: 'NEW-NUMBER-' }));
    const { state, answer } = await sent(bulkText({ control: next(), orders: MANY, prefix: 'NEW-NUMBER-' }));
    expect(state).toMatchObject({ outcome: 'duplicate', progress: { orders: 0, knownOrders: MANY } });
    expect(answer).toContain(`AK9*A*${MANY}*${MANY}*${MANY}`);
  }, 60_000);

  it('with a fault at its very end leaves nothing', async () => {
    const number = next();
    const { state, answer } = await sent(bulkText({ control: number, orders: MANY, prefix: 'BAD-END-', trailer: 99 }));
    expect(answer).toMatch(/TA1\*\d+\*260203\*1015\*R\*001/);
    expect(state).toMatchObject({ outcome: 'rejected', progress: { orders: 0 } });
    expect(await captured('BAD-END-')).toBe(0);
    const mended = await sent(bulkText({ control: number, orders: MANY, prefix: 'BAD-END-' }));
    expect(mended.answer).toContain(`AK9*A*${MANY}`); // mended, it may come under its number
    expect(await captured('BAD-END-')).toBe(MANY);
  }, 60_000);

  it('with some bad sets loses those only, and names them', async () => {
    const spoil = (text: string, n: number): string => (n % 100 === 7 ? text.replace('20260220', '20269999') : text);
    const { answer, state } = await sent(bulkText({ control: next(), orders: MANY, prefix: 'PARTLY-', change: spoil }));
    expect(answer).toContain(`AK9*P*${MANY}*${MANY}*${MANY - 5}`);
    expect(answer.match(/AK5\*R/g)).toHaveLength(5);
    expect(await captured('PARTLY-')).toBe(MANY - 5);
    expect(state).toMatchObject({ outcome: 'rejected', progress: { orders: MANY - 5 } });
  }, 60_000);

  it('may hold many interchanges, each answered on its own', async () => {
    const texts = Array.from({ length: 250 }, (_, n) =>
      n === 17 ? interchange({ sender: 'NOBODY', control: 1 }) : interchange({ po: `EACH-${n}`, control: next() }),
    );
    const { answer, state } = await sent(`${texts.join('')}\n\n`);
    expect(answer.match(/AK9\*A\*1\*1\*1/g)).toHaveLength(249);
    expect(state).toMatchObject({ progress: { interchanges: 249, orders: 249, issues: 1 } });
    const rejections = await edi.until(DocumentRejected);
    expect(rejections.flatMap(({ data }) => data.issues.map(({ code }) => code))).toContain('UNKNOWN_PARTNER');
  }, 60_000);

  it('that is no X12 is kept, and rejected with a word', async () => {
    const { state, documentId } = await sent('no interchange at all. '.repeat(10_000));
    expect(state).toMatchObject({ outcome: 'rejected', progress: { interchanges: 0, issues: 1 } });
    const [row] = await edi.rows<{ bytes: number }>(
      'SELECT sum(octet_length(bytes))::int AS bytes FROM document_chunks WHERE document_id = $1',
      [documentId],
    );
    expect(row!.bytes).toBe(230_000);
  }, 60_000);

  it('in the folder is archived when it is kept, and its 997 lies in the outbox', async () => {
    const number = next();
    await writeFile(
      join(edi.home, 'inbox/acme/large.edi'),
      bulkText({ control: number, orders: MANY, prefix: 'FILE-' }),
    );
    const answer = await edi.untilFile('outbox/acme', `AK1*PO*${number}~`);
    expect(answer).toContain(`AK9*A*${MANY}*${MANY}*${MANY}`);
    expect(await captured('FILE-')).toBe(MANY);
    expect(await edi.untilFile('archive/acme', '*FILE-0*')).toContain(`IEA*1*${String(number).padStart(9, '0')}`);
  }, 60_000);

  it('is one transaction and one answer as long as it is small, to the byte', async () => {
    const text = interchange({ po: 'EDGE', control: next() });
    const filled = (size: number): string => `${text}${' '.repeat(size - text.length)}`;
    expect((await edi.post(filled(100_000))).status).toBe(200);
    const { state } = await sent(filled(100_001));
    expect(state).toMatchObject({ outcome: 'duplicate' });
  }, 60_000);

  it('goes on after a restart where it was', async () => {
    const answer = await edi.post(bulkText({ control: next(), orders: 2_000, prefix: 'RESTART-' }));
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    while ((await captured('RESTART-')) === 0) await pause(5);
    await edi.restart();
    expect(await settled(documentId)).toMatchObject({ outcome: 'accepted', progress: { orders: 2_000 } });
    expect(await answerTo(documentId)).toContain('AK9*A*2000*2000*2000');
    expect(await captured('RESTART-')).toBe(2_000);
    expect(await edi.rows(`SELECT 1 FROM readings WHERE state <> 'done'`)).toEqual([]);
  }, 60_000);

  it('that two read at once brings every order once: who is behind notices and stops', async () => {
    const answer = await edi.post(bulkText({ control: next(), orders: 1_000, prefix: 'TWO-READERS-' }));
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    const { app } = edi.service;
    const found = () => app.get(ReadingStore).ofDocument(documentId);
    while (((await found())?.setsTaken ?? 0) === 0) await pause(5);
    const stale = (await found())!;
    while ((await found())!.version === stale.version) await pause(5); // the other one is a step further
    await expect(app.get(DocumentReading).run(stale, () => true)).rejects.toThrow(Overtaken);
    expect(await settled(documentId)).toMatchObject({ progress: { orders: 1_000, knownOrders: 0 } });
    expect(await captured('TWO-READERS-')).toBe(1_000);
  }, 60_000);

  it('is told about to its sender and to nobody else', async () => {
    const bolt = bulkText({ control: next(), orders: MANY, prefix: 'WHOSE-' }).replaceAll('ACMESTORES', 'BOLTTOOLS ');
    const answer = await edi.post(bolt, {}, '/edi/bolt');
    const { documentId } = JSON.parse(answer.text) as { documentId: string };
    await settled(documentId);
    const asAcme = await ask(`/edi/documents/${documentId}`, { authorization: `Bearer ${ACME_KEY}` });
    expect(asAcme.status).toBe(404);
    expect((await fetch(`${edi.address}/edi/documents/${documentId}`)).status).toBe(401);
  }, 60_000);

  it('of which only a part arrives is not there', async () => {
    const text = bulkText({ control: next(), orders: MANY, prefix: 'CUT-LINE-' });
    const half = new ReadableStream({
      async start(stream) {
        stream.enqueue(Buffer.from(text.slice(0, 300_000)));
        await pause(200);
        stream.error(new Error('the line was cut'));
      },
    });
    const options = { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` }, body: half, duplex: 'half' };
    await expect(fetch(`${edi.address}/edi`, options as RequestInit)).rejects.toThrow();
    const left = async (): Promise<unknown[]> =>
      edi.rows(
        `SELECT document_id FROM document_chunks c WHERE NOT EXISTS (SELECT 1 FROM documents d WHERE d.document_id = c.document_id)
          UNION ALL SELECT document_id FROM arrivals`,
      );
    await pause(300); // it may not have noticed yet that there was something to begin with
    for (const deadline = Date.now() + 20_000; (await left()).length > 0 && Date.now() < deadline;) await pause(20);
    expect(await left()).toEqual([]);
    expect(await captured('CUT-LINE-')).toBe(0);
  }, 60_000);
});

describe('a control number that was used for something else', () => {
  it('is refused with a TA1 and held; released, its orders are taken and its 997 goes out', async () => {
    const number = next();
    await edi.post(interchange({ po: 'USED', control: number }));
    const other = interchange({ po: 'HELD', control: number });
    const refusal = await edi.post(other);
    expect(refusal.text).toContain('*R*025');
    expect((await edi.post(other)).text).toBe(refusal.text);
    const [one, ...more] = await held();
    expect([more, one]).toMatchObject([
      [],
      { reason: 'CONTROL_NUMBER_REUSED', controlNumber: String(number), partner: 'acme' },
    ]);
    expect(await captured('HELD')).toBe(0);

    expect(await decide(one!.heldId, 'release')).toEqual({ done: true });
    await edi.until(OrderCaptured, 1, idOf('HELD'));
    const answer = await edi.untilFile('outbox/acme', `AK1*PO*${number}~`);
    expect((await edi.post(other)).text).toBe(answer);
    expect(await held()).toEqual([]);
    expect(await decide(one!.heldId, 'release')).toEqual({ done: false });
  }, 60_000);

  it('is held also when it is long, and released in many steps', async () => {
    const number = next();
    await edi.post(interchange({ po: 'USED-2', control: number }));
    const { answer, documentId } = await sent(bulkText({ control: number, orders: MANY, prefix: 'HELD-LONG-' }));
    expect(answer).toContain('*R*025');
    const [one] = await held();
    await decide(one!.heldId, 'release');
    await edi.until(OrderCaptured, 1, idOf(`HELD-LONG-${MANY - 1}`));
    for (const deadline = Date.now() + 10_000; !(await answerTo(documentId)).includes('AK9') && Date.now() < deadline;)
      await pause(30);
    expect(await answerTo(documentId)).toContain(`AK9*A*${MANY}*${MANY}*${MANY}`);
    expect(await captured('HELD-LONG-')).toBe(MANY);
  }, 60_000);

  it('discarded, stays refused', async () => {
    const number = next();
    await edi.post(interchange({ po: 'USED-3', control: number }));
    const other = interchange({ po: 'DISCARDED', control: number });
    const refusal = await edi.post(other);
    const [one] = await held();
    expect(await decide(one!.heldId, 'discard')).toEqual({ done: true });
    expect(await held()).toEqual([]);
    expect((await edi.post(other)).text).toBe(refusal.text);
    expect(await captured('DISCARDED')).toBe(0);
  });

  it('is decided by nobody without the token of the installation', async () => {
    expect((await fetch(`${edi.address}/ops/edi-connector/held`)).status).toBe(401);
    const asAcme = { authorization: `Bearer ${ACME_KEY}` };
    expect((await ask('/ops/edi-connector/held', asAcme)).status).toBe(401);
  });
});

describe('while a long interchange is being taken', () => {
  it('the same number waits: 503, send it again', async () => {
    const number = next();
    await edi.rows(
      `INSERT INTO interchanges (sender, receiver, control_number, sha256, document_id, captured, answer, summary)
       SELECT 'ZZ/ACMESTORES', 'ZZ/RAILHEAD', $1, '', document_id, false, '', '' FROM documents LIMIT 1`,
      [String(number)],
    );
    expect((await edi.post(interchange({ control: number, sets: [orderBody('WAITING')] }))).status).toBe(503);
    expect(await captured('WAITING')).toBe(0);
  });
});
