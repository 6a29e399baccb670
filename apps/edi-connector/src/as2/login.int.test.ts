import { afterEach, describe, expect, it } from '@jest/globals';
import { TaskOpened } from '@railhead/contracts';
import { interchange } from '../testing/interchanges.js';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';

const TOKEN = 'Bearer internal-token-of-tests';
const PASSWORD = 'open sesame: ä';
const BASIC = `Basic ${Buffer.from(`railhead:${PASSWORD}`).toString('base64')}`;

let edi: As2UnderTest;
let control = 0;
afterEach(() => edi.stop());

interface Profile extends Record<string, unknown> {
  readonly as2: Record<string, unknown>;
}
interface Answer {
  readonly status: number;
  readonly text: string;
}

async function ask(path: string, method = 'GET', body?: object): Promise<Answer> {
  const response = await fetch(`${edi.address}${path}`, {
    method,
    headers: { authorization: TOKEN, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
const profileNow = async (): Promise<Profile> =>
  (JSON.parse((await ask('/edi/partners/acmestores')).text) as { profile: Profile }).profile;
const save = (profile: object) =>
  ask('/edi/partners/acmestores', 'PUT', { actor: 'ada', reason: 'for the test', profile });
const saveAs2 = async (change: object): Promise<Answer> => {
  const profile = await profileNow();
  return save({ ...profile, as2: { ...profile.as2, ...change } });
};

/** Lets an order come, so that a 997 goes out. */
async function anOrder(more: readonly (readonly [string, string])[] = []): Promise<void> {
  control += 1;
  const packed = edi.partner.pack(Buffer.from(interchange({ po: `PO-LOGIN-${control}`, control })));
  await edi.post(`<login-${control}@acme>`, packed, more);
}
const isDone = async (): Promise<boolean> =>
  (await edi.rows(`SELECT 1 AS one FROM as2_sent WHERE state = 'done'`)).length > 0;

/** All that is written down about partners, messages and deliveries, as anybody with a backup could read it. */
async function written(): Promise<string> {
  const tables = ['partner_versions', 'as2_sent', 'as2_received', 'delivery', 'outbox'];
  const rows = await Promise.all(
    tables.map((table) => edi.rows(`SELECT convert_to(t::text, 'UTF8') AS text FROM ${table} t`)),
  );
  return rows
    .flat()
    .map(({ text }) => String(text))
    .join('\n');
}

describe('a partner whose server asks for user and password', () => {
  it('gets them with what we send; nobody else ever sees the password again', async () => {
    edi = await as2UnderTest();
    edi.partner.wants = BASIC;
    const saved = await saveAs2({ auth: { scheme: 'basic', user: 'railhead', password: PASSWORD } });
    expect(saved.status).toBe(200);
    await anOrder();
    await edi.eventually(isDone, 'the 997 is there');

    const shown = [saved, await ask('/edi/partners/acmestores'), await ask('/edi/partners/acmestores/history')];
    for (const { text } of shown) {
      expect(text).toContain('sealed:');
      expect(text).not.toContain('sesame');
    }
    const all = await written();
    expect(all).toContain('sealed:');
    expect(all).not.toMatch(/sesame|cmFpbGhlYWQ6/);
  });

  it('keeps the password when something else is changed; another server needs it anew', async () => {
    edi = await as2UnderTest();
    edi.partner.wants = BASIC;
    await saveAs2({ auth: { scheme: 'basic', user: 'railhead', password: PASSWORD } });
    expect((await saveAs2({ subject: 'Orders' })).status).toBe(200);
    await anOrder();
    await edi.eventually(isDone, 'the 997 is there');

    const elsewhere = await saveAs2({ url: 'http://127.0.0.1:9/as2' });
    expect([elsewhere.status, elsewhere.text]).toEqual([400, expect.stringContaining('"/as2/auth"')]);
    const auth = { scheme: 'basic', user: 'railhead', password: PASSWORD };
    expect((await saveAs2({ url: 'http://127.0.0.1:9/as2', auth })).status).toBe(200);
  });

  it('is a task, with what is wrong, when it does not take them', async () => {
    edi = await as2UnderTest({ auth: { scheme: 'bearer', token: 'yesterday' } });
    edi.partner.wants = 'Bearer today';
    await anOrder();
    const [opened] = await edi.until(TaskOpened);
    expect(opened!.data.detail).toContain('401: the auth of the profile is not what they want');
    expect(await edi.rows('SELECT state FROM as2_sent')).toEqual([{ state: 'failed' }]);
    await saveAs2({ auth: { scheme: 'bearer', token: 'today' } });
    const [, id] = /deliveries replay edi-connector\/(\d+)/.exec(opened!.data.detail)!;
    const decision = { action: 'replay', actor: 'ada', reason: 'they gave us a new token' };
    await ask(`/ops/edi-connector/deliveries/${id}`, 'POST', decision);
    await edi.eventually(isDone, 'the 997 is there');
  });

  it('may say so in the address for its receipts, or be the server that we know it from', async () => {
    edi = await as2UnderTest({ auth: { scheme: 'bearer', token: 'today' } });
    const at = (user: string): string => edi.partner.url.replace('//', `//${user}@`);
    edi.partner.wants = BASIC;
    await anOrder([['Receipt-Delivery-Option', at(`railhead:${encodeURIComponent(PASSWORD)}`)]]);
    await edi.eventually(() => edi.partner.receipts.length === 1, 'the receipt is posted');
    expect(await written()).not.toMatch(/sesame|cmFpbGhlYWQ6/);

    edi.partner.wants = 'Bearer today';
    await anOrder([['Receipt-Delivery-Option', edi.partner.url]]);
    await edi.eventually(() => edi.partner.receipts.length === 2, 'the receipt is posted');
  });
});
