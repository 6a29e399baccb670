import { afterEach, describe, expect, it } from '@jest/globals';
import { run } from './index.js';
import { anOrderFile } from './testing/an-order-file.js';
import { FakeGateway } from './testing/fake-gateway.js';

const COPY = '0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10';
let fake: FakeGateway | undefined;

afterEach(async () => {
  await fake?.stop();
  fake = undefined;
});

async function copies(args: readonly string[], answers: Parameters<typeof FakeGateway.start>[0]) {
  fake = await FakeGateway.start(answers);
  let out = '';
  const exit = await run(['node', 'railhead', 'copies', ...args], {
    env: { RAILHEAD_URL: fake.url, RAILHEAD_KEY: 'id.secret' },
    cwd: '/nowhere',
    signal: AbortSignal.timeout(20_000),
    write: (text) => (out += text),
    writeAside: (text) => (out += text),
  });
  return { exit, out, seen: fake.seen };
}

describe('railhead copies', () => {
  const task = (kind: string, orderId: string | null) => ({ kind, orderId });
  const differences = ['line 10 quantity', 'line 20', 'notes', 'issued on'].map((at) => ({
    at,
    was: '10 EA',
    is: null,
  }));
  const waits = { eventId: COPY, documentId: 'd', state: 'waiting', differences };

  it('lists other copies of orders that wait, with what differs, by the name under which they are decided', async () => {
    const { orderId } = anOrderFile();
    const { exit, out } = await copies(['list'], {
      'GET /v1/tasks': {
        body: {
          tasks: [task('CONFLICTING_COPY', orderId), task('CONFLICTING_COPY', orderId), task('edi-message-held', null)],
        },
      },
      [`GET /v1/orders/${orderId}`]: {
        body: anOrderFile({ conflictingCopies: [waits, { ...waits, eventId: 'old', state: 'decided' }] } as never),
      },
    });
    expect(exit).toBe(0);
    expect(out).toContain(`PO-1/${COPY}`);
    expect(out).toContain('line 10 quantity: 10 EA -> -');
    expect(out).toContain('and 1 more');
    expect(out).not.toContain('old');
    expect(out.match(new RegExp(COPY, 'g'))).toHaveLength(1);
  });

  it('says when none waits', async () => {
    const { out } = await copies(['list'], { 'GET /v1/tasks': { body: { tasks: [] } } });
    expect(out).toBe('No other copy waits.\n');
  });

  it('accepts one with the reason, also of a PO number with slashes', async () => {
    const { exit, seen, out } = await copies(['accept', `PO/7/${COPY}`, '--reason', 'they meant this one'], {
      [`POST /v1/orders/PO%2F7/copies/${COPY}`]: { status: 202, body: { orderId: 'x', requested: 'accept' } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { action: 'accept', reason: 'they meant this one' }]);
    expect(out).toContain('the order is to become what it says');
  });

  it('ends with 2 for a name that is none', async () => {
    const { exit, out } = await copies(['discard', 'PO-1', '--reason', 'x'], {});
    expect([exit, out]).toEqual([2, expect.stringContaining('order/copy')]);
  });
});
