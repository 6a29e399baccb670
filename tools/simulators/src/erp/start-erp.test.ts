import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startErp, type Erp } from './start-erp.js';

let erp: Erp;
beforeEach(async () => {
  erp = await startErp({ seed: 1 });
});
afterEach(() => erp.stop());

const ORDER = { externalReference: 'ref-1', customer: 'ACME', lines: [{ sku: 'A' }] };

const create = (order: object = ORDER, signal?: AbortSignal): Promise<Response> =>
  fetch(`${erp.url}/sales-orders`, {
    method: 'POST',
    body: JSON.stringify(order),
    headers: { 'idempotency-key': 'key-1' },
    ...(signal && { signal }),
  });
const change = (number: string, revision: number, signal?: AbortSignal): Promise<Response> =>
  fetch(`${erp.url}/sales-orders/${number}`, {
    method: 'PUT',
    body: JSON.stringify({ ...ORDER, revision }),
    ...(signal && { signal }),
  });
const find = async (reference: string): Promise<unknown> =>
  (await fetch(`${erp.url}/sales-orders?externalReference=${reference}`)).json();

describe('the simulated ERP', () => {
  it('takes an order, numbers it, and finds it by its external reference', async () => {
    const answer = await create();
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({ number: 'SO0000001', externalReference: 'ref-1' });
    expect(await find('ref-1')).toEqual({ salesOrders: [{ number: 'SO0000001', externalReference: 'ref-1' }] });
    expect(await find('ref-2')).toEqual({ salesOrders: [] });
  });

  it('takes the same order twice and says so in its book', async () => {
    await create();
    await create();
    expect([...erp.book.counts]).toEqual([['ref-1', 2]]);
  });

  it('that heeds idempotency keys gives the first answer again', async () => {
    await erp.stop();
    erp = await startErp({ seed: 1, ignoresIdempotencyKeys: false });
    await create();
    expect(await (await create()).json()).toMatchObject({ number: 'SO0000001' });
    expect([...erp.book.counts]).toEqual([['ref-1', 1]]);
  });

  it('stores and never answers', async () => {
    erp.misbehave({ createThenHang: 1 });
    await expect(create(ORDER, AbortSignal.timeout(80))).rejects.toThrow();
    expect(erp.book.all).toHaveLength(1);
  });

  it('stores and answers 500', async () => {
    erp.misbehave({ errorAfterCreate: 1 });
    expect((await create()).status).toBe(500);
    expect(erp.book.all).toHaveLength(1);
  });

  it('cuts the connection and stores nothing', async () => {
    erp.misbehave({ drop: 1 });
    await expect(create()).rejects.toThrow();
    expect(erp.book.all).toHaveLength(0);
  });

  it('asks to come later, when it is busy and when it is away', async () => {
    erp.misbehave({ tooMany: 1, retryAfterSeconds: 7 });
    const busy = await create();
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7']);
    erp.misbehave({ outages: [{ fromMs: 0, toMs: 60_000 }], retryAfterSeconds: 9 });
    const away = await fetch(`${erp.url}/sales-orders?externalReference=ref-1`);
    expect([away.status, away.headers.get('retry-after')]).toEqual([503, '9']);
    expect(erp.book.all).toHaveLength(0);
  });

  it('takes its time', async () => {
    erp.misbehave({ slow: 1, slowMs: 120 });
    const from = performance.now();
    await create();
    expect(performance.now() - from).toBeGreaterThanOrEqual(119);
  });

  it('changes an order that it holds, says which change it holds, and keeps the order it was', async () => {
    await create();
    expect(await (await change('SO0000001', 2)).json()).toMatchObject({ number: 'SO0000001', revision: 2 });
    expect(await find('ref-1')).toMatchObject({ salesOrders: [{ number: 'SO0000001', revision: 2 }] });
    expect([...erp.book.counts]).toEqual([['ref-1', 1]]);
    expect((await change('SO0000002', 1)).status).toBe(404);
  });

  it('makes a change twice when it is asked twice, says so in its book, and takes none that is older', async () => {
    await create();
    await change('SO0000001', 2);
    await change('SO0000001', 2);
    expect((await change('SO0000001', 1)).status).toBe(409);
    expect(erp.book.all[0]!.revisions).toEqual([2, 2]);
  });

  it('misbehaves with changes as with orders', async () => {
    await create();
    erp.misbehave({ createThenHang: 1 });
    await expect(change('SO0000001', 1, AbortSignal.timeout(80))).rejects.toThrow();
    erp.misbehave({ drop: 1 });
    await expect(change('SO0000001', 2)).rejects.toThrow();
    expect(erp.book.all[0]!.revisions).toEqual([1]);
  });

  it('lets nobody in without its token', async () => {
    await erp.stop();
    erp = await startErp({ seed: 1, token: 'secret' });
    expect((await create()).status).toBe(401);
  });

  it('refuses what is no order', async () => {
    expect((await create({ customer: 'ACME' })).status).toBe(400);
  });

  it('tells its book to whoever runs it, and changes its ways for them', async () => {
    await create();
    const book = await (await fetch(`${erp.url}/-/book`)).json();
    expect(book).toMatchObject({ counts: { 'ref-1': 1 } });
    await fetch(`${erp.url}/-/faults`, { method: 'PUT', body: '{"errorAfterCreate":1}' });
    expect((await create()).status).toBe(500);
    await fetch(`${erp.url}/-/away`, { method: 'PUT', body: 'true' });
    expect((await create()).status).toBe(503);
    expect(erp.requests.map(({ outcome }) => outcome)).toEqual(['created', 'errorAfterCreate', 'outage']);
  });
});
