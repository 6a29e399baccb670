import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentDuplicated,
  DocumentReceived,
  DocumentRejected,
  OrderCancelRequested,
  OrderCaptured,
  OrderSentElsewhere,
} from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { commerceConnectorService } from '../index.js';
import { anOrderText, SHOP, signatureOf } from '../shopify/testing.js';

/** Shops of the same account. */
const BRANCHES = ['test-shop-eu.myshopify.com', 'test-shop-uk.myshopify.com', 'test-shop-jp.myshopify.com'];

let hub: ServiceUnderTest;
let numbers = 5_000_000_000_000_000_000n;

beforeAll(async () => {
  hub = await serviceUnderTest(commerceConnectorService, {
    SHOPIFY_SHOPS: JSON.stringify([
      { ...SHOP, secrets: [...SHOP.secrets, 'the-secret-before'] },
      ...BRANCHES.map((domain) => ({ ...SHOP, domain })),
    ]),
  });
});
afterAll(() => hub.stop());

/** A fresh order: its id, and its text with a few texts replaced. */
function fresh(): { id: string; text: (...changes: [string, string][]) => string } {
  numbers += 1n;
  const id = String(numbers);
  return {
    id,
    text: (...changes) =>
      anOrderText('two-lines-discount', [['820982911946154508', id], ['#2041', `#${id.slice(-6)}`], ...changes]),
  };
}

const LATER: [string, string] = ['"updated_at": "2026-02-02T22:41:12', '"updated_at": "2026-02-02T22:50:00'];
const CANCELLED: [string, string] = ['"cancelled_at": null', '"cancelled_at": "2026-02-02T22:50:00-05:00"'];

interface Answer {
  readonly status: number;
  readonly body: {
    outcome?: string;
    documentId: string;
    orderId?: string;
    issues?: { code: string; at: string }[];
    error?: string;
  };
}

async function push(
  body: string | Buffer,
  topic = 'orders/create',
  headers: Record<string, string | undefined> = {},
  shop = SHOP.domain,
): Promise<Answer> {
  const all = {
    'content-type': 'application/json',
    'x-shopify-topic': topic,
    'x-shopify-hmac-sha256': signatureOf(body.toString()),
    ...headers,
  };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${hub.address}/shopify/${shop}/webhooks`, {
    method: 'POST',
    body: body.length === 0 ? null : body,
    headers: sent,
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const eventsOf = (subject: string | undefined): string[] =>
  hub
    .heard()
    .filter((event) => event.subject === subject)
    .map((event) => event.type);
const documents = (reference: string) =>
  hub.rows<{ bytes: Buffer; outcome: string; times_seen: number }>('SELECT * FROM documents WHERE reference = $1', [
    reference,
  ]);

describe('a signed webhook of an order', () => {
  it('becomes a captured order, with its raw bytes kept', async () => {
    const order = fresh();
    const answer = await push(order.text());
    expect(answer).toMatchObject({ status: 200, body: { outcome: 'captured' } });
    const [captured] = await hub.until(OrderCaptured, 1, answer.body.orderId);
    expect(captured).toMatchObject({
      data: {
        channel: 'ecommerce',
        totals: { payable: { currency: 'USD', minor: 5383 } },
        provenance: { documentId: order.id },
      },
    });
    const [received] = await hub.until(DocumentReceived, 1, answer.body.orderId);
    expect(received).toMatchObject({
      correlationId: captured!.correlationId,
      data: { reference: order.id, partner: SHOP.domain, sizeBytes: order.text().length },
    });
    expect((await documents(order.id))[0]!.bytes.toString()).toBe(order.text());
  });

  it('is taken once however often and under whatever headers it comes', async () => {
    const order = fresh();
    const first = await push(order.text(), 'orders/create', { 'x-shopify-webhook-id': 'w-1' });
    await hub.restart();
    const second = await push(order.text(), 'orders/updated', { 'x-shopify-webhook-id': 'w-2' });
    expect(second).toMatchObject({
      status: 200,
      body: { outcome: 'duplicate', orderId: first.body.orderId, documentId: first.body.documentId },
    });
    const [duplicated] = await hub.until(DocumentDuplicated, 1, first.body.orderId);
    expect(duplicated!.data.originalDocumentId).toBe(first.body.documentId);
    await hub.idle();
    expect(eventsOf(first.body.orderId).filter((type) => type === OrderCaptured.type)).toHaveLength(1);
    expect(await documents(order.id)).toMatchObject([{ times_seen: 2, outcome: 'captured' }]);
  });

  it('is captured once when ten deliveries come at the same time, in two wordings', async () => {
    const order = fresh();
    const wordings = [order.text(), order.text(['"tags": "returning"', '"tags": "returning, vip"'])];
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => push(wordings[index % 2]!)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(10).fill(200));
    expect(answers.filter((answer) => answer.body.outcome === 'captured')).toHaveLength(1);
    await hub.until(DocumentDuplicated, 9, answers[0]!.body.orderId);
    expect(eventsOf(answers[0]!.body.orderId).filter((type) => type === OrderCaptured.type)).toHaveLength(1);
  });

  it('is captured again when its content changed, for a person to decide', async () => {
    const order = fresh();
    const first = await push(order.text());
    const edited = await push(order.text(LATER, ['"price": "12.50"', '"price": "12.00"']), 'orders/edited');
    expect(edited.body).toMatchObject({ outcome: 'captured', orderId: first.body.orderId });
    expect(await hub.until(OrderCaptured, 2, first.body.orderId)).toHaveLength(2);
  });

  it('is ignored when a newer copy is known', async () => {
    const order = fresh();
    const newer = await push(order.text(LATER, ['"price": "12.50"', '"price": "12.00"']), 'orders/updated');
    const older = await push(order.text());
    expect(older.body).toMatchObject({ outcome: 'duplicate', orderId: newer.body.orderId });
    await hub.until(DocumentDuplicated, 1, newer.body.orderId);
    expect(eventsOf(newer.body.orderId).filter((type) => type === OrderCaptured.type)).toHaveLength(1);
  });

  it('is ignored when a newer copy was seen that said nothing new', async () => {
    const order = fresh();
    const { body } = await push(order.text());
    await push(order.text(LATER), 'orders/paid');
    const between: [string, string] = ['"updated_at": "2026-02-02T22:41:12', '"updated_at": "2026-02-02T22:45:00'];
    const older = await push(order.text(between, ['"price": "12.50"', '"price": "12.00"']), 'orders/updated');
    expect(older.body).toMatchObject({ outcome: 'duplicate', orderId: body.orderId });
  });

  it('stays two orders when two customers use one PO number', async () => {
    const po: [string, string] = ['"po_number": null', '"po_number": "1"'];
    const [first, second] = await Promise.all([push(fresh().text(po)), push(fresh().text(po))]);
    expect([first.body.outcome, second.body.outcome]).toEqual(['captured', 'captured']);
    expect(first.body.orderId).not.toBe(second.body.orderId);
  });

  it('stays one order each when several shops of an account number theirs alike', async () => {
    const name = '#7000001';
    const orders = BRANCHES.map((shop) => ({ shop, order: fresh() }));
    const pushed = (order: { text: ReturnType<typeof fresh>['text'] }, shop: string, ...changes: [string, string][]) =>
      push(order.text(...changes).replace(/"name": "#\d+"/, `"name": "${name}"`), 'orders/create', {}, shop);
    const answers = await Promise.all(orders.map(({ shop, order }) => pushed(order, shop)));
    expect(answers.map(({ status, body }) => [status, body.outcome])).toEqual(Array(3).fill([200, 'captured']));
    expect(new Set(answers.map(({ body }) => body.orderId)).size).toBe(3);
    for (const [index, { shop, order }] of orders.entries())
      expect((await pushed(order, shop, LATER)).body).toMatchObject({
        outcome: 'duplicate',
        orderId: answers[index]!.body.orderId,
      });
  });

  it('is seen as refused at the order that it would have changed', async () => {
    const order = fresh();
    const { body } = await push(order.text());
    const refused = await push(order.text(LATER, ['"sku": "RH-1001"', '"sku": ""']), 'orders/updated');
    expect(refused.body).toMatchObject({ outcome: 'rejected', orderId: body.orderId });
    await hub.until(DocumentRejected, 1, body.orderId);
  });

  it('comes with an edit that names what changed only, which is kept at its order', async () => {
    const order = fresh();
    const { body } = await push(order.text());
    const edit = `{"order_edit": {"id": 78912328793, "order_id": ${order.id}, "line_items": {"additions": []}}}`;
    expect(await push(edit, 'orders/edited')).toMatchObject({
      status: 200,
      body: { outcome: 'noted', orderId: body.orderId },
    });
    expect((await push(edit, 'orders/edited')).body.outcome).toBe('duplicate');
    expect(await hub.until(DocumentReceived, 2, body.orderId)).toHaveLength(2);
  });

  it('is not sent a second time when the shop sent it before it came here', async () => {
    const order = fresh();
    const sent: [string, string] = [
      '"requires_shipping": true',
      '"requires_shipping": true, "fulfillment_status": "fulfilled"',
    ];
    expect((await push(order.text(sent))).body).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'ALREADY_SENT', at: '/line_items/0/fulfillment_status' }],
    });
    const other = fresh();
    const { body } = await push(other.text());
    expect((await push(other.text(LATER, sent), 'orders/updated')).body).toMatchObject({
      outcome: 'noted',
      orderId: body.orderId,
    });
    const tagged: [string, string] = ['"tags": "returning"', '"tags": "sent"'];
    expect((await push(other.text(LATER, sent, tagged), 'orders/updated')).body.outcome).toBe('duplicate');
    await hub.idle();
    expect(hub.heard().filter(({ type }) => type === OrderSentElsewhere.type)).toMatchObject([
      { subject: body.orderId, data: { actor: { id: SHOP.domain } } },
    ]);
  });

  it('does not become a second order when its PO number is changed at the shop', async () => {
    const order = fresh();
    await push(order.text());
    const moved = await push(order.text(LATER, ['"po_number": null', '"po_number": "NEW-1"']), 'orders/updated');
    expect(moved.body).toMatchObject({
      outcome: 'rejected',
      issues: [{ code: 'PO_NUMBER_CHANGED', at: '/po_number' }],
    });
  });
});

describe('an order cancelled at the shop', () => {
  it('is asked to be cancelled here, once, though the shop says so twice', async () => {
    const order = fresh();
    const { body } = await push(order.text());
    const emptied = order
      .text(LATER, CANCELLED, ['"cancel_reason": null', '"cancel_reason": "customer"'])
      .replaceAll('"current_quantity": 3', '"current_quantity": 0');
    expect((await push(emptied, 'orders/updated')).body).toMatchObject({
      outcome: 'cancel-requested',
      orderId: body.orderId,
    });
    expect((await push(`${emptied}\n`, 'orders/cancelled')).body.outcome).toBe('duplicate');
    await hub.until(DocumentDuplicated, 1, body.orderId);
    const wishes = await hub.until(OrderCancelRequested, 1, body.orderId);
    expect(wishes).toHaveLength(1);
    expect(wishes[0]!.data).toMatchObject({
      actor: { kind: 'partner', id: SHOP.domain },
      reason: 'cancelled at the shop: customer',
    });
  });

  it('is asked to be cancelled here when every line was refunded, and not again', async () => {
    const order = fresh();
    const { body } = await push(order.text());
    const refunded = order.text(LATER).replaceAll('"current_quantity": 3', '"current_quantity": 0');
    expect((await push(refunded, 'orders/updated')).body).toMatchObject({
      outcome: 'cancel-requested',
      orderId: body.orderId,
    });
    expect((await push(`${refunded}\n`, 'orders/updated')).body.outcome).toBe('duplicate');
    expect(await hub.until(OrderCancelRequested, 1, body.orderId)).toMatchObject([
      { data: { reason: expect.stringContaining('nothing is left') } },
    ]);
  });

  it('is never captured when the cancellation overtakes it', async () => {
    const order = fresh();
    const cancelled = await push(order.text(LATER, CANCELLED), 'orders/cancelled');
    expect(cancelled.body).toMatchObject({ outcome: 'rejected', issues: [{ code: 'CANCELLED_BEFORE_CAPTURE' }] });
    expect((await push(order.text())).body).toMatchObject({ outcome: 'duplicate', documentId: expect.any(String) });
  });
});

describe('what is no order to work on', () => {
  it('keeps a test order and captures nothing of it', async () => {
    const order = fresh();
    const answer = await push(order.text(['"test": false', '"test": true']));
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: 'rejected', issues: [{ code: 'TEST_ORDER', at: '/test' }] },
    });
    await hub.until(DocumentRejected, 1, answer.body.documentId);
    expect(await documents(order.id)).toMatchObject([{ outcome: 'rejected' }]);
  });

  it('keeps a faulty order and names the fault; the shop need not send it again', async () => {
    const answer = await push(fresh().text(['"currency": "USD"', '"currency": "XQX"']));
    expect(answer).toMatchObject({
      status: 200,
      body: { outcome: 'rejected', issues: [{ code: 'UNKNOWN_CURRENCY', at: '/currency' }] },
    });
    const [rejected] = await hub.until(DocumentRejected, 1, answer.body.documentId);
    expect(rejected!.data.issues).toMatchObject([{ at: '/currency' }]);
  });

  it('keeps what is signed but not JSON, and says where it breaks', async () => {
    const answer = await push('{"id": 1,}');
    expect(answer).toMatchObject({ status: 400, body: { issues: [{ code: 'NOT_JSON', at: 'position 9' }] } });
    await hub.until(DocumentRejected, 1, answer.body.documentId);
  });

  it('reads a refused document again when it is sent again', async () => {
    const text = fresh().text(['"test": false', '"test": true']);
    const [first, second] = [await push(text), await push(text)];
    expect(second.body).toEqual(first.body);
  });
});

describe('the door', () => {
  const count = async (): Promise<number> => (await hub.rows('SELECT 1 FROM documents')).length;

  it('keeps nothing that is not signed by the shop', async () => {
    const before = await count();
    const text = fresh().text();
    expect(
      await push(text, 'orders/create', { 'x-shopify-hmac-sha256': signatureOf(text, 'another-secret') }),
    ).toMatchObject({ status: 401 });
    expect(await push('not json', 'orders/create', { 'x-shopify-hmac-sha256': signatureOf(text) })).toMatchObject({
      status: 401,
    });
    expect(await push(text, 'orders/create', { 'x-shopify-hmac-sha256': undefined })).toMatchObject({
      status: 400,
      body: { issues: [{ at: 'X-Shopify-Hmac-Sha256' }] },
    });
    expect(await push('')).toMatchObject({ status: 400, body: { issues: [{ code: 'BODY_MISSING' }] } });
    expect(await push(text, 'products/update')).toMatchObject({ status: 404 });
    expect(await count()).toBe(before);
  });

  it('takes the secret before the current one, and the headers without X', async () => {
    const text = fresh().text();
    expect(
      await push(text, 'orders/create', {
        'x-shopify-hmac-sha256': undefined,
        'shopify-hmac-sha256': signatureOf(text, 'the-secret-before'),
      }),
    ).toMatchObject({ status: 200 });
  });

  it('knows only the shops that are set up', async () => {
    const response = await fetch(`${hub.address}/shopify/other.myshopify.com/webhooks`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });

  it('refuses a body that is too large', async () => {
    expect(await push('x'.repeat(4 * 1_048_576 + 1))).toMatchObject({ status: 413, body: { error: 'TOO_LARGE' } });
  });
});
