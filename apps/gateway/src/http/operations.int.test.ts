import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OrderValidated } from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';

let test: ServiceUnderTest;
let admin: Client;
let billing: Server;
const asked: { url: string; key: string | undefined; body: string }[] = [];

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Answers as a service's own operations routes do. */
const ANSWERS: Readonly<Record<string, [number, unknown]>> = {
  'GET /ops/billing/lag': [
    200,
    [
      { topic: 'orders', partition: 0, end: '7', committed: '4', lag: 3 },
      { topic: 'orders', partition: 1, end: '2', lag: 2 },
    ],
  ],
  'GET /ops/billing/parked?limit=100': [
    200,
    [{ parkedId: '5', eventType: OrderValidated.type, state: 'dead', reason: 'UNEXPECTED' }],
  ],
  'GET /ops/billing/parked/5': [200, { parkedId: '5', data: {} }],
  'GET /ops/billing/parked/6': [404, { error: 'NOT_FOUND', message: 'no message 6 is set aside here' }],
  'GET /ops/billing/deliveries?state=failed&limit=100': [200, [{ deliveryId: '3', state: 'failed' }]],
  'GET /ops/billing/deliveries/3': [200, { deliveryId: '3', payloadBase64: '' }],
  'POST /ops/billing/deliveries/3': [200, { done: true }],
  'POST /ops/billing/deliveries/4': [200, { done: false }],
  'POST /ops/billing/parked/5': [200, { done: true }],
  'POST /ops/billing/parked/7': [200, { done: false }],
};

beforeAll(async () => {
  billing = createServer((request, response) => {
    void textOf(request).then((body) => {
      asked.push({ url: request.url!, key: request.headers.authorization, body });
      if (request.url!.startsWith('/other/')) return void response.end('<!doctype html>');
      const [status, answer] = ANSWERS[`${request.method} ${request.url}`] ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => billing.listen(0, '127.0.0.1', resolve));
  const { port } = billing.address() as AddressInfo;
  const urls = `billing=http://127.0.0.1:${port},gone=http://127.0.0.1:1,moved=http://127.0.0.1:${port}/other`;
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY, SERVICE_URLS: urls });
  admin = client(test.address, ADMIN_KEY);
});
afterAll(async () => {
  await test.stop();
  billing.close();
});

describe('operations', () => {
  it('show the lag of every service, and which one does not answer', async () => {
    expect(await admin.get('/v1/ops/lag')).toMatchObject({
      status: 200,
      body: {
        services: [
          { service: 'billing', lag: 5 },
          { service: 'gone', error: 'gone does not answer' },
          { service: 'moved', error: 'moved answered 200 without JSON' }, // another program is there now
        ],
      },
    });
    expect(asked[0]!.key).toBe('Bearer internal-token-of-tests');
  });

  it('show what was set aside over all services', async () => {
    expect(await admin.get('/v1/ops/parked')).toMatchObject({
      body: {
        messages: [{ service: 'billing', parkedId: '5' }],
        unreachable: [{ service: 'gone' }, { service: 'moved' }],
      },
    });
    expect((await admin.get('/v1/ops/parked/billing/5')).body).toMatchObject({ service: 'billing', parkedId: '5' });
    expect((await admin.get('/v1/ops/parked/billing/6')).status).toBe(404);
    expect((await admin.get('/v1/ops/parked/billing/%2e%2e')).status).toBe(404);
    expect((await admin.get('/v1/ops/parked/nobody/5')).status).toBe(404);
    expect((await admin.get('/v1/ops/parked?service=gone')).status).toBe(502);
  });

  it('show deliveries that were given up over all services, and hand on who wants them tried anew, and why', async () => {
    expect(await admin.get('/v1/ops/deliveries')).toMatchObject({
      body: {
        deliveries: [{ service: 'billing', deliveryId: '3' }],
        unreachable: [{ service: 'gone' }, { service: 'moved' }],
      },
    });
    expect((await admin.get('/v1/ops/deliveries/billing/3')).body).toMatchObject({
      service: 'billing',
      deliveryId: '3',
    });
    expect((await admin.get('/v1/ops/deliveries/billing/..')).status).toBe(404);
    const mended = { action: 'replay', reason: 'mended' };
    expect(await admin.post('/v1/ops/deliveries/billing/3', mended)).toMatchObject({
      status: 200,
      body: { done: true },
    });
    expect(JSON.parse(asked.at(-1)!.body)).toEqual({ ...mended, actor: 'rk_admin' });
    expect((await admin.post('/v1/ops/deliveries/billing/4', mended)).status).toBe(409);
    expect((await client(test.address).get('/v1/ops/deliveries')).status).toBe(401);
  });

  it('replay a dead message in the name of whoever asked', async () => {
    expect(await admin.post('/v1/ops/parked/billing/5', { action: 'replay', reason: 'mended' })).toMatchObject({
      status: 200,
      body: { done: true },
    });
    expect(JSON.parse(asked.at(-1)!.body)).toEqual({ action: 'replay', reason: 'mended', actor: 'rk_admin' });
    expect((await admin.post('/v1/ops/parked/billing/7', { action: 'discard', reason: 'not needed' })).status).toBe(
      409,
    );
    expect((await admin.post('/v1/ops/parked/billing/5', { action: 'replay', reason: '' })).status).toBe(400);
  });
});
