import { HoldPlaced } from '@railhead/contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT, until } from '../rig.mjs';
import { recordOf, wishCodec } from '../wishes.mjs';

const ADMIN = `control.${'k'.repeat(43)}`;

/** An order of GLOBEX with a hold of the credit department, and people who have no business there. */
export const roles = {
  guard: 'roles',
  needsKafka: false,
  async run(rig) {
    const gateway = await rig.start('gateway', 'apps/gateway/dist/main.js', { BOOTSTRAP_ADMIN_KEY: ADMIN });
    await gateway.ready();
    const api = apiOf(gateway.url);
    const key = async (name, body) => (await api(ADMIN, 'POST', '/v1/keys', { name, ...body }, 201)).body.key;
    const globex = await key('globex', { roles: ['partner'], accountId: 'GLOBEX' });
    const initech = await key('initech', { roles: ['partner'], accountId: 'INITECH' });
    const reader = await key('reader', { roles: ['viewer'] });

    const orderId = await orderOnHold(rig, api, globex);
    const trespasses = [
      ["a partner's key reads another partner's order", initech, 'GET', `/v1/orders/${orderId}`],
      ["a partner's key cancels another partner's order", initech, 'POST', `/v1/orders/${orderId}/cancel`],
      ["a reader's key releases a hold of the credit department", reader, 'POST', `/v1/orders/${orderId}/release`],
      ["a partner's key lists everybody's keys", globex, 'GET', '/v1/keys'],
      ["a reader's key reads the lag of the services", reader, 'GET', '/v1/ops/lag'],
    ];
    const faults = [];
    for (const [what, who, method, path] of trespasses) {
      const { status } = await api(who, method, path, method === 'POST' ? { reason: 'because I can' } : undefined);
      if (status < 300) faults.push(`${what} (${status})`);
    }
    const { orders } = (await api(initech, 'GET', '/v1/orders')).body;
    if (orders.length > 0) faults.push(`a partner's list shows ${orders.length} order of another partner`);
    await api(globex, 'GET', `/v1/orders/${orderId}`, undefined, 200);
    return { faults, said: `${trespasses.length + 1} trespasses refused, the owner let in` };
  },
};

async function orderOnHold(rig, api, globex) {
  const order = JSON.parse(await readFile(join(ROOT, 'samples/order.json'), 'utf8'));
  const { orderId } = (await api(globex, 'POST', '/v1/orders', order, 202)).body;
  const bus = await rig.bus();
  const data = {
    orderId,
    holdId: '0190f1a2-0000-7abc-8def-0123456789ab',
    code: 'CREDIT_LIMIT',
    detail: 'over the limit',
    ownerRole: 'credit',
    since: '2026-02-03T10:00:00.000Z',
  };
  const codec = await wishCodec(rig.prefix, [HoldPlaced]);
  await bus.publish([recordOf(codec, HoldPlaced, { key: orderId, number: 1, source: 'validation', data })]);
  await until(
    async () => (await api(ADMIN, 'GET', `/v1/orders/${orderId}`)).body.status === 'on-hold',
    'the order to be on hold',
  );
  return orderId;
}

function apiOf(url) {
  return async (key, method, path, body, expected) => {
    const response = await fetch(url + path, {
      method,
      headers: { 'x-api-key': key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (expected !== undefined && response.status !== expected)
      throw new Error(`${method} ${path} was answered ${response.status} instead of ${expected}: ${text}`);
    return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : undefined };
  };
}
