import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Failure } from '../runtime/failure.js';
import { Probe, until } from '../testing/probe.js';

let probe: Probe;
beforeAll(async () => {
  probe = await Probe.start();
});
afterAll(() => probe.stop());

interface Call {
  method?: 'GET' | 'POST';
  key?: string;
  body?: object | string;
}
async function call(url: string, { method = 'GET', key, body }: Call = {}) {
  const headers: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  if (typeof body === 'string') headers['content-type'] = 'application/json';
  return probe.service.app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body }) });
}
const INTERNAL = 'internal-token-of-tests';

describe('who may call', () => {
  it.each(['/health/live', '/health/ready', '/metrics'])('lets anybody ask %s', async (url) => {
    expect((await call(url)).statusCode).toBe(200);
  });

  it.each([
    '/ops/probe/lag',
    '/ops/probe/parked',
    '/ops/probe/parked/1',
    '/ops/probe/deliveries',
    '/ops/probe/deliveries/1',
  ])('keeps %s to services of this installation', async (url) => {
    expect((await call(url)).statusCode).toBe(401);
    expect((await call(url, { key: 'internal-token-of-test' })).statusCode).toBe(401);
    expect((await call(url, { key: INTERNAL })).statusCode).not.toBe(401);
  });

  it('closes a route that does not say who may call it, even to the internal token', async () => {
    const answer = await call('/probe/unsaid', { key: INTERNAL });
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: 'FORBIDDEN' });
  });
});

describe('what an error looks like', () => {
  it('is 503 with a time to come back while our own systems are away, and says nothing was taken', async () => {
    probe.script.run = () =>
      Promise.reject(Object.assign(new Error('connect ECONNREFUSED 10.1.2.3'), { code: 'ECONNREFUSED' }));
    const answer = await call('/probe/broken', { method: 'POST' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).not.toContain('10.1.2.3');
  });

  it('is 500 without our inner words for a fault of ours', async () => {
    probe.script.run = () => Promise.reject(new Error('password of user x'));
    const answer = await call('/probe/broken', { method: 'POST' });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).not.toContain('password');
  });

  it('is 413 for a body that is too large, and says how much is taken', async () => {
    const answer = await call('/probe/broken', { method: 'POST', body: JSON.stringify('x'.repeat(1_048_576)) });
    expect([answer.statusCode, answer.json()]).toEqual([
      413,
      { error: 'TOO_LARGE', message: expect.stringContaining('at most 1048576 bytes') },
    ]);
  });

  it('is 503 for a failure that may pass', async () => {
    probe.script.run = () => Promise.reject(Failure.transient('CONFLICT', 'somebody was faster'));
    expect((await call('/probe/broken', { method: 'POST' })).statusCode).toBe(503);
  });
});

describe('dead letters', () => {
  let id: string;
  beforeAll(async () => {
    probe.script.run = () => {
      throw Failure.permanent('CONTRACT_VIOLATION', 'never');
    };
    await probe.bus.deliver([probe.wish(randomUUID(), 'sick')]);
    id = (await probe.parked())[0]!.parkedId;
  });

  it('are listed, by state', async () => {
    expect((await call('/ops/probe/parked?state=dead', { key: INTERNAL })).json()).toMatchObject([
      { parkedId: id, reason: 'CONTRACT_VIOLATION' },
    ]);
    expect((await call('/ops/probe/parked?state=retry', { key: INTERNAL })).json()).toEqual([]);
  });

  it('are shown with what is in them', async () => {
    expect((await call(`/ops/probe/parked/${id}`, { key: INTERNAL })).json()).toMatchObject({
      data: { reason: 'sick' },
      headers: { ce_source: 'gateway' },
    });
  });

  it.each(['?state=gone', '?limit=many', '?limit=0'])('answer 400 to %s', async (query) => {
    expect((await call(`/ops/probe/parked${query}`, { key: INTERNAL })).statusCode).toBe(400);
  });

  it('answer 404 to an id that is none or unknown', async () => {
    expect((await call('/ops/probe/parked/abc', { key: INTERNAL })).statusCode).toBe(404);
    expect((await call('/ops/probe/parked/999999', { key: INTERNAL })).statusCode).toBe(404);
  });

  it('want a decision with a name and a reason', async () => {
    const answer = await call(`/ops/probe/parked/${id}`, {
      method: 'POST',
      key: INTERNAL,
      body: { action: 'replay', actor: 'olga' },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ issues: [{ at: '/reason' }] });
  });

  it('are counted in the metrics, which Prometheus can read', async () => {
    const { body } = await call('/metrics');
    expect(body).toContain('o2c_dead_letter_messages{service="probe",state="dead"} 1');
    for (const line of body.split('\n')) {
      expect(line).toMatch(
        /^(|# (HELP|TYPE) [a-z0-9_]+ .+|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-z_]+="[^"\n]*",?)*\})? (-?[0-9.e+-]+|NaN|[+-]Inf))$/,
      );
    }
  });
});

describe('deliveries that were given up', () => {
  let id: string;
  beforeAll(async () => {
    const [row] = await probe.rows<{ id: string }>(
      `INSERT INTO delivery (kind, idempotency_key, payload, state, attempts, last_error)
       VALUES ('letter', 'order:1', 'hello', 'failed', 8, 'they do not know it') RETURNING delivery_id AS id`,
    );
    id = row!.id;
  });
  const decide = (body: object) => call(`/ops/probe/deliveries/${id}`, { method: 'POST', key: INTERNAL, body });

  it('are listed and shown', async () => {
    expect((await call('/ops/probe/deliveries', { key: INTERNAL })).json()).toMatchObject([
      { deliveryId: id, idempotencyKey: 'order:1', lastError: 'they do not know it' },
    ]);
    expect((await call(`/ops/probe/deliveries/${id}`, { key: INTERNAL })).json()).toMatchObject({
      payloadBase64: Buffer.from('hello').toString('base64'),
    });
    expect((await call('/ops/probe/deliveries/abc', { key: INTERNAL })).statusCode).toBe(404);
    expect((await call('/ops/probe/deliveries?state=gone', { key: INTERNAL })).statusCode).toBe(400);
  });

  it('want a name and a reason, and are tried anew once', async () => {
    expect((await decide({ action: 'replay', actor: 'olga' })).statusCode).toBe(400);
    const mended = { action: 'replay', actor: 'olga', reason: 'mended' };
    expect((await decide(mended)).json()).toEqual({ done: true });
    expect((await decide(mended)).json()).toEqual({ done: false });
  });
});

it('is not ready while the database is away, but alive', async () => {
  const { db } = probe.service.context;
  const query = db.query.bind(db);
  db.query = () => Promise.reject(new Error('away'));
  try {
    expect((await call('/health/ready')).statusCode).toBe(503);
    expect((await call('/health/live')).statusCode).toBe(200);
  } finally {
    db.query = query;
  }
  await until(async () => (await call('/health/ready')).statusCode === 200);
});
