import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  derivedUuid,
  documentFileId,
  TaskClaimed,
  TaskClosed,
  TaskDecided,
  TaskEscalated,
  TaskOpened,
} from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { gatewayService } from '../index.js';
import { ADMIN_KEY, client, type Client } from '../testing/client.js';
import { fileStory } from '../testing/file-story.js';
import { forgetOrders } from '../testing/forget-orders.js';
import { ORDER_ID, Story } from '../testing/story.js';

let test: ServiceUnderTest;
let admin: Client;

beforeAll(async () => {
  test = await serviceUnderTest(gatewayService, { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY });
  admin = client(test.address, ADMIN_KEY);
});
afterAll(() => test.stop());
beforeEach(() => forgetOrders(test));

const at = '2026-02-03T10:05:00.000Z';
const open = (
  story: Story,
  name: string,
  orderId: string,
  more: { ownerRole?: string; at?: string; kind?: string; detail?: string } = {},
) => {
  const data = {
    orderId,
    taskId: derivedUuid(name),
    at,
    kind: 'edi-x',
    ownerRole: 'ops',
    detail: `see to ${name}`,
    ...more,
  };
  return story.tell(TaskOpened, data, { subject: orderId });
};
const list = async (query = '') => {
  const { status, body } = await admin.get(`/v1/tasks${query}`);
  expect(status).toBe(200);
  return (body as { tasks: { detail: string; kind: string; purchaseOrderNumber: string | null }[] }).tasks;
};

it('lists what people have to see to: of orders, of documents that belong to none, and holds', async () => {
  const story = new Story();
  story.captured();
  story.hold('CREDIT_LIMIT');
  open(story, 'late 997', ORDER_ID);
  open(story, 'held 820', documentFileId('some-document'), { at: '2026-02-03T10:06:00.000Z' });
  await fileStory(test, story);
  expect(await list()).toMatchObject([
    {
      ...{ kind: 'CREDIT_LIMIT', ownerRole: 'credit', purchaseOrderNumber: 'PO-7' },
      detail: expect.stringContaining(`/v1/orders/${ORDER_ID}/release`),
    },
    { detail: 'see to late 997', ownerRole: 'ops', orderId: ORDER_ID, purchaseOrderNumber: 'PO-7', accountId: 'ACME' },
    { detail: 'see to held 820', orderId: null, purchaseOrderNumber: null },
  ]);
});

it('shows a task no more when it is closed, and a hold when it is released', async () => {
  const story = new Story();
  story.captured();
  const holdId = story.hold('CREDIT_LIMIT');
  open(story, 'one', ORDER_ID);
  await fileStory(test, story);
  expect(await list()).toHaveLength(2);
  const later = new Story();
  later.released(holdId, 'CREDIT_LIMIT', { name: 'released' });
  later.tell(TaskClosed, { orderId: ORDER_ID, taskId: derivedUuid('one'), at, outcome: 'done' }, { name: 'closed' });
  await fileStory(test, later);
  expect(await list()).toEqual([]);
  expect(await list('?state=closed')).toHaveLength(2);
});

it('shows it to the role that has it now, also while somebody works on it', async () => {
  const story = new Story();
  open(story, 'one', ORDER_ID, { ownerRole: 'finance' });
  const about = { orderId: ORDER_ID, taskId: derivedUuid('one'), at };
  story.tell(TaskClaimed, { ...about, actor: { kind: 'person', id: 'kim' } });
  story.tell(TaskEscalated, { ...about, ownerRole: 'ops' });
  await fileStory(test, story);
  expect(await list('?owner=finance')).toEqual([]);
  expect(await list('?owner=ops')).toMatchObject([{ state: 'claimed' }]);
});

it('is read page by page without missing or repeating one, also where many were opened at one moment', async () => {
  const story = new Story();
  for (let n = 0; n < 7; n += 1)
    open(story, `task ${n}`, documentFileId(`document ${n}`), { at: `2026-02-03T10:0${n < 4 ? 0 : n}:00.000Z` });
  await fileStory(test, story);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await admin.get(`/v1/tasks?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
    const page = body as { tasks: { detail: string }[]; next: string | null };
    expect(page.tasks.length).toBeLessThanOrEqual(3);
    seen.push(...page.tasks.map(({ detail }) => detail));
    cursor = page.next;
  }
  expect(seen.toSorted()).toEqual(Array.from({ length: 7 }, (_, n) => `see to task ${n}`));
  expect(seen.slice(4)).toEqual(['see to task 4', 'see to task 5', 'see to task 6']);
  expect((await admin.get('/v1/tasks?limit=7')).body).toMatchObject({ next: null });
  expect((await admin.get('/v1/tasks?cursor=abc')).body).toMatchObject({ issues: [{ at: '/cursor' }] });
});

describe('a task that nothing else would close', () => {
  const keyOf = async (role: string): Promise<Client> => {
    const { body } = await admin.post('/v1/keys', { name: role, roles: [role] });
    return client(test.address, (body as { key: string }).key);
  };
  /** Twice, and neither is done before both have seen the task open. */
  const atOnce = (ask: () => ReturnType<Client['post']>) =>
    test.service.context.db.transaction(async (tx) => {
      await tx.query('SELECT 1 FROM tasks FOR UPDATE');
      const both = [ask(), ask()];
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      for (let n = 0; n < 250 && (await test.rows(waiting)).length < 2; n++) await pause(20);
      return both;
    });
  const file = documentFileId('refused-payment:x');
  const openOne = async (kind: string, detail = 'ask the payer'): Promise<string> => {
    const story = new Story();
    open(story, kind, file, { kind, detail, ownerRole: 'finance' });
    await fileStory(test, story);
    return `/v1/tasks/${derivedUuid(kind)}/close`;
  };
  const reason = 'the payer mistyped it';

  it('is closed by those whose it is, with a reason, once, and stays closed when it is told again', async () => {
    const [close, finance] = [await openOne('payment-not-booked'), await keyOf('finance')];
    expect((await (await keyOf('credit')).post(close, { reason })).status).toBe(403);
    expect((await finance.post(close, {})).status).toBe(400);
    expect(await list()).toHaveLength(1);
    const answers = await Promise.all(await atOnce(() => finance.post(close, { reason })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    expect(await list()).toEqual([]);
    const [decided] = await test.until(TaskDecided, 1, file);
    expect(decided!.data).toMatchObject({ decision: 'closed', reason, actor: { kind: 'person' } });
    await test.idle();
    await openOne('payment-not-booked', 'told again');
    expect([await list(), await list('?state=closed')]).toMatchObject([[], [{ state: 'decided' }]]);
  });

  it('may be a parcel that is lost, before it is found', async () => {
    expect((await (await keyOf('finance')).post(await openOne('parcel-lost'), { reason })).status).toBe(202);
  });

  it('is no task that its own decision closes, and none that nobody knows', async () => {
    const close = await openOne('edi-message-held');
    expect((await admin.post(close, { reason })).status).toBe(409);
    expect(await list()).toHaveLength(1);
    expect((await admin.post(`/v1/tasks/${derivedUuid('none')}/close`, { reason })).status).toBe(404);
    expect((await admin.post('/v1/tasks/none/close', { reason })).status).toBe(404);
  });
});

it('is not for partners', async () => {
  const { body } = await admin.post('/v1/keys', { name: 'acme', roles: ['partner'], accountId: 'ACME' });
  expect((await client(test.address, (body as { key: string }).key).get('/v1/tasks')).status).toBe(403);
  expect((await admin.get('/v1/tasks?limit=0')).status).toBe(400);
});
