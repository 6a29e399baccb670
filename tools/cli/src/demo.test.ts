import { expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import type { OrderFile } from './gateway-shapes.js';
import { run } from './index.js';
import { anOrderFile } from './testing/an-order-file.js';
import { FakeGateway, type FakeAnswer, type Seen } from './testing/fake-gateway.js';

/** A gateway that knows one order, whose life goes on only when the outside world does its part. */
class FakeLife {
  private readonly did = new Set<string>();
  readonly signatures: boolean[] = [];

  readonly answers: Record<string, FakeAnswer | ((seen: Seen) => FakeAnswer)> = {
    'POST /edi': { body: { accepted: true } },
    'POST /warehouse/shipments': (seen) => this.done('shipped', seen),
    'POST /carriers/generic/events': (seen) => {
      const expected = `sha256=${createHmac('sha256', 'carrier secret').update(seen.body).digest('hex')}`;
      this.signatures.push(seen.headers['x-railhead-signature'] === expected);
      return this.done('delivered', seen);
    },
    'POST /v1/payments': (seen) => this.done('paid', seen),
  };
  readonly bodies = new Map<string, unknown>();

  file(): OrderFile {
    const [shipment, invoice] = [anOrderFile().shipments[0]!, anOrderFile().invoices[0]!];
    if (!this.did.has('shipped'))
      return anOrderFile({
        status: 'in-fulfillment',
        invoices: [],
        shipments: [{ ...shipment, state: 'requested', trackingNumbers: [] }],
      });
    const state = this.did.has('delivered') ? 'delivered' : 'dispatched';
    const invoices = [{ ...invoice, open: { currency: 'USD', minor: this.did.has('paid') ? 0 : 123_450 } }];
    const isSettled = this.did.has('delivered') && this.did.has('paid');
    return anOrderFile({ status: isSettled ? 'settled' : 'shipped', shipments: [{ ...shipment, state }], invoices });
  }

  private done(what: string, { body }: Seen): FakeAnswer {
    this.did.add(what);
    this.bodies.set(what, JSON.parse(body));
    return { status: 202, body: {} };
  }
}

async function demo(life: FakeLife, args: readonly string[] = []) {
  let fake: FakeGateway | undefined;
  const answers = new Proxy(life.answers, {
    get: (known, name: string) =>
      known[name] ?? (name.startsWith('GET /v1/orders/ACME-10001-') ? { body: life.file() } : undefined),
  });
  let out = '';
  try {
    fake = await FakeGateway.start(answers);
    const exit = await run(['node', 'railhead', 'demo', '--orders', '1', '--json', ...args], {
      env: { RAILHEAD_URL: fake.url, RAILHEAD_KEY: 'a.b', RAILHEAD_CARRIER_SECRET: 'carrier secret' },
      cwd: '/nowhere',
      signal: AbortSignal.timeout(20_000),
      write: (text) => (out += text),
      writeAside: (text) => (out += text),
    });
    return { exit, summary: JSON.parse(out) as { settled: number }, seen: fake.seen };
  } finally {
    await fake?.stop();
  }
}

it('the demo plays warehouse, carrier and payer until the order is settled, each part once', async () => {
  const life = new FakeLife();
  const { exit, summary, seen } = await demo(life);
  expect([exit, summary.settled]).toEqual([0, 1]);
  const posts = seen.filter(({ method }) => method === 'POST').map(({ path }) => path);
  expect(posts.toSorted()).toEqual(['/carriers/generic/events', '/edi', '/v1/payments', '/warehouse/shipments']);
  expect(life.signatures).toEqual([true]);
  expect(life.bodies.get('shipped')).toMatchObject({ shipmentId: 's-1', lines: [{ lineId: '1', quantity: '12' }] });
  expect(life.bodies.get('paid')).toMatchObject({
    payerAccountId: 'ACME',
    currency: 'USD',
    amount: '1234.50',
    remittance: [{ invoiceNumber: 'INV-1', amount: '1234.50' }],
  });
});

it('the demo ends with 1 when an order does not settle in time', async () => {
  const life = new FakeLife();
  life.answers['POST /v1/payments'] = { status: 422, body: { message: 'no such invoice' } };
  const { exit, summary, seen } = await demo(life, ['--timeout', '5']);
  expect([exit, summary.settled]).toEqual([1, 0]);
  expect(seen.filter(({ path }) => path === '/v1/payments')).toHaveLength(1); // a refused move is not made again and again
});
