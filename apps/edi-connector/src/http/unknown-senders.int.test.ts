import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderCaptured, orderIdOf } from '@railhead/contracts';
import { bulkText } from '../testing/bulk-interchange.js';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

interface Nobodys {
  readonly documentId: string;
  readonly sender: string | null;
  readonly partner: string | null;
  readonly detail: string;
  readonly sizeBytes: number;
}

let edi: EdiUnderTest;
beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '100000' });
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
async function ask<T>(path: string, body?: object, method = 'POST'): Promise<{ status: number; body: T }> {
  const sending = body === undefined ? {} : { method, body: JSON.stringify(body) };
  const response = await fetch(`${edi.address}${path}`, { headers, ...sending });
  return { status: response.status, body: (await response.json()) as T };
}
const PLACE = '/ops/edi-connector/unknown-senders';
const list = async (): Promise<Nobodys[]> => (await ask<Nobodys[]>(PLACE)).body;
const decide = (id: string, action: string) =>
  ask<{ done?: boolean; message?: string }>(`${PLACE}/${id}`, { action, actor: 'ada', reason: 'they called' });
const know = (name: string): Promise<unknown> => {
  const them = { qualifier: 'ZZ', id: name.toUpperCase() };
  const profile = { name, accountId: name.toUpperCase(), them, us: { qualifier: 'ZZ', id: 'RAILHEAD' } };
  return ask(`/edi/partners/${name}`, { actor: 'ada', reason: 'new partner', profile }, 'PUT');
};
const captured = (account: string, po: string) =>
  edi.until(OrderCaptured, 1, orderIdOf({ buyerAccountId: account, purchaseOrderNumber: po }));
const decisions = () =>
  edi.rows('SELECT action, decided_by AS "by", reason FROM unknown_sender_decisions ORDER BY decided_at, action');

describe('a document of a sender that nobody knows', () => {
  it('is listed with who it says it is from and what to do, and read once there is a profile', async () => {
    const text = interchange({ po: 'EARLY-1', sender: 'EARLY', control: 1 });
    expect((await edi.post(text)).status).toBe(422);
    const [one, ...more] = await list();
    expect([one, more]).toMatchObject([
      { sender: 'ZZ/EARLY', partner: null, sizeBytes: text.length, detail: expect.stringContaining('make a profile') },
      [],
    ]);
    expect(await decide(one!.documentId, 'retry')).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('no partner has the id ZZ/EARLY') },
    });
    expect(await list()).toHaveLength(1);

    await know('early');
    expect(await list()).toMatchObject([{ partner: 'early', detail: 'ZZ/EARLY is early by now: retry' }]);
    const answers = await Promise.all([1, 2, 3].map(() => decide(one!.documentId, 'retry')));
    expect(answers.filter(({ body }) => body.done)).toHaveLength(1);
    await captured('EARLY', 'EARLY-1');
    expect(await list()).toEqual([]);
    const accept = { ...headers, accept: 'application/edi-x12' };
    const answer = await fetch(`${edi.address}/edi/documents/${one!.documentId}`, { headers: accept });
    expect(await answer.text()).toContain('AK9*A*1*1*1');
    expect(await decisions()).toEqual([{ action: 'retry', by: 'ada', reason: 'they called' }]);
  });

  it('may be large', async () => {
    await edi.post(bulkText({ control: 1, orders: 200, prefix: 'LARGE-', sender: 'LARGESHOP' }));
    while ((await list()).length === 0);
    const [one] = await list();
    expect(one).toMatchObject({ sender: 'ZZ/LARGESHOP', partner: null });
    await know('largeshop');
    expect((await decide(one!.documentId, 'retry')).body).toEqual({ done: true });
    await captured('LARGESHOP', 'LARGE-199');
    expect(await list()).toEqual([]);
  });

  it('or that is no X12 at all may be dropped, once; it is kept', async () => {
    await edi.post('hello, is this the right place?');
    const [one] = await list();
    expect(one).toMatchObject({ sender: null, detail: 'there is no interchange in it: discard' });
    expect((await decide(one!.documentId, 'retry')).status).toBe(409);
    expect((await decide(one!.documentId, 'discard')).body).toEqual({ done: true });
    expect((await decide(one!.documentId, 'discard')).body).toEqual({ done: false });
    expect(await list()).toEqual([]);
    expect(await edi.rows('SELECT outcome FROM documents WHERE document_id = $1', [one!.documentId])).toEqual([
      { outcome: 'discarded' },
    ]);
  });
});

it('what a known sender sent wrong is not among them, large or small', async () => {
  await edi.post(interchange({ po: 'WRONG', control: 7 }).replace(/SE\*\d+\*/, 'SE*99*'));
  const { text } = await edi.post(bulkText({ control: 8, orders: 200, prefix: 'WRONG-', trailer: 99 }));
  const { documentId } = JSON.parse(text) as { documentId: string };
  const outcome = async () => (await ask<{ outcome?: string }>(`/edi/documents/${documentId}`)).body.outcome;
  while ((await outcome()) === undefined);
  expect([await outcome(), await list()]).toEqual(['rejected', []]);
});

it('they are shown to nobody without the token of the installation', async () => {
  expect((await fetch(`${edi.address}${PLACE}`)).status).toBe(401);
  expect((await decide('nothing', 'discard')).body).toEqual({ done: false });
});
