import { describe, expect, it } from '@jest/globals';
import { railhead } from './testing/railhead.js';

describe('railhead dlq', () => {
  const message = {
    service: 'billing',
    parkedId: '17',
    topic: 'shipments',
    key: 'k',
    eventType: 'shipment.dispatched.v1',
    state: 'dead',
    attempts: 5,
    reason: 'CONFLICT',
    lastError: 'x',
    firstParkedAt: '2026-01-05T09:00:00.000Z',
  };

  it('lists what is set aside under the name by which it is replayed', async () => {
    const { exit, out } = await railhead(['dlq', 'list'], {
      'GET /v1/ops/parked': { body: { messages: [message], unreachable: [] } },
    });
    expect([exit, out]).toEqual([0, expect.stringContaining('billing/17')]);
  });

  it('ends with 1 when a service could not be asked: the list is not whole', async () => {
    const body = { messages: [], unreachable: [{ service: 'billing', error: 'away' }] };
    expect((await railhead(['dlq', 'list'], { 'GET /v1/ops/parked': { body } })).exit).toBe(1);
  });

  it('replays with the reason', async () => {
    const { exit, seen } = await railhead(['dlq', 'replay', 'billing/17', '--reason', 'price was mended'], {
      'POST /v1/ops/parked/billing/17': { body: { done: true } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { action: 'replay', reason: 'price was mended' }]);
  });

  it('ends with 3 when somebody else was faster', async () => {
    expect(
      (
        await railhead(['dlq', 'discard', 'billing/17', '--reason', 'not ours'], {
          'POST /v1/ops/parked/billing/17': { body: { done: false } },
        })
      ).exit,
    ).toBe(3);
  });

  it('wants a reason', async () => {
    const { exit, aside } = await railhead(['dlq', 'replay', 'billing/17']);
    expect([exit, aside]).toEqual([2, expect.stringContaining('--reason')]);
  });

  it.each(['17', 'billing/', 'billing/1/2'])('refuses %s as the name of a message', async (name) => {
    expect((await railhead(['dlq', 'show', name])).exit).toBe(2);
  });
});

describe('railhead deliveries', () => {
  const delivery = {
    service: 'erp-connector',
    deliveryId: '3',
    kind: 'erp-sales-order',
    idempotencyKey: 'order:1',
    state: 'failed',
    attempts: 8,
    lastError: 'product RH-9 is unknown',
    plannedAt: '2026-01-05T09:00:00.000Z',
  };

  it('lists what was given up under the name by which it is replayed', async () => {
    const { exit, out } = await railhead(['deliveries', 'list'], {
      'GET /v1/ops/deliveries': { body: { deliveries: [delivery], unreachable: [] } },
    });
    expect([exit, out]).toEqual([0, expect.stringMatching(/erp-connector\/3 .*product RH-9 is unknown/)]);
  });

  it('replays with the reason', async () => {
    const { exit, seen } = await railhead(['deliveries', 'replay', 'erp-connector/3', '--reason', 'product is there'], {
      'POST /v1/ops/deliveries/erp-connector/3': { body: { done: true } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { action: 'replay', reason: 'product is there' }]);
  });

  it('ends with 1 when it has not failed any more', async () => {
    const body = { error: 'CONFLICT', message: 'delivery 3 of erp-connector has not failed (any more)' };
    const { exit, aside } = await railhead(['deliveries', 'replay', 'erp-connector/3', '--reason', 'again'], {
      'POST /v1/ops/deliveries/erp-connector/3': { status: 409, body },
    });
    expect([exit, aside]).toEqual([1, expect.stringContaining('has not failed')]);
  });
});

describe('railhead held', () => {
  const id = '0d5a6b1e-54cf-4b3a-9a59-25d0b4d53d10';

  it('lists what partners sent and somebody must decide about, by the name under which it is decided', async () => {
    const { exit, out } = await railhead(['held', 'list'], {
      'GET /v1/edi/held/interchanges': {
        body: [{ heldId: id, partner: 'acme', detail: '7 was used', heldAt: '2026-01-05T09:00:00.000Z' }],
      },
      'GET /v1/edi/held/messages': {
        body: [
          {
            messageId: id,
            partner: 'acme',
            documentType: '820',
            reference: 'TRACE-1',
            reason: 'BPR02 is 5.00',
            receivedAt: '2026-01-05T09:00:00.000Z',
          },
        ],
      },
      'GET /v1/edi/held/documents': { body: [{ documentId: id, lastError: 'Error: x\n  at y' }] },
      'GET /v1/edi/held/unknown-senders': {
        body: [
          { documentId: id, sender: 'ZZ/NOBODY', detail: 'make a profile', receivedAt: '2026-01-05T09:00:00.000Z' },
        ],
      },
    });
    expect(exit).toBe(0);
    for (const kind of ['interchanges', 'messages', 'documents', 'unknown-senders'])
      expect(out).toContain(`${kind}/${id}`);
    expect(out).toContain('820 TRACE-1');
    expect(out).toMatch(/ZZ\/NOBODY +document +make a profile/);
  });

  it('releases with the reason', async () => {
    const { exit, seen } = await railhead(['held', 'release', `messages/${id}`, '--reason', 'looked at it'], {
      [`POST /v1/edi/held/messages/${id}`]: { body: { done: true } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { action: 'release', reason: 'looked at it' }]);
  });
});

describe('railhead release, reject and cancel', () => {
  it.each(['release', 'reject', 'cancel'])('ask for it with the reason: %s', async (decision) => {
    const { exit, out, seen } = await railhead([decision, 'PO 1/2', '--reason', 'they called'], {
      [`POST /v1/orders/PO%201%2F2/${decision}`]: { status: 202, body: { orderId: 'x', requested: decision } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { reason: 'they called' }]);
    expect(out).toContain('railhead status PO 1/2');
  });

  it('end with 1 where the order does not stand so, and say where to look', async () => {
    const { exit, aside } = await railhead(['release', 'PO-1', '--reason', 'they called'], {
      'POST /v1/orders/PO-1/release': { status: 409, body: { error: 'CONFLICT', message: 'no hold is active' } },
    });
    expect([exit, aside]).toEqual([1, expect.stringMatching(/no hold is active[\s\S]*railhead status/)]);
  });
});

describe('railhead tasks', () => {
  it('shows whose each is and what to do', async () => {
    const task = {
      taskId: 't',
      kind: 'edi-message-held',
      ownerRole: 'ops',
      detail: '820 TRACE-1 of acme is held: BPR02 is 5.00. To decide: railhead held release messages/x',
      openedAt: '2026-01-05T09:00:00.000Z',
      purchaseOrderNumber: null,
    };
    const { exit, out, seen } = await railhead(['tasks', '--owner', 'ops'], {
      'GET /v1/tasks': { body: { tasks: [task], next: 'abc' } },
    });
    expect([exit, seen[0]?.path]).toEqual([0, '/v1/tasks?owner=ops&limit=100']);
    expect(out).toMatch(/ops {2}edi-message-held[\s\S]*railhead held release messages\/x[\s\S]*more: .*--cursor abc/);
    const last = await railhead(['tasks', '--cursor', 'abc'], { 'GET /v1/tasks': { body: { tasks: [], next: null } } });
    expect([last.seen[0]?.path, last.out]).toEqual(['/v1/tasks?limit=100&cursor=abc', 'Nobody has to do anything.\n']);
  });
});

describe('railhead close', () => {
  it('says that a task is seen to, with the reason', async () => {
    const { exit, out, seen } = await railhead(['close', 'task-1', '--reason', 'the payer mistyped it'], {
      'POST /v1/tasks/task-1/close': { status: 202, body: { taskId: 'task-1', requested: 'close' } },
    });
    expect([exit, JSON.parse(seen[0]?.body ?? '')]).toEqual([0, { reason: 'the payer mistyped it' }]);
    expect(out).toBe('task-1 is closed.\n');
  });
});

describe('railhead lag', () => {
  it('adds the partitions of a topic up', async () => {
    const partitions = [
      { topic: 'orders', lag: 3 },
      { topic: 'orders', lag: 4 },
    ];
    const { exit, out } = await railhead(['lag'], {
      'GET /v1/ops/lag': { body: { services: [{ service: 'validation', lag: 7, partitions }] } },
    });
    expect([exit, out]).toEqual([0, expect.stringMatching(/validation\s+orders\s+7/)]);
  });

  it('ends with 1 when a service could not be asked', async () => {
    expect(
      (await railhead(['lag'], { 'GET /v1/ops/lag': { body: { services: [{ service: 'billing', error: 'away' }] } } }))
        .exit,
    ).toBe(1);
  });
});

describe('railhead doctor', () => {
  const portIn = async (PORT: string): Promise<object | undefined> => {
    const { out } = await railhead(['doctor', '--json'], {}, { PORT });
    return (JSON.parse(out) as { findings: { what: string }[] }).findings.find(({ what }) => what.startsWith('port'));
  };

  it.each(['abc', '3000.5', '70000'])('says that PORT=%s is no port, and looks at the rest', async (PORT) => {
    expect(await portIn(PORT)).toMatchObject({ what: 'port', isFine: false, needed: true });
  });

  it('takes an empty PORT for none', async () => {
    expect(await portIn('')).toMatchObject({ what: 'port 3000' });
  });
});
