import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { ModulesContainer } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentRejected, DocumentSent } from '@railhead/contracts';
import { ACCESS, ROLES, type AccessRule, type Role } from '@railhead/service-kit';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';
import { ORDER_ID, Story } from '../testing/story.js';
import { tellStory } from '../testing/tell-story.js';
import { API_ROUTES, type ApiRoute } from './api-routes.js';
import { openApiDocument } from './openapi.js';
import { setTimeout as pause } from 'node:timers/promises';

let test: ServiceUnderTest;
let admin: Client;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
  admin = client(test.address, ADMIN_KEY);
  const story = new Story();
  story.captured();
  story.hold('CREDIT_LIMIT');
  await tellStory(test, story);
});
afterAll(() => test.stop());

interface Routed {
  readonly name: string;
  readonly access: AccessRule | undefined;
}

/** Every HTTP route that Nest knows of in this service. */
function routesOf({ app }: ServiceUnderTest['service']): Routed[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [...module.controllers.values()]);
  return controllers.flatMap(({ metatype }) => {
    const type = metatype as new () => object;
    return Object.getOwnPropertyNames(type.prototype).flatMap((method) => {
      const handler = Object.getOwnPropertyDescriptor(type.prototype, method)?.value as object | undefined;
      if (typeof handler !== 'function') return [];
      const path = Reflect.getMetadata(PATH_METADATA, handler) as string | undefined;
      if (path === undefined || method === 'constructor') return [];
      const verb = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod].toLowerCase();
      const access = Reflect.getMetadata(ACCESS, handler) as AccessRule | undefined;
      return [{ name: `${verb} /${path.replace(/^\//, '').replace(/:(\w+)/g, '{$1}')}`, access }];
    });
  });
}

async function keyFor(body: object): Promise<string> {
  const answer = await admin.post('/v1/keys', { name: 'test', ...body });
  expect(answer.status).toBe(201);
  return (answer.body as { key: string }).key;
}

/** The status alone: a stream would not end. */
async function statusOf(route: ApiRoute, key?: string): Promise<number> {
  const path = route.path.replace('{reference}', 'nothing').replace(/\{\w+\}/g, '0');
  const response = await fetch(test.address + path, {
    method: route.method.toUpperCase(),
    headers: { ...(key && { 'x-api-key': key }), ...(route.body && { 'content-type': 'application/json' }) },
    ...(route.body && { body: '{}' }),
  });
  await response.body?.cancel();
  return response.status;
}

describe('every route', () => {
  it('says who may call it', () => {
    expect(routesOf(test.service).filter((route) => route.access === undefined)).toEqual([]);
  });

  it('that needs a role is documented with the same roles, and nothing else is', () => {
    const routed = routesOf(test.service).filter((route) => typeof route.access === 'object');
    const byName = (left: Routed, right: Routed): number => (left.name < right.name ? -1 : 1);
    const documented = API_ROUTES.map(({ method, path, access }) => ({ name: `${method} ${path}`, access }));
    expect(documented.sort(byName)).toEqual(routed.sort(byName));
  });

  it('has a schema that stands on its own in the OpenAPI document', () => {
    const document = openApiDocument('1') as { components: { schemas: Record<string, unknown> }; paths: object };
    const links = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, link]) => link!);
    expect(links.length).toBeGreaterThan(20);
    for (const link of links)
      expect(Object.keys(document.components.schemas)).toContain(link.replace('#/components/schemas/', ''));
    expect(JSON.stringify(document)).not.toContain('$defs');
  });
});

describe('a caller', () => {
  it('without a key, or with a wrong one, gets nowhere', async () => {
    for (const route of API_ROUTES) {
      expect([route.path, await statusOf(route)]).toEqual([route.path, 401]);
      expect([route.path, await statusOf(route, `rk_admin.${'b'.repeat(43)}`)]).toEqual([route.path, 401]);
    }
  });

  it.each(ROLES.map((role) => [role]))(
    'with the role %s gets where the role may go, and nowhere else',
    async (role: Role) => {
      const key = await keyFor({ roles: [role], ...(role === 'partner' && { accountId: 'ACME' }) });
      for (const route of API_ROUTES) {
        const rule = route.access as { roles: readonly Role[] };
        const status = await statusOf(route, key);
        const mayCall = role === 'admin' || rule.roles.includes(role);
        expect([route.method, route.path, status === 403]).toEqual([route.method, route.path, !mayCall]);
        expect(status).not.toBe(401);
        expect(status).not.toBe(500);
      }
    },
  );

  it('whose key was revoked or has expired is refused', async () => {
    const key = await keyFor({ roles: ['viewer'] });
    expect((await client(test.address, key).get('/v1/orders')).status).toBe(200);
    expect((await admin.send('DELETE', `/v1/keys/${key.split('.')[0]}`)).status).toBe(204);
    expect((await client(test.address, key).get('/v1/orders')).status).toBe(401);
    expect((await admin.send('DELETE', `/v1/keys/${key.split('.')[0]}`)).status).toBe(404);

    const expiring = await keyFor({ roles: ['viewer'], expiresAt: '2026-02-03T10:00:01.000Z' });
    expect((await client(test.address, expiring).get('/v1/orders')).status).toBe(200);
    test.clock.set('2026-02-03T10:00:01.000Z');
    expect((await client(test.address, expiring).get('/v1/orders')).status).toBe(401);
  });

  it('never finds a secret in what is kept or listed', async () => {
    const key = await keyFor({ roles: ['viewer'] });
    const secret = key.split('.')[1]!;
    const kept = await test.rows('SELECT * FROM api_keys');
    expect(JSON.stringify(kept) + JSON.stringify((await admin.get('/v1/keys')).body)).not.toContain(secret);
  });

  it('cannot get a key for one account that could do more than a partner', async () => {
    expect((await admin.post('/v1/keys', { name: 'x', roles: ['partner'] })).status).toBe(400);
    expect((await admin.post('/v1/keys', { name: 'x', roles: ['viewer', 'credit'], accountId: 'ACME' })).status).toBe(
      400,
    );
  });

  it.each(['', '   ', '\t'])('cannot get a key for the account %j: it is nobody’s', async (accountId) => {
    expect((await admin.post('/v1/keys', { name: 'x', roles: ['partner'], accountId })).status).toBe(400);
  });

  it('gets a key for an account whose name was written with blanks around it', async () => {
    const key = await keyFor({ roles: ['partner'], accountId: ' ACME ' });
    expect((await client(test.address, key).get(`/v1/orders/${ORDER_ID}`)).status).toBe(200);
  });
});

/** What the stream has told since the beginning, up to where it says something. */
async function streamUntil(key: string, words: string): Promise<string> {
  const abort = new AbortController();
  const headers = { authorization: `Bearer ${key}`, 'last-event-id': '0-0' };
  const response = await fetch(`${test.address}/v1/stream`, { headers, signal: abort.signal });
  let text = '';
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes(words)) break;
  }
  abort.abort();
  return text;
}

describe('who reads the stream', () => {
  const open = (key: string, headers: object = {}, signal?: AbortSignal): Promise<Response> =>
    fetch(`${test.address}/v1/stream`, {
      headers: { authorization: `Bearer ${key}`, ...headers },
      signal: signal ?? null,
    });

  it('reads no further when the key is revoked', async () => {
    const key = await keyFor({ roles: ['viewer'] });
    const told = (await open(key)).text();
    await admin.send('DELETE', `/v1/keys/${key.split('.')[0]}`);
    expect(await Promise.race([told.then(() => 'ended'), pause(5_000, 'still open', { ref: false })])).toBe('ended');
  });

  it.each(['18446744073709551616-0', '1-9223372036854775808'])(
    'cannot go on from %s: there is no such place',
    async (at) => {
      const response = await open(ADMIN_KEY, { 'last-event-id': at });
      expect(response.status).toBe(400);
    },
  );

  it('takes a share of the places at most, and leaves the others to others', async () => {
    const [greedy, other] = [await keyFor({ roles: ['viewer'] }), await keyFor({ roles: ['viewer'] })];
    const abort = new AbortController();
    const taken = await Promise.all(Array.from({ length: 20 }, () => open(greedy, {}, abort.signal)));
    expect(taken.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect((await open(greedy, {}, abort.signal)).status).toBe(503);
    expect((await open(other, {}, abort.signal)).status).toBe(200);
    abort.abort();
  });
});

describe("a partner's key", () => {
  it('sees its own order without our inner reasons, and of other accounts not even that they are there', async () => {
    const own = client(test.address, await keyFor({ roles: ['partner'], accountId: 'ACME' }));
    const other = client(test.address, await keyFor({ roles: ['partner'], accountId: 'BOLT' }));
    const file = await own.get(`/v1/orders/${ORDER_ID}`);
    expect(file).toMatchObject({ status: 200, body: { status: 'on-hold', holds: [{ detail: 'being looked at' }] } });
    expect(JSON.stringify((file.body as { timeline: unknown }).timeline)).not.toContain('CREDIT_LIMIT');
    expect((await own.get('/v1/orders')).body).toMatchObject({ orders: [{ orderId: ORDER_ID }] });

    expect((await other.get(`/v1/orders/${ORDER_ID}`)).status).toBe(404);
    expect((await other.get('/v1/orders/PO-7')).status).toBe(404);
    expect((await other.get('/v1/orders')).body).toEqual({ orders: [], next: null });
    expect((await other.get('/v1/orders?account=ACME')).body).toEqual({ orders: [], next: null });
    expect((await other.post(`/v1/orders/${ORDER_ID}/cancel`, { reason: 'not mine' })).status).toBe(404);
    expect((await other.get(`/v1/stream?order=${ORDER_ID}`)).status).toBe(404);
  });

  it('sees in a list whose move it is, not what our people have to decide', async () => {
    const own = client(test.address, await keyFor({ roles: ['partner'], accountId: 'ACME' }));
    const next = async (caller: Client): Promise<string | undefined> => {
      const { orders } = (await caller.get('/v1/orders')).body as { orders: { nextStep: { what: string } }[] };
      return orders[0]?.nextStep.what;
    };
    expect(await next(admin)).toContain('CREDIT_LIMIT');
    expect(await next(own)).toBe('being looked at');
  });

  it('sees the documents that it and we sent each other, and none of those with warehouses and the ERP', async () => {
    const about = (documentType: string, system: 'x12' | 'erp', partner: string) => ({
      ...{
        documentId: `${documentType}-1`,
        orderId: ORDER_ID,
        direction: 'out' as const,
        documentType,
        system,
        partner,
      },
      ...{ sha256: 'a'.repeat(64), sizeBytes: 1, at: '2026-02-03T10:05:00.000Z' },
    });
    const refused = { code: 'ERP', at: '', message: 'the account is in dunning' };
    await test.tell(DocumentSent, ORDER_ID, about('940', 'x12', 'depot-west'));
    await test.tell(DocumentRejected, ORDER_ID, { ...about('sales-order', 'erp', 'erp'), issues: [refused] });
    await test.tell(DocumentSent, ORDER_ID, about('855', 'x12', 'acme'));
    await test.idle();

    const key = await keyFor({ roles: ['partner'], accountId: 'ACME' });
    const documentsSeenBy = async (caller: Client): Promise<string[]> => {
      const { documents } = (await caller.get(`/v1/orders/${ORDER_ID}`)).body as {
        documents: { documentType: string }[];
      };
      return documents.map(({ documentType }) => documentType).sort();
    };
    expect(await documentsSeenBy(admin)).toEqual(['855', '940', 'sales-order']);
    expect(await documentsSeenBy(client(test.address, key))).toEqual(['855']);
    const [file, streamed] = await Promise.all([
      client(test.address, key).get(`/v1/orders/${ORDER_ID}`),
      streamUntil(key, '855 sent to acme'),
    ]);
    expect(JSON.stringify(file.body)).toContain('855 sent to acme');
    for (const text of [JSON.stringify(file.body), streamed])
      expect(text).not.toMatch(/depot-west|sales-order|dunning/);
  });

  it('orders for its own account only', async () => {
    const own = client(test.address, await keyFor({ roles: ['partner'], accountId: 'ACME' }));
    const line = { sku: 'RH-1001', quantity: '1', price: '1' };
    expect((await own.post('/v1/orders', { purchaseOrderNumber: 'P-1', currency: 'USD', lines: [line] })).status).toBe(
      202,
    );
    const foreign = await own.post('/v1/orders', {
      purchaseOrderNumber: 'P-2',
      currency: 'USD',
      buyer: { accountId: 'BOLT' },
      lines: [line],
    });
    expect(foreign).toMatchObject({ status: 422, body: { issues: [{ at: '/buyer/accountId' }] } });
  });
});

describe('pages for everybody', () => {
  it('are the front page, the documentation and its parts, and nothing from the disk besides', async () => {
    const anybody = client(test.address);
    expect((await anybody.get('/')).body).toContain('Railhead');
    expect((await anybody.get('/docs')).body).toContain('swagger-ui');
    expect((await anybody.get('/docs')).body).not.toContain('max-width'); // it would be as narrow as the front page
    expect((await anybody.get('/docs/swagger-ui-bundle.js')).status).toBe(200);
    expect((await anybody.get('/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect((await anybody.get('/docs/package.json')).status).toBe(404);
    expect((await anybody.get('/docs/..%2fpackage.json')).status).toBe(404);
    expect((await anybody.get('/docs/constructor')).status).toBe(404);
  });

  it('and every other answer keep browsers from guessing what they are and from telling where they were', async () => {
    const anybody = client(test.address);
    const abort = new AbortController();
    const told = [
      ...(await Promise.all(['/', '/docs', '/docs/swagger-ui.css', '/v1/orders', '/nowhere'].map(anybody.get))),
      await anybody.send('POST', '/v1/keys', '{', {}),
      await fetch(`${test.address}/v1/stream`, {
        headers: { authorization: `Bearer ${ADMIN_KEY}` },
        signal: abort.signal,
      }),
    ];
    abort.abort();
    for (const { headers } of told)
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
        'nosniff',
        'no-referrer',
      ]);
    for (const { headers } of told.slice(0, 2))
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});
