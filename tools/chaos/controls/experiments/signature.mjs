import { createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../rig.mjs';

const SHOP = 'control.myshopify.com';
const SECRET = 'secret-of-the-controls';
const ORDER_ID = '820982911946154508';

const hmac = (body, encoding, secret = SECRET) => createHmac('sha256', secret).update(body).digest(encoding);

/** Two doors that anybody on the internet can reach, and that know a friend by the signature of the bytes alone. */
export const signature = {
  guard: 'signature',
  needsKafka: false,
  async run(rig) {
    const env = {
      SHOPIFY_SHOPS: JSON.stringify([{ domain: SHOP, accountId: 'SHOP', secrets: [SECRET] }]),
      CARRIER_SECRETS: `generic=${SECRET}`,
    };
    const shop = await rig.start('commerce-connector', 'apps/commerce-connector/dist/main.js', env);
    await shop.ready();
    const carrier = await rig.start('carrier-connector', 'apps/carrier-connector/dist/main.js', env);
    await carrier.ready();
    const faults = [...(await atTheShopDoor(rig, shop)), ...(await atTheCarrierDoor(rig, carrier))];
    return { faults, said: '6 forged webhooks refused and nothing of them kept, 2 genuine ones taken' };
  },
};

async function atTheShopDoor(rig, { url }) {
  const text = await readFile(join(ROOT, 'apps/commerce-connector/fixtures/order.two-lines-discount.json'), 'utf8');
  const order = (n) => text.replace(ORDER_ID, `82098291194615451${n}`).replace('#2041', `#305${n}`);
  const post = (body, signed) =>
    send(`${url}/shopify/${SHOP}/webhooks`, body, {
      'x-shopify-topic': 'orders/create',
      'x-shopify-hmac-sha256': signed,
    });
  await genuine(post(order(0), hmac(order(0), 'base64')));
  const answers = [
    await post(order(1), hmac(order(1), 'base64', 'a guess')),
    await post(order(2), hmac(order(1), 'base64')), // the signature of another body
    await post(order(3), 'AAAA'),
  ];
  const [{ kept }] = await rig.database('commerce_connector').query('SELECT count(*)::int AS kept FROM documents');
  return verdict(answers, kept - 1, 'forged Shopify orders');
}

async function atTheCarrierDoor(rig, { url }) {
  const scan = (n) =>
    JSON.stringify({
      trackingNumber: `FORGED${n}`,
      events: [{ status: 'delivered', occurredAt: '2026-02-05T12:00:00Z' }],
    });
  const post = (body, signed) => send(`${url}/carriers/generic/events`, body, { 'x-railhead-signature': signed });
  await genuine(post(scan(0), `sha256=${hmac(scan(0), 'hex')}`));
  const answers = [
    await post(scan(1), `sha256=${hmac(scan(1), 'hex', 'a guess')}`),
    await post(scan(2), `sha256=${hmac(scan(1), 'hex')}`),
    await post(scan(3), 'sha256='),
  ];
  const [{ kept }] = await rig.database('carrier_connector').query('SELECT count(*)::int AS kept FROM messages');
  return verdict(answers, kept - 1, 'forged deliveries');
}

async function send(url, body, headers) {
  const response = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  await response.text();
  return response.status;
}

/** A door that is closed to everybody proves nothing. */
async function genuine(answer) {
  const status = await answer;
  if (status !== 200) throw new Error(`a genuine webhook was answered ${status}`);
}

function verdict(answers, kept, what) {
  const taken = answers.filter((status) => status !== 401).length;
  if (taken === 0 && kept === 0) return [];
  return [`${taken} of ${answers.length} ${what} answered 200, ${kept} kept as if they were true`];
}
