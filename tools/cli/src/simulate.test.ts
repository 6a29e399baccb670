import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './index.js';
import { findParties, withSimulatedParties } from './simulate/simulated-parties.js';
import { FakeGateway, type FakeAnswer, type Seen } from './testing/fake-gateway.js';

/** A gateway whose orders go their way when warehouse and payer do their part; its stream breaks off after every look. */
class FakeLife {
  readonly facts: { type: string; orderId: string; data?: unknown; purchaseOrderNumber: string | null }[] = [];
  /** Orders that are taken and then forgotten. */
  forgets: (po: string) => boolean = () => false;
  private readonly pos = new Map<string, string>();

  readonly answers: Record<string, FakeAnswer | ((seen: Seen) => FakeAnswer)> = {
    'GET /v1/stream': ({ headers }) => ({ body: this.stream(Number(headers['last-event-id'] ?? 0)) }),
    'POST /v1/orders': ({ body }) => {
      const po = (JSON.parse(body) as { purchaseOrderNumber: string }).purchaseOrderNumber;
      const orderId = `order of ${po}`;
      if (this.forgets(po) || this.pos.has(orderId)) return { status: 202, body: {} };
      this.pos.set(orderId, po);
      this.tell('order.captured.v1', orderId);
      this.tell('shipment.requested.v1', orderId, {
        orderId,
        shipmentId: `s-${po}`,
        purchaseOrderNumber: po,
        lines: [],
      });
      return { status: 202, body: {} };
    },
    'POST /warehouse/shipments': ({ body }) => {
      const { orderId, shipmentId, trackingNumbers } = JSON.parse(body) as {
        orderId: string;
        shipmentId: string;
        trackingNumbers: string[];
      };
      this.tell('shipment.dispatched.v1', orderId, { shipmentId, trackingNumbers });
      this.tell('invoice.issued.v1', orderId, {
        invoiceNumber: `INV-${orderId}`,
        accountId: 'GLOBEX',
        purchaseOrderNumber: this.pos.get(orderId),
        gross: { currency: 'USD', minor: 100 },
      });
      return { status: 202, body: {} };
    },
    'POST /carriers/generic/events': { body: {} },
    'POST /v1/payments': ({ body }) => {
      const orderId = (JSON.parse(body) as { reference: string }).reference.slice('PAY-INV-'.length);
      this.tell('order.settled.v1', orderId);
      return { status: 202, body: {} };
    },
  };

  private tell(type: string, orderId: string, data?: unknown): void {
    this.facts.push({
      type,
      orderId,
      purchaseOrderNumber: this.pos.get(orderId) ?? null,
      ...(data !== undefined && { data }),
    });
  }

  private stream(after: number): string {
    const events = this.facts.slice(after).map((fact, at) => {
      const id = after + at + 1;
      return `event: fact\nid: ${id}\ndata: ${JSON.stringify({ ...fact, eventId: `e-${id}` })}\n\n`;
    });
    return `event: ping\ndata: now\n\n${events.join('')}`;
  }
}

async function simulate(life: FakeLife, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) {
  const fake = await FakeGateway.start(life.answers);
  const said = { out: '', aside: '' };
  try {
    const exit = await run(['node', 'railhead', 'simulate', '--orders', '5', '--rate', '100', ...args], {
      env: { RAILHEAD_URL: fake.url, RAILHEAD_KEY: 'a.b', RAILHEAD_CARRIER_SECRET: 'carrier secret', ...env },
      cwd: '/nowhere',
      signal: AbortSignal.timeout(20_000),
      write: (text) => (said.out += text),
      writeAside: (text) => (said.aside += text),
    });
    return { exit, ...said, seen: fake.seen };
  } finally {
    await fake.stop();
  }
}

describe('railhead simulate', () => {
  it('sends orders, plays the world around them until all are settled, and sums up', async () => {
    const { exit, out } = await simulate(new FakeLife(), ['--faults', 'unknownGoods=0']);
    expect(exit).toBe(0);
    expect(out).toMatch(/json +5 +5 +5 +5 +0 +0\n/);
    expect(out).toContain('All 5 orders ended as planned');
  });

  it('says which channels it leaves out, and what to do about it', async () => {
    const { out } = await simulate(new FakeLife(), ['--faults', 'unknownGoods=0']);
    for (const line of [
      /Left out edi: .*RAILHEAD_HOME/,
      /Left out folder: /,
      /Left out shopify: /,
      /Left out salesforce: .*npm start -- --simulators/,
    ])
      expect(out).toMatch(line);
  });

  it('ends with 1 and names every order that did not end as planned', async () => {
    const life = new FakeLife();
    life.forgets = (po) => po.endsWith('-3');
    const { exit, out } = await simulate(life, ['--faults', 'unknownGoods=0', '--timeout', '1']);
    expect(exit).toBe(1);
    expect(out).toMatch(/Nothing has changed for 1 s/);
    expect(out).toMatch(/S1-\w+-3 \(json, sells\) was not settled/);
  });

  it('gives a machine the tallies and the sentences', async () => {
    const { exit, out } = await simulate(new FakeLife(), ['--json', '--faults', 'unknownGoods=0,duplicates=1']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      seed: 1,
      total: { orders: 5, settled: 5, unexpected: 0 },
      faults: [{ name: 'duplicates', orders: 5 }],
      surprises: [],
    });
  });

  it('never uses a PO number twice in two runs with one seed that are a second apart', async () => {
    const numbersOf = async () =>
      (await simulate(new FakeLife(), ['--faults', 'unknownGoods=0'])).seen
        .filter(({ path }) => path === '/v1/orders')
        .map(({ body }) => (JSON.parse(body) as { purchaseOrderNumber: string }).purchaseOrderNumber);
    const first = await numbersOf();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await numbersOf()).filter((po) => first.includes(po))).toEqual([]);
  });

  it.each([
    ['a fault nobody knows', ['--faults', 'colour=0.1'], 'there is no fault "colour"'],
    ['a share above one', ['--faults', 'duplicates=5'], 'between 0 and 1'],
    ['a channel nobody knows', ['--channels', 'fax'], 'there is no channel fax'],
    ['a channel that cannot be used', ['--channels', 'json,folder'], 'folder: '],
    ['no orders', ['--orders', '0'], '--orders 0'],
    ['a rate that is none', ['--rate', 'fast'], '--rate fast'],
    ['a seed that is none', ['--seed', '-1'], '--seed'],
  ])('refuses %s with 2', async (_what, args, message) => {
    const { exit, aside, seen } = await simulate(new FakeLife(), args);
    expect([exit, aside]).toEqual([2, expect.stringContaining(message)]);
    expect(seen.filter(({ path }) => path === '/v1/orders')).toEqual([]);
  });

  it('ends with 2 where Railhead does not run', async () => {
    const { exit, aside } = await simulate(new FakeLife(), [], { RAILHEAD_URL: 'http://127.0.0.1:9' });
    expect([exit, aside]).toEqual([2, expect.stringContaining('npm start')]);
  });
});

describe('railhead start --simulators', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'railhead-simulators-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('tells the hub of parties on loopback, of the same ones at every start', async () => {
    const env = await withSimulatedParties({ LOG_LEVEL: 'warn' }, home);
    expect(env).toMatchObject({ LOG_LEVEL: 'warn', ERP_URL: `http://127.0.0.1:${findParties(home)!.erp.port}` });
    expect(env['SALESFORCE_ORGS']).toContain(`http://127.0.0.1:${findParties(home)!.salesforce.port}`);
    expect(await withSimulatedParties({ LOG_LEVEL: 'warn' }, home)).toEqual(env);
  });

  it('keeps their secrets for the owner alone', async () => {
    await withSimulatedParties({}, home);
    expect(statSync(join(home, 'simulators.json')).mode & 0o077).toBe(0);
    expect(readFileSync(join(home, 'simulators.json'), 'utf8')).toContain('pathSecret');
  });

  it.each(['SALESFORCE_ORGS', 'SALESFORCE_ORGS_FILE', 'ERP_URL'])(
    'never takes the place of a real one (%s)',
    async (name) => {
      await expect(withSimulatedParties({ [name]: 'something' }, home)).rejects.toThrow(name);
      expect(findParties(home)).toBeUndefined();
    },
  );

  it('is known to the simulation only when the hub says so', async () => {
    await withSimulatedParties({}, home);
    const fake = new FakeLife();
    writeFileSync(join(home, 'credentials.json'), JSON.stringify({ url: 'http://localhost:1' }));
    const { out } = await simulate(fake, ['--faults', 'unknownGoods=0'], { RAILHEAD_HOME: home });
    expect(out).toContain('Left out salesforce: the hub does not know the simulated organization');
  });
});
