import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ErpClient } from './erp.client.js';

let server: Server;
let client: ErpClient;
let respond: RequestListener;
let seen: IncomingMessage[];

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push(request);
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  client = new ErpClient({ url, token: 'secret', timeoutMs: 1_500, callsMax: 1 });
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const create = (): ReturnType<ErpClient['createSalesOrder']> => client.createSalesOrder(Buffer.from('{}'), 'key-1');

describe('a call to the ERP', () => {
  it('carries token and key', async () => {
    respond = (_request, response) => response.writeHead(201).end('{"number":1234567890123456789}');
    expect(await create()).toMatchObject({ status: 201, body: { number: '1234567890123456789' } });
    expect(seen[0]).toMatchObject({
      url: '/api/sales-orders',
      headers: { authorization: 'Bearer secret', 'idempotency-key': 'key-1' },
    });
  });

  it('changes an order under the number that the ERP gave it', async () => {
    respond = (_request, response) => response.end('{"number":"SO/1"}');
    expect(await client.changeSalesOrder('SO/1', Buffer.from('{}'), 'key-2')).toMatchObject({ status: 200 });
    expect(seen[0]).toMatchObject({
      method: 'PUT',
      url: '/api/sales-orders/SO%2F1',
      headers: { 'idempotency-key': 'key-2' },
    });
  });

  it('asks for one reference', async () => {
    respond = (_request, response) => response.end('{"salesOrders":[]}');
    await client.findSalesOrders('a&b');
    expect(seen[0]!.url).toBe('/api/sales-orders?externalReference=a%26b');
  });

  it.each<[string, RequestListener]>([
    ['never answers', () => {}],
    ['begins to answer and stops', (_request, response) => void response.writeHead(200).write('{"number":')],
    ['cuts the connection', (request) => request.socket.destroy()],
    ['answers without end', (_request, response) => response.end('x'.repeat(2_000_000))],
  ])('that %s may have got there', async (_what, listener) => {
    respond = listener;
    expect(await create()).toMatchObject({ status: undefined, reached: true });
  });

  it('that is not listened to did not get there', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await create()).toEqual({
      status: undefined,
      reached: false,
      why: 'the connection broke: ECONNREFUSED',
    });
  });

  it('is not sent elsewhere, with our token', async () => {
    respond = (_request, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    expect(await create()).toMatchObject({ status: 307 });
    expect(seen).toHaveLength(1);
  });

  it('is told how long to wait', async () => {
    respond = (_request, response) => response.writeHead(429, { 'retry-after': '3' }).end('later');
    expect(await create()).toEqual({ status: 429, body: 'later', retryAfterMs: 3000 });
  });
});
