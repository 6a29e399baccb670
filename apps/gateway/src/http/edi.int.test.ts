import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';

let test: ServiceUnderTest;
let admin: Client;
let connector: Server;
const asked: { what: string; key: string | undefined; body: string }[] = [];

/** Answers as the EDI connector does. */
const ANSWERS: Readonly<Record<string, [number, unknown]>> = {
  'GET /ops/edi-connector/edi/partners/acme': [200, { partner: 'acme', version: 3 }],
  'PUT /ops/edi-connector/edi/partners/acme': [409, { error: 'CONFLICT', message: 'version 2 was changed meanwhile' }],
  'PUT /ops/edi-connector/edi/partners/corner': [
    400,
    { error: 'BAD_PROFILE', message: 'the profile has faults', issues: [{ at: '/currency', message: 'too long' }] },
  ],
  'GET /ops/edi-connector/edi/documents?state=overdue&limit=100': [200, { documents: [] }],
  'GET /ops/edi-connector/edi/noted?partner=acme&limit=100': [200, { documents: [{ notes: [] }] }],
  'GET /ops/edi-connector/messages?limit=100': [200, [{ messageId: 'm' }]],
  'GET /ops/edi-connector/unknown-senders?limit=5': [200, [{ documentId: 'd' }]],
  'POST /ops/edi-connector/held/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10': [200, { done: true }],
  'POST /ops/edi-connector/unknown-senders/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10': [
    409,
    { error: 'CONFLICT', message: 'no partner has the id ZZ/NOBODY: make a profile, then retry; or discard' },
  ],
  'POST /ops/edi-connector/failed-documents/0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10': [200, { done: true }],
};

beforeAll(async () => {
  connector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += String(chunk)));
    request.on('end', () => {
      const what = `${request.method} ${request.url}`;
      asked.push({ what, key: request.headers.authorization, body });
      const [status, answer] = ANSWERS[what] ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => connector.listen(0, '127.0.0.1', resolve));
  const { port } = connector.address() as AddressInfo;
  const urls = `edi-connector=http://127.0.0.1:${port}`;
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY, SERVICE_URLS: urls });
  admin = client(test.address, ADMIN_KEY);
});
afterAll(async () => {
  await test.stop();
  connector.close();
});

const put = (name: string, body: object) => admin.send('PUT', `/v1/edi/partners/${name}`, JSON.stringify(body));

it('shows partners and documents as the connector does', async () => {
  expect(await admin.get('/v1/edi/partners/acme')).toMatchObject({ status: 200, body: { version: 3 } });
  expect(await admin.get('/v1/edi/documents?state=overdue')).toMatchObject({ status: 200, body: { documents: [] } });
  expect(await admin.get('/v1/edi/noted?partner=acme')).toMatchObject({ status: 200, body: { documents: [{}] } });
  expect((await admin.get('/v1/edi/noted')).status).toBe(400);
  expect(asked[0]!.key).toBe('Bearer internal-token-of-tests');
  expect((await admin.get('/v1/edi/partners/%2e%2e')).status).toBe(404);
});

it('changes a profile in the name of whoever asked, and hands on what the connector says against it', async () => {
  const change = { profile: { name: 'corner' }, reason: 'new partner' };
  expect(await put('corner', change)).toMatchObject({
    status: 400,
    body: { error: 'BAD_PROFILE', issues: [{ at: '/currency' }] },
  });
  expect(JSON.parse(asked.at(-1)!.body)).toEqual({ ...change, actor: 'rk_admin' });
  expect(await put('acme', { ...change, version: 2 })).toMatchObject({ status: 409 });
  expect((await put('acme', { profile: {}, reason: '' })).status).toBe(400);
});

it('shows what waits for a person, and hands on what is decided about it in the name of whoever decided', async () => {
  const id = '0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10';
  const reason = 'they sent it twice';
  expect(await admin.get('/v1/edi/held/messages')).toMatchObject({ status: 200, body: [{ messageId: 'm' }] });
  expect(await admin.post(`/v1/edi/held/interchanges/${id}`, { action: 'discard', reason })).toMatchObject({
    status: 200,
    body: { done: true },
  });
  expect(JSON.parse(asked.at(-1)!.body)).toEqual({ action: 'discard', reason, actor: 'rk_admin' });
  expect((await admin.post(`/v1/edi/held/documents/${id}`, { action: 'retry', reason })).status).toBe(200);
  expect(JSON.parse(asked.at(-1)!.body)).toEqual({ reason, actor: 'rk_admin' });
  expect((await admin.post(`/v1/edi/held/interchanges/${id}`, { action: 'discard' })).status).toBe(400);
  expect((await admin.get('/v1/edi/held/unknown-senders?limit=5')).body).toEqual([{ documentId: 'd' }]);
  expect(await admin.post(`/v1/edi/held/unknown-senders/${id}`, { action: 'retry', reason })).toMatchObject({
    status: 409,
    body: { message: expect.stringContaining('make a profile') },
  });
  expect(JSON.parse(asked.at(-1)!.body)).toEqual({ action: 'retry', reason, actor: 'rk_admin' });
  const asks = asked.length;
  expect((await admin.post(`/v1/edi/held/documents/${id}`, { action: 'discard', reason })).status).toBe(400);
  expect((await admin.post(`/v1/edi/held/interchanges/${id}`, { action: 'retry', reason })).status).toBe(400);
  expect(await admin.post(`/v1/edi/held/unknown-senders/${id}`, { action: 'release', reason })).toMatchObject({
    status: 400,
    body: { message: 'release is nothing for unknown-senders: retry or discard' },
  });
  expect(asked).toHaveLength(asks);
  expect((await admin.get('/v1/edi/held/orders')).status).toBe(404);
  expect((await admin.post('/v1/edi/held/messages/..', { action: 'discard', reason })).status).toBe(404);
});
