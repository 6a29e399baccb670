import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DocumentDuplicated, DocumentReceived, DocumentRejected, OrderCaptured } from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { ADMIN_KEY, anIntake, client, type Client } from '../testing/client.js';
import { gatewayService } from '../index.js';

let test: ServiceUnderTest;
let api: Client;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
  api = client(test.address, ADMIN_KEY);
});
afterAll(() => test.stop());

describe('an order in JSON', () => {
  it('is captured with its raw bytes kept and the place of every field', async () => {
    const answer = await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-1' }));
    expect(answer).toMatchObject({
      status: 202,
      body: { purchaseOrderNumber: 'PO-1', duplicate: false, total: { currency: 'USD', minor: 12500 } },
    });
    const { orderId, documentId } = answer.body as { orderId: string; documentId: string };

    const [captured] = await test.until(OrderCaptured, 1, orderId);
    expect(captured!.data.provenance.fields).toMatchObject({
      '/lines/0/price/amount': '/lines/0/price',
      '/parties/0/accountId': '/buyer/accountId',
    });
    const [received] = await test.until(DocumentReceived, 1, orderId);
    expect(received!.correlationId).toBe(captured!.correlationId);
    const [kept] = await test.rows<{ body: Buffer; outcome: string }>(
      'SELECT body, outcome FROM documents WHERE document_id = $1',
      [documentId],
    );
    expect(JSON.parse(kept!.body.toString())).toEqual(anIntake({ purchaseOrderNumber: 'PO-1' }));
  });

  it('is one order when it comes again, also in other words and two at once', async () => {
    const order = anIntake({ purchaseOrderNumber: 'PO-2' });
    const answers = await Promise.all([api.post('/v1/orders', order), api.post('/v1/orders', order)]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 202]);
    const { orderId } = answers[0]!.body as { orderId: string };
    expect(await api.send('POST', '/v1/orders', JSON.stringify(order, null, 2))).toMatchObject({
      status: 200,
      body: { orderId, duplicate: true },
    });
    await test.until(DocumentDuplicated, 2, orderId);
    expect(test.heard().filter((event) => event.type === OrderCaptured.type && event.subject === orderId)).toHaveLength(
      1,
    );
  });

  it('is captured again when something else is ordered under the same number, for validation to hold', async () => {
    await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-3' }));
    const other = await api.post(
      '/v1/orders',
      anIntake({ purchaseOrderNumber: 'PO-3', lines: [{ sku: 'RH-1001', quantity: '11', price: '12.50' }] }),
    );
    expect(other.status).toBe(202);
    await test.until(OrderCaptured, 2, (other.body as { orderId: string }).orderId);
  });

  it.each([
    ['an unknown currency', { currency: 'QQQ' }, '/currency'],
    ['a quantity as a number', { lines: [{ sku: 'RH-1001', quantity: 10, price: '12.50' }] }, '/lines/0/quantity'],
    ['no buyer', { buyer: undefined }, '/buyer/accountId'],
    ['a field nobody knows', { colour: 'red' }, '/colour'],
    ['cents of yen', { currency: 'JPY', tax: '1.5' }, '/tax'],
  ])('is refused for %s, with the place; the document is kept', async (_what, change, at) => {
    const answer = await api.post('/v1/orders', anIntake(change));
    expect(answer).toMatchObject({
      status: 422,
      body: { error: 'ORDER_REFUSED', issues: [expect.objectContaining({ at })] },
    });
    const { documentId } = answer.body as { documentId: string };
    const [rejected] = await test.until(DocumentRejected, 1, documentId);
    expect(rejected!.data.issues[0]!.at).toBe(at);
    expect(await test.rows('SELECT outcome FROM documents WHERE document_id = $1', [documentId])).toEqual([
      { outcome: 'rejected' },
    ]);
  });

  it('that is not JSON is refused with line and column, and kept', async () => {
    const answer = await api.send('POST', '/v1/orders', '{\n  "purchaseOrderNumber": PO-9\n}');
    expect(answer).toMatchObject({ status: 400, body: { error: 'NOT_JSON', issues: [{ at: 'line 2, column 26' }] } });
    const { documentId } = answer.body as { documentId: string };
    expect(await test.rows('SELECT outcome FROM documents WHERE document_id = $1', [documentId])).toHaveLength(1);
  });

  it('with a NUL in a name is refused, and hides the other orders from nobody', async () => {
    const answer = await api.post('/v1/orders', anIntake({ buyer: { accountId: 'ACME', name: 'A\u0000B' } }));
    expect(answer).toMatchObject({ status: 422, body: { issues: [{ code: 'NUL_CHARACTER' }] } });
    await test.idle();
    expect((await api.get('/v1/orders')).status).toBe(200);
    expect(await api.get('/v1/orders?q=%00')).toMatchObject({ status: 400, body: { error: 'BAD_REQUEST' } });
    expect((await api.get('/v1/orders/%00')).status).toBe(400);
  });

  it('that is too large gets one clear answer', async () => {
    const answer = await api.send('POST', '/v1/orders', `{"notes":["${'x'.repeat(1_100_000)}"]}`);
    expect(answer).toMatchObject({ status: 413, body: { error: 'TOO_LARGE' } });
  });
});

describe('an idempotency key', () => {
  it('gets the same answer for the same body, word for word, also two at once and after a restart', async () => {
    const order = anIntake({ purchaseOrderNumber: 'PO-K1' });
    const headers = { 'idempotency-key': 'k-1' };
    const both = await Promise.all([api.post('/v1/orders', order, headers), api.post('/v1/orders', order, headers)]);
    expect(both[0]!.body).toEqual(both[1]!.body);
    expect(both.map((answer) => answer.status)).toEqual([202, 202]);
    await test.restart();
    api = client(test.address, ADMIN_KEY);
    const third = await api.post('/v1/orders', order, headers);
    expect(third).toMatchObject({ status: 202, body: both[0]!.body });
    expect(third.headers.get('idempotency-replayed')).toBe('true');
  });

  it('is refused with another body', async () => {
    const headers = { 'idempotency-key': 'k-2' };
    await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-K2' }), headers);
    const other = await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-K3' }), headers);
    expect(other).toMatchObject({ status: 422, body: { error: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await test.rows(`SELECT 1 FROM documents WHERE convert_from(body, 'UTF8') LIKE '%PO-K3%'`)).toEqual([]);
  });

  it('stays free when the order was refused, for the mended one', async () => {
    const headers = { 'idempotency-key': 'k-3' };
    expect(
      await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-K4', currency: 'QQQ' }), headers),
    ).toMatchObject({ status: 422 });
    expect(await api.post('/v1/orders', anIntake({ purchaseOrderNumber: 'PO-K4' }), headers)).toMatchObject({
      status: 202,
    });
  });
});
