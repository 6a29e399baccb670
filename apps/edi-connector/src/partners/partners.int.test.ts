import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OrderCaptured, orderIdOf } from '@railhead/contracts';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { PARTNERS } from '../testing/partners.js';

let edi: EdiUnderTest;

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);
beforeEach(async () => {
  // As it was: whom the last test added is no partner of this one.
  if ((await ask('/corner')).status === 200) await ask('/corner', 'DELETE', why);
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}
async function ask(path: string, method = 'GET', body?: object, key = TOKEN): Promise<Answer> {
  const response = await fetch(`${edi.address}/edi/partners${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const why = { actor: 'ada', reason: 'new partner' };
const corner = {
  name: 'corner',
  accountId: 'CORNER',
  them: { qualifier: 'ZZ', id: 'CORNERSHOP' },
  us: { qualifier: 'ZZ', id: 'RAILHEAD' },
};
const file = (content: unknown) =>
  writeFile(join(edi.home, 'partners.json'), typeof content === 'string' ? content : JSON.stringify(content));
const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  for (let n = 0; n < 1_000 && !(await isSo()); n += 1) await pause(20);
  if (!(await isSo())) throw new Error('it did not come to that');
};
const versionsOf = async (name: string) =>
  (await ask(`/${name}/history`)).body['versions'] as Record<string, unknown>[];
const fileProblem = async () => (await ask('')).body['fileProblem'] as string | undefined;

describe('a partner over the API', () => {
  it('is taken up without a restart: it sends, and has folders', async () => {
    expect((await ask('/corner', 'PUT', { ...why, version: 0, profile: corner })).body).toMatchObject({
      version: 1,
      changedBy: 'ada',
    });
    const answer = await edi.post(interchange({ po: 'NEW-1', sender: 'CORNERSHOP' }));
    expect(answer.text).toContain('AK9*A*1*1*1');
    await edi.until(OrderCaptured, 1, orderIdOf({ buyerAccountId: 'CORNER', purchaseOrderNumber: 'NEW-1' }));
    for (const side of ['inbox', 'outbox'])
      await until(async () => (await readdir(join(edi.home, side))).includes('corner'));
  });

  it('keeps every version, with who, why and when', async () => {
    await ask('/corner', 'PUT', { ...why, profile: corner });
    await ask('/corner', 'PUT', {
      actor: 'bob',
      reason: 'in dollars of Canada',
      profile: { ...corner, currency: 'CAD' },
    });
    await ask('/corner', 'DELETE', { actor: 'ada', reason: 'they have closed' });
    const [ended, changed, made] = await versionsOf('corner');
    expect(ended).toMatchObject({ profile: null, changedBy: 'ada', reason: 'they have closed', origin: 'api' });
    expect(changed).toMatchObject({
      profile: { currency: 'CAD' },
      changedBy: 'bob',
      changedAt: '2026-02-03T10:00:00.000Z',
    });
    expect(made).toMatchObject({ profile: corner });
    expect([ended!['version'], changed!['version']]).toEqual([
      Number(made!['version']) + 2,
      Number(made!['version']) + 1,
    ]);
    expect((await ask('/corner')).status).toBe(404);
    const again = { ...why, version: 0, profile: corner };
    expect((await ask('/corner', 'PUT', again)).body).toMatchObject({ version: Number(made!['version']) + 3 });
    expect((await ask('/corner', 'PUT', again)).status).toBe(409);
    await ask('/corner', 'DELETE', why);
    expect((await edi.post(interchange({ po: 'GONE', sender: 'CORNERSHOP', control: 9 }))).status).toBe(422);
  });

  it('is refused with every fault at its place', async () => {
    const faulty = { ...corner, name: 'other', currency: 'DOLLARS', transport: 'sftp', folder: 'x' };
    const { status, body } = await ask('/corner', 'PUT', { ...why, profile: faulty });
    expect([status, body['error']]).toEqual([400, 'BAD_PROFILE']);
    expect((body['issues'] as { at: string }[]).map(({ at }) => at)).toEqual(
      expect.arrayContaining(['/currency', '/']),
    );
    expect(
      (await ask('/corner', 'PUT', { ...why, profile: { ...corner, transport: 'sftp' } })).body['issues'],
    ).toMatchObject([{ at: '/sftp' }]);
  });

  it('does not take the id of another', async () => {
    const { status, body } = await ask('/corner', 'PUT', {
      ...why,
      profile: { ...corner, them: { qualifier: 'ZZ', id: 'ACMESTORES' } },
    });
    expect([status, body['message']]).toEqual([409, 'two partners have the id ZZ/ACMESTORES']);
    expect((await ask('/corner')).status).toBe(404);
  });

  it('changed by two at once is changed by one', async () => {
    const { version } = (await ask('/corner', 'PUT', { ...why, profile: corner })).body;
    const change = (currency: string) => ask('/corner', 'PUT', { ...why, version, profile: { ...corner, currency } });
    const answers = await Promise.all([change('CAD'), change('EUR')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const late = answers.find(({ status }) => status === 409)!;
    expect(late.body['message']).toBe(
      `the profile of corner is at version ${Number(version) + 1}, not ${version}: fetch it, make your change to that, and send it with this version`,
    );
  });

  it('gets a key that is shown once and kept as its hash; the one before is void', async () => {
    const { key } = (await ask('/bolt/key', 'POST', why)).body as { key: string };
    const send = (with_: string, control: number) =>
      edi.post(interchange({ po: `K-${control}`, control, sender: 'BOLTTOOLS' }), { authorization: `Bearer ${with_}` });
    expect((await send(key, 1)).status).toBe(200);
    const bolt = PARTNERS.partners.find(({ name }) => name === 'bolt'); // without the key, as it was written down
    expect((await ask('/bolt', 'PUT', { ...why, profile: { ...bolt, transport: 'https' } })).status).toBe(200);
    expect((await send(key, 2)).status).toBe(200);
    expect(JSON.stringify(await edi.rows('SELECT * FROM partner_versions'))).not.toContain(key.split('.')[1]);
    await ask('/bolt/key', 'POST', why);
    expect((await send(key, 3)).status).toBe(401);
  });

  it('is for the installation only', async () => {
    for (const [path, method] of [
      ['', 'GET'],
      ['/acme', 'GET'],
      ['/acme/history', 'GET'],
      ['/acme', 'PUT'],
      ['/acme/key', 'POST'],
      ['/acme', 'DELETE'],
    ])
      expect((await ask(path!, method, method === 'GET' ? undefined : why, 'acme-1.open-sesame')).status).toBe(401);
  });
});

describe('the file of partners', () => {
  let control = 100;
  const others = PARTNERS.partners.slice(1);
  const [acme] = PARTNERS.partners;

  it('is taken up when it changes: new entries, changed ones, and ones that are gone', async () => {
    await file({ partners: [{ ...acme, displayName: 'Acme & Sons' }, corner] });
    await until(async () => (await ask('/corner')).status === 200);
    expect((await ask('/acme')).body).toMatchObject({ origin: 'file', profile: { displayName: 'Acme & Sons' } });
    expect((await ask('/bolt')).body).toMatchObject({ origin: 'api' }); // the API gave it a key: it is not the file's to end
    expect((await ask('/swift')).status).toBe(404);
    expect((await versionsOf('swift'))[0]).toMatchObject({ profile: null, reason: 'not in the file any more' });
    await file({ partners: PARTNERS.partners });
    await until(async () => (await ask('/swift')).status === 200);
  });

  it.each([
    ['is no JSON', '{ "partners": [', /JSON/],
    ['has a fault', { partners: [{ ...corner, currency: 'X' }] }, /currency/],
    ['names two for one', { partners: [corner, { ...corner, name: 'twin' }] }, /two partners/],
  ])('that %s changes nothing and says so, until it is mended', async (_what, content, message) => {
    const { version } = (await ask('/acme')).body;
    await file(content);
    await until(async () => (await fileProblem()) !== undefined);
    expect(await fileProblem()).toMatch(message);
    expect((await ask('/acme')).body).toMatchObject({ version });
    expect((await edi.post(interchange({ po: `STILL-${control}`, control: (control += 1) }))).status).toBe(200);
    await file({ partners: [...PARTNERS.partners, { ...corner, displayName: `${control}` }] });
    await until(async () => (await ask('/corner')).status === 200);
    expect(await fileProblem()).toBeUndefined();
  });

  it('does not undo what came over the API, until its entry is changed', async () => {
    const named = async () => ((await ask('/acme')).body['profile'] as { displayName: string }).displayName;
    await ask('/acme', 'PUT', { ...why, profile: { ...acme, displayName: 'By API' } });
    await file({ partners: [acme, ...others, { ...corner, displayName: 'Corner' }] });
    await until(async () => (await ask('/corner')).status === 200);
    expect(await named()).toBe('By API');
    await edi.restart();
    expect(await named()).toBe('By API');
    await file({ partners: [{ ...acme, displayName: 'By file' }, ...others] });
    await until(async () => (await named()) === 'By file');
  });
});
