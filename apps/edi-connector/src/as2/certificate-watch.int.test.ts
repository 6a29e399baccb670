import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { documentFileId, TaskClosed, TaskOpened } from '@railhead/contracts';
import { as2UnderTest, type As2UnderTest } from './testing/as2-under-test.js';
import { identity } from './testing/identities.js';

const THEIRS = documentFileId('certificates:acmestores');
const OURS = documentFileId('certificates:(ours)');

let edi: As2UnderTest;
beforeAll(async () => {
  edi = await as2UnderTest();
});
afterAll(() => edi.stop());

async function addCertificate(pem: string): Promise<number> {
  const headers = { authorization: 'Bearer internal-token-of-tests', 'content-type': 'application/json' };
  const at = `${edi.address}/edi/partners/acmestores`;
  const { profile } = (await (await fetch(at, { headers })).json()) as { profile: { as2: { certificates: object[] } } };
  const as2 = { ...profile.as2, certificates: [...profile.as2.certificates, { pem }] };
  const body = JSON.stringify({ actor: 'ada', reason: 'their next one', profile: { ...profile, as2 } });
  return (await fetch(at, { method: 'PUT', headers, body })).status;
}

it('a certificate that ends soon is one task, theirs and ours, until another follows it', async () => {
  edi.clock.set('2027-12-01T00:00:00.000Z'); // both end on 2028-01-01: a month and a day
  await edi.restart();
  expect(edi.heard().filter(({ type }) => type.startsWith('task.'))).toEqual([]);

  edi.clock.set('2027-12-02T00:00:00.000Z');
  const [theirs] = await edi.until(TaskOpened, 1, THEIRS);
  const [ours] = await edi.until(TaskOpened, 1, OURS);
  expect(theirs!.data).toMatchObject({
    kind: 'edi-certificate-ending',
    ownerRole: 'ops',
    detail: expect.stringContaining('the AS2 certificate of acmestores ends on 2028-01-01') as unknown,
  });
  expect(ours!.data.detail).toContain('our AS2 certificate ends on 2028-01-01');

  await edi.restart(); // keeps it in mind
  const next = await identity('acme', { from: new Date('2027-11-01') });
  expect(await addCertificate(next.certificatePem)).toBe(200);
  const [closed] = await edi.until(TaskClosed, 1, THEIRS);
  expect(closed!.data.taskId).toBe(theirs!.data.taskId);
  expect(edi.heard().filter(({ type }) => type === TaskOpened.type)).toHaveLength(2);
  expect(await edi.rows('SELECT whose FROM certificate_warnings')).toEqual([{ whose: '(ours)' }]);
});
