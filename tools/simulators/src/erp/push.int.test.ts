import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { startErp } from './start-erp.js';
import { Pushing } from './testing/pushing.js';

let pushing: Pushing;
afterEach(() => pushing.stop());

/** How many orders the ERP holds, and how many different ones. */
const held = (): { orders: number; different: number } => ({
  orders: pushing.erp.book.all.length,
  different: pushing.erp.book.counts.size,
});

describe('orders pushed to an ERP', () => {
  it('are there once each, 2,000 of them, though half of the answers are lost', async () => {
    const faults = { createThenHang: 0.3, errorAfterCreate: 0.1, drop: 0.1 };
    pushing = await Pushing.start({ seed: 26, faults }, { ERP_TIMEOUT_MS: '150' });
    await pushing.tell(2000);
    await pushing.settled(2000);
    expect(await pushing.states()).toMatchObject([{ state: 'confirmed', orders: 2000 }]);
    expect(held()).toEqual({ orders: 2000, different: 2000 });
    expect(pushing.erp.callsMost).toBeLessThanOrEqual(20);
    const numbers = new Map(pushing.erp.book.all.map(({ externalReference, number }) => [externalReference, number]));
    const said = pushing.acknowledged();
    expect(new Map(said.map(({ data }) => [data.documentId, data.reference]))).toEqual(numbers);
    expect(said).toHaveLength(2000);
  }, 90_000);

  it('carry key, reference, goods and money as they were validated', async () => {
    pushing = await Pushing.start({ seed: 1, token: 'let-me-in' }, { ERP_TOKEN: 'let-me-in' });
    const [orderId] = await pushing.tell(1);
    await pushing.settled(1);
    const [{ externalReference, order, number }] = pushing.erp.book.all as [(typeof pushing.erp.book.all)[0]];
    expect(order).toMatchObject({
      orderId,
      externalReference,
      purchaseOrderNumber: 'PO-1',
      customer: 'ACME',
      requestedOn: '2026-02-10',
      shipTo: { name: 'Acme DC 7', city: 'New York' },
      lines: [{ line: '1', sku: 'SKU-1', quantity: '12', unit: 'EA', unitPrice: '3.75' }],
      total: '45.00',
    });
    expect(pushing.erp.requests).toMatchObject([{ method: 'POST', idempotencyKey: externalReference }]);
    expect(pushing.acknowledged()).toMatchObject([
      { subject: orderId, data: { documentType: 'sales-order', system: 'erp', accepted: true, reference: number } },
    ]);
    expect(await pushing.test.rows('SELECT order_id, erp_number FROM sales_orders')).toEqual([
      { order_id: orderId, erp_number: number },
    ]);
  });

  it('that are validated twice are pushed once', async () => {
    pushing = await Pushing.start({ seed: 1 });
    await pushing.tell(1);
    await pushing.settled(1);
    await pushing.tellAgain('PO-1');
    await pause(400);
    expect(pushing.erp.requests).toHaveLength(1);
  });

  it('that the ERP refuses are given up at once, with its words; the others go on', async () => {
    pushing = await Pushing.start({ seed: 3, faults: { refuse: 0.5 } });
    await pushing.tell(20);
    await pushing.settled(20);
    const refused = pushing.acknowledged().filter(({ data }) => !data.accepted);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBe(20 - held().orders);
    expect(refused[0]!.data.issues).toEqual([
      { code: 'PARTNER_REJECTED', at: '', message: '422 this customer is closed' },
    ]);
    expect(pushing.erp.requests).toHaveLength(20);
  });

  it('wait as long as the ERP asks', async () => {
    pushing = await Pushing.start({ seed: 4, faults: { tooMany: 1, retryAfterSeconds: 2 } }, { ERP_CALLS_MAX: '1' });
    await pushing.tell(1);
    await pushing.until(() => pushing.erp.requests.length === 1, 'the first try');
    pushing.erp.misbehave({});
    await pushing.settled(1);
    const [first, second] = pushing.erp.requests;
    expect(second!.atMs - first!.atMs).toBeGreaterThanOrEqual(1990);
    expect(held().orders).toBe(1);
  });

  it('are given up when the ERP says 500 to every try and has never got them', async () => {
    pushing = await Pushing.start(
      { seed: 5, faults: { error: 1 } },
      { HANDLER_ATTEMPTS_MAX: '2', ERP_TIMEOUT_MS: '500' },
    );
    await pushing.tell(1);
    await pushing.settled(1);
    expect(await pushing.states()).toMatchObject([{ state: 'failed' }]);
    expect(pushing.erp.requests.map(({ method, outcome }) => `${method} ${outcome}`)).toEqual([
      'POST error',
      'GET absent',
      'POST error',
      'GET absent',
    ]);
    expect(pushing.acknowledged()).toMatchObject([{ data: { accepted: false } }]);
  });

  it('wait unspent while the ERP is away, and then go in in turn', async () => {
    pushing = await Pushing.start({ seed: 6 }, { ERP_CALLS_MAX: '1', HANDLER_ATTEMPTS_MAX: '2' });
    pushing.erp.away(true);
    await pushing.tell(300);
    await pushing.until(() => pushing.erp.requests.length >= 4, 'four tries');
    expect(new Set(pushing.erp.requests.map(({ outcome }) => outcome))).toEqual(new Set(['outage']));
    pushing.erp.away(false);
    await pushing.settled(300);
    expect(pushing.erp.book.all.map(({ externalReference }) => externalReference)).toEqual(await pushing.planned());
    expect(await pushing.states()).toMatchObject([{ state: 'confirmed', orders: 300, attempts: 1 }]);
  });

  it('wait for an ERP that is not even listening, and go in once it is', async () => {
    pushing = await Pushing.start({ seed: 7 });
    const { url, book } = pushing.erp;
    await pushing.erp.stop();
    await pushing.tell(50);
    await pushing.until(async () => (await pushing.states()).some(({ state }) => state === 'unknown'), 'a first try');
    const back = await startErp({ seed: 7, port: Number(new URL(url).port), book });
    await pushing.settled(50);
    await back.stop();
    expect(held()).toEqual({ orders: 50, different: 50 });
    expect(await pushing.states()).toMatchObject([{ state: 'confirmed', attempts: 1 }]);
  });

  it('are there once though two processes push, one is stopped and started, and one vanishes in the middle of its calls', async () => {
    const faults = { createThenHang: 0.3, drop: 0.1 };
    pushing = await Pushing.start({ seed: 8, faults }, { ERP_TIMEOUT_MS: '300' });
    const other = await pushing.another();
    await pushing.tell(400);
    await pushing.until(async () => (await pushing.planned()).length === 400, 'all to be planned');
    await other.context.db.close(); // what its calls bring about from now on is never written down
    await pushing.test.restart();
    await pushing.settled(400); // once its claims have run out: sooner, and its calls may still be on their way
    expect(await pushing.states()).toMatchObject([{ state: 'confirmed', orders: 400 }]);
    expect(held()).toEqual({ orders: 400, different: 400 });
    expect(pushing.acknowledged()).toHaveLength(400);
  }, 120_000);
});

describe('a connector without an ERP', () => {
  it('neither pushes nor queues, nor reads orders', async () => {
    pushing = await Pushing.start({ seed: 9 }, { ERP_URL: '' });
    await pushing.tell(3);
    await pushing.test.idle();
    expect(pushing.test.service.context.topics()).toEqual([]);
    expect(await pushing.planned()).toEqual([]);
  });
});
