import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  derivedUuid,
  HoldReleaseRequested,
  OrderCancelRequested,
  OrderRejectRequested,
  PaymentReceived,
  ShipmentConfirmed,
} from '@railhead/contracts';
import { anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';
import { ORDER, ORDER_ID, Story } from '../testing/story.js';
import { forgetOrders } from '../testing/forget-orders.js';
import { tellStory } from '../testing/tell-story.js';

let test: ServiceUnderTest;
let admin: Client;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
  admin = client(test.address, ADMIN_KEY);
});
afterAll(() => test.stop());
beforeEach(() => forgetOrders(test));

async function withRoles(...roles: string[]): Promise<Client> {
  const { body } = await admin.post('/v1/keys', { name: roles.join(), roles });
  return client(test.address, (body as { key: string }).key);
}

async function many(count: number): Promise<void> {
  const story = new Story();
  for (let number = 0; number < count; number += 1) {
    const order = anOrder({ purchaseOrderNumber: `L-${number}` });
    story.captured({ subject: order.orderId }, order);
  }
  await tellStory(test, story);
}

describe('the list of orders', () => {
  it('is read page by page without missing or repeating one', async () => {
    await many(7);
    const seen: string[] = [];
    let cursor: string | null = '';
    do {
      const page = await admin.get(`/v1/orders?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
      const { orders, next } = page.body as { orders: { purchaseOrderNumber: string }[]; next: string | null };
      seen.push(...orders.map((order) => order.purchaseOrderNumber));
      cursor = next;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, number) => `L-${number}`));
  });

  it('is searched by a part of the number and by status; signs of SQL are just signs', async () => {
    await many(3);
    const found = async (query: string): Promise<number> =>
      ((await admin.get(`/v1/orders?${query}`)).body as { orders: unknown[] }).orders.length;
    expect(await found('q=l-1')).toBe(1);
    expect(await found('q=%25')).toBe(0);
    expect(await found('status=received,accepted')).toBe(3);
    expect(await found('status=settled')).toBe(0);
    expect(await found('account=BOLT')).toBe(0);
  });

  it('shows all orders, also when a door let a NUL through in the name of one', async () => {
    const order = anOrder({
      purchaseOrderNumber: 'N-1',
      parties: [{ role: 'buyer', accountId: 'ACME', name: 'A\0cme' }],
    });
    const story = new Story();
    story.captured({ subject: order.orderId }, order);
    await tellStory(test, story);
    expect(await admin.get('/v1/orders')).toMatchObject({
      status: 200,
      body: { orders: [{ customerName: 'A\ufffdcme' }] },
    });
  });

  it('is counted by status, for a partner only its own', async () => {
    await many(3);
    const story = new Story();
    story.validated(story.captured());
    await tellStory(test, story);
    expect((await admin.get('/v1/overview')).body).toEqual({ byStatus: { received: 3, accepted: 1 } });
    const { body } = await admin.post('/v1/keys', { name: 'bolt', roles: ['partner'], accountId: 'BOLT' });
    const bolt = client(test.address, (body as { key: string }).key);
    expect((await bolt.get('/v1/overview')).body).toEqual({ byStatus: {} });
  });

  it.each([
    ['limit=0', '/limit'],
    ['limit=201', '/limit'],
    ['limit=x', '/limit'],
    ['status=lost', '/status/0'],
    ['cursor=abc', '/cursor'],
    ['colour=red', '/'],
  ])('refuses %s and says what is wrong', async (query, at) => {
    expect(await admin.get(`/v1/orders?${query}`)).toMatchObject({ status: 400, body: { issues: [{ at }] } });
  });
});

describe('an order', () => {
  it('that was looked at before shows what happened since, its payment among it', async () => {
    const story = new Story();
    const captured = story.captured();
    await tellStory(test, story);
    const look = async (): Promise<{ status: string; timeline: unknown[]; payments: object[] }> =>
      (await admin.get(`/v1/orders/${ORDER_ID}`)).body as never;
    expect(await look()).toMatchObject({ status: 'received' });
    expect(await look()).toMatchObject({ status: 'received' });

    const later = new Story();
    later.validated(captured);
    later.paid(1, 500, 0);
    await tellStory(test, later);
    expect(await look()).toMatchObject({ status: 'accepted', payments: [{ amount: { minor: 500 } }] });
    expect((await look()).payments[0]).not.toHaveProperty('reference');

    const money = new Story();
    money.tell(
      PaymentReceived,
      {
        paymentId: derivedUuid('payment|1'),
        payerAccountId: 'ACME',
        amount: { currency: 'USD', minor: 500 },
        receivedOn: '2026-02-05',
        reference: 'wire 7',
        remittance: [],
      },
      { subject: derivedUuid('payment|1') },
    );
    await tellStory(test, money);
    expect((await look()).payments[0]).toMatchObject({ reference: 'wire 7' });
  });

  it('is found by its id and by its PO number in any case; another is not there', async () => {
    const story = new Story();
    story.captured();
    await tellStory(test, story);
    expect(await admin.get(`/v1/orders/${ORDER_ID.toUpperCase()}`)).toMatchObject({
      status: 200,
      body: { orderId: ORDER_ID },
    });
    expect(await admin.get('/v1/orders/po-7')).toMatchObject({ status: 200, body: { orderId: ORDER_ID } });
    expect((await admin.get('/v1/orders/PO-77')).status).toBe(404);
  });

  it('whose number two buyers use must be named by its id', async () => {
    const story = new Story();
    story.captured();
    const other = anOrder({
      purchaseOrderNumber: ORDER.purchaseOrderNumber,
      parties: [{ role: 'buyer', accountId: 'BOLT' }],
    });
    story.captured({ subject: other.orderId }, other);
    await tellStory(test, story);
    const answer = await admin.get('/v1/orders/PO-7');
    expect(answer).toMatchObject({ status: 409, body: { message: expect.stringContaining(other.orderId) } });
  });

  it('has a history with every fact and its data', async () => {
    const story = new Story();
    story.validated(story.captured());
    await tellStory(test, story);
    const { body } = await admin.get(`/v1/orders/${ORDER_ID}/events`);
    expect(body).toMatchObject({
      events: [{ type: 'order.captured.v1' }, { type: 'order.validated.v1', data: { netDays: 30 } }],
    });
    expect(JSON.stringify(body)).not.toContain('"order":{');
  });
});

describe('a decision', () => {
  async function held(): Promise<string> {
    const story = new Story();
    story.captured();
    const holdId = story.hold('CREDIT_LIMIT');
    await tellStory(test, story);
    return holdId;
  }

  it('to release is for the role that owns the hold, and becomes an event with who and why', async () => {
    const holdId = await held();
    const sales = await withRoles('sales');
    const credit = await withRoles('credit');
    expect(await sales.post(`/v1/orders/${ORDER_ID}/release`, { reason: 'please' })).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('credit') },
    });
    expect(await credit.post('/v1/orders/PO-7/release', { reason: 'pays tomorrow', holdId })).toMatchObject({
      status: 202,
      body: { orderId: ORDER_ID, requested: 'release' },
    });
    const [wish] = await test.until(HoldReleaseRequested, 1, ORDER_ID);
    expect(wish!.data).toMatchObject({ holdId, reason: 'pays tomorrow', actor: { kind: 'person' } });
    expect(wish!.correlationId).toBe(ORDER_ID); // the story the capture began
  });

  it('to reject or cancel becomes an event', async () => {
    await held();
    expect((await admin.post(`/v1/orders/${ORDER_ID}/reject`, { reason: 'too risky' })).status).toBe(202);
    expect((await admin.post(`/v1/orders/${ORDER_ID}/cancel`, { reason: 'buyer called' })).status).toBe(202);
    await test.until(OrderRejectRequested, 1, ORDER_ID);
    await test.until(OrderCancelRequested, 1, ORDER_ID);
  });

  it('that makes no sense where the order stands is refused, and says why', async () => {
    const story = new Story();
    story.validated(story.captured());
    story.dispatched(1, { '1': '10', '2': '5' });
    await tellStory(test, story);
    expect(await admin.post(`/v1/orders/${ORDER_ID}/release`, { reason: 'why not' })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('no hold is active') },
    });
    expect((await admin.post(`/v1/orders/${ORDER_ID}/reject`, { reason: 'why not' })).status).toBe(409);
    expect((await admin.post(`/v1/orders/${ORDER_ID}/cancel`, { reason: 'why not' })).status).toBe(409);
    expect((await admin.post(`/v1/orders/${ORDER_ID}/cancel`, { reason: '' })).status).toBe(400);
  });
});

describe('reports', () => {
  const shipmentId = '0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10';
  const shipment = {
    orderId: ORDER_ID,
    shipmentId,
    carrier: 'UPSN',
    trackingNumbers: ['1Z1'],
    lines: [{ lineId: '1', quantity: '10' }],
  };

  it('of a warehouse are passed on once, and again when corrected', async () => {
    expect(await admin.post('/warehouse/shipments', shipment)).toMatchObject({
      status: 202,
      body: { shipmentId, duplicate: false },
    });
    expect(await admin.post('/warehouse/shipments', shipment)).toMatchObject({
      status: 200,
      body: { duplicate: true },
    });
    expect(
      await admin.post('/warehouse/shipments', { ...shipment, lines: [{ lineId: '1', quantity: '9' }] }),
    ).toMatchObject({ status: 202 });
    const confirmed = await test.until(ShipmentConfirmed, 2, ORDER_ID);
    expect(confirmed.map((event) => event.data.lines[0]!.quantity)).toEqual(['10', '9']);
  });

  it('of a payment are one payment per payer and reference', async () => {
    const payment = {
      payerAccountId: 'ACME',
      reference: 'WIRE-9',
      currency: 'USD',
      amount: '135.00',
      remittance: [{ invoiceNumber: 'INV-1', amount: '135.00' }],
    };
    const first = await admin.post('/v1/payments', payment);
    expect(first).toMatchObject({ status: 202, body: { amount: { minor: 13_500 }, duplicate: false } });
    expect(await admin.post('/v1/payments', payment)).toMatchObject({ status: 200, body: { duplicate: true } });
    expect((await admin.post('/v1/payments', { ...payment, amount: '1.00' })).status).toBe(409);
    expect(await admin.post('/v1/payments', { ...payment, amount: '1.005' })).toMatchObject({
      status: 400,
      body: { issues: [{ at: '/amount' }] },
    });
    expect(await test.until(PaymentReceived, 1, 'ACME')).toHaveLength(1);
  });

  it('that are not JSON get the place of the fault', async () => {
    expect(await admin.send('POST', '/v1/payments', '{"amount": 1,}')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('line 1, column 14') },
    });
  });
});

describe('the stream', () => {
  /** Reads events until one of `type` comes. @param onOpen - Told when everything from now on will be read. */
  async function read(
    path: string,
    type: string,
    lastEventId?: string,
    onOpen = (): void => {},
  ): Promise<{ id: string; data: Record<string, unknown> }[]> {
    const abort = new AbortController();
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, ...(lastEventId && { 'last-event-id': lastEventId }) };
    const response = await fetch(test.address + path, { headers, signal: abort.signal });
    const events: { id: string; data: Record<string, unknown> }[] = [];
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      onOpen(); // it begins with a ping
      text += chunk;
      const parts = text.split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const id = /^id: (.*)$/m.exec(part)?.[1];
        const data = /^data: (.+)$/m.exec(part)?.[1];
        if (id !== undefined && data?.startsWith('{'))
          events.push({ id, data: JSON.parse(data) as Record<string, unknown> });
      }
      if (events.some((event) => event.data['type'] === type)) break;
    }
    abort.abort();
    return events;
  }

  it('tells what happens, and goes on where a reader left off', async () => {
    let listening: ReturnType<typeof read> | undefined;
    await new Promise<void>((opened) => {
      listening = read('/v1/stream', 'order.validated.v1', undefined, opened);
    });
    const story = new Story();
    story.validated(story.captured());
    await tellStory(test, story);
    const events = await listening!;
    // the stream is everybody's: the tail of an earlier story may still come along
    const told = events.filter(({ data }) => String(data['type']).startsWith('order.'));
    expect(told.map((event) => event.data['type'])).toEqual(['order.captured.v1', 'order.validated.v1']);
    expect(told[1]!.data).toMatchObject({ orderId: ORDER_ID, data: { netDays: 30 } });

    const rest = await read(`/v1/stream?order=${ORDER_ID}`, 'order.validated.v1', told[0]!.id);
    expect(rest.map((event) => event.data['type'])).toEqual(['order.validated.v1']);
  });

  it('refuses a place that is none of its own', async () => {
    expect((await admin.send('GET', '/v1/stream', undefined, { 'last-event-id': 'x' })).status).toBe(400);
  });
});
