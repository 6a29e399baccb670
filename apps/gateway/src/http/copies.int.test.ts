import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HoldReleaseRequested, OrderChangeRequested, type CanonicalOrder } from '@railhead/contracts';
import { anOrder, serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';
import { fileStory } from '../testing/file-story.js';
import { forgetOrders } from '../testing/forget-orders.js';
import { ORDER, ORDER_ID, Story } from '../testing/story.js';

let test: ServiceUnderTest;
let admin: Client;
let runs = 0;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
  admin = client(test.address, ADMIN_KEY);
});
afterAll(() => test.stop());
beforeEach(() => forgetOrders(test));

const lines = (quantity: string) =>
  ORDER.lines.map((line, index) => (index === 0 ? { ...line, quantity: { ...line.quantity, value: quantity } } : line));
const other = (change: Partial<CanonicalOrder> = {}): CanonicalOrder => ({
  ...anOrder({ purchaseOrderNumber: 'PO-7', lines: lines('11').map(({ lineExtensionAmount: _a, ...line }) => line) }),
  ...change,
});

/** The order is accepted, and another copy of it came. @returns the way to decide about that copy. */
async function conflict(copy: CanonicalOrder): Promise<{ path: string; holdId: string }> {
  const name = `copy ${(runs += 1)}`;
  const story = new Story();
  story.validated(story.captured());
  const second = story.captured({ name }, copy);
  const holdId = story.hold('CONFLICTING_COPY', { name: `hold for ${name}`, cause: second.id });
  await fileStory(test, story);
  return { path: `/v1/orders/PO-7/copies/${second.id}`, holdId };
}
const asked = (type: { type: string }, holdId?: string) =>
  test
    .heard()
    .filter(
      (one) => one.type === type.type && (holdId === undefined || (one.data as { holdId?: string }).holdId === holdId),
    );
const reason = 'they called: eleven it is';

describe('another copy of an order', () => {
  it('says in the order file what it says differently, whose move it is and how to decide', async () => {
    const { path } = await conflict(other());
    const { body } = await admin.get('/v1/orders/PO-7');
    expect(body).toMatchObject({
      nextStep: { owner: 'customer-service', what: expect.stringContaining(path.replace('PO-7', ORDER_ID)) },
      conflictingCopies: [{ state: 'waiting', differences: [{ at: 'line 1 quantity', was: '10 EA', is: '11 EA' }] }],
    });
    expect((await admin.get('/v1/tasks?owner=customer-service')).body).toMatchObject({
      tasks: [
        { kind: 'CONFLICTING_COPY', detail: expect.stringMatching(/line 1 quantity: was 10 EA, is 11 EA.*copies/) },
      ],
    });
  });

  it('that is accepted becomes a change of the order, once, and its hold is released', async () => {
    const { path, holdId } = await conflict(other());
    const before = asked(OrderChangeRequested).length;
    const answers = await Promise.all([1, 2].map(() => admin.post(path, { action: 'accept', reason })));
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    await test.until(OrderChangeRequested, before + 1, ORDER_ID);
    await test.idle();
    const changes = asked(OrderChangeRequested);
    expect(changes).toHaveLength(before + 1);
    expect(changes.at(-1)!.data).toMatchObject({
      actor: { kind: 'person', id: 'rk_admin' },
      reason,
      changes: [{ lineId: '1', action: 'quantity', quantity: '11', unitCode: 'EA' }],
    });
    expect(asked(HoldReleaseRequested, holdId)).toHaveLength(1);
  });

  it('that is discarded changes nothing; its hold is released', async () => {
    const { path, holdId } = await conflict(other());
    const before = asked(OrderChangeRequested).length;
    expect((await admin.post(path, { action: 'discard', reason })).status).toBe(202);
    await test.until(HoldReleaseRequested, 1, ORDER_ID);
    await test.idle();
    expect(asked(HoldReleaseRequested, holdId)).toHaveLength(1);
    expect(asked(OrderChangeRequested)).toHaveLength(before);
  });

  it('is not accepted where no change of an order could make it true, and says which places those are', async () => {
    const { path } = await conflict(other({ deliveryTerms: { incoterm: 'DDP' } }));
    expect(await admin.post(path, { action: 'accept', reason })).toMatchObject({
      status: 409,
      body: { message: expect.stringContaining('delivery terms incoterm') },
    });
    expect((await admin.post(path, { action: 'discard', reason })).status).toBe(202); // nothing was used up
  });

  it('is decided by the role that owns its hold, with a reason, and only while it waits', async () => {
    const { path } = await conflict(other());
    const { body } = await admin.post('/v1/keys', { name: 'credit', roles: ['credit'] });
    const credit = client(test.address, (body as { key: string }).key);
    expect((await credit.post(path, { action: 'discard', reason })).status).toBe(403);
    expect((await admin.post(path, { action: 'discard' })).status).toBe(400);
    expect((await admin.post(`/v1/orders/PO-7/copies/nothing`, { action: 'discard', reason })).status).toBe(404);
    expect((await admin.post('/v1/orders/PO-7/reject', { reason })).status).toBe(409); // it is accepted already
  });
});
