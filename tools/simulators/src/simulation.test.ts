import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { interchange } from './documents/interchange.js';
import { surprises } from './ended-as-planned.js';
import type { Channel } from './plan/planned-order.js';
import { openSimulation, type Simulation, type SimulationOptions } from './simulation.js';
import { FakeRailhead } from './testing/fake-railhead.js';

let railhead: FakeRailhead;
let simulation: Simulation;
beforeEach(async () => {
  railhead = await FakeRailhead.start();
});
afterEach(async () => {
  await simulation.stop();
  await railhead.stop();
});

const DOORS: readonly Channel[] = ['edi', 'shopify', 'salesforce', 'json'];
async function open(change: Partial<SimulationOptions> = {}): Promise<Simulation> {
  simulation = await openSimulation({
    target: railhead.target(),
    facts: railhead,
    orders: 40,
    rate: 1_000,
    seed: 4,
    channels: DOORS,
    ...change,
    faults: { unknownGoods: 0, ...change.faults },
  });
  return simulation;
}
async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('never came true');
    await pause(10);
  }
}

describe('a run', () => {
  it('sends every order through its door until it is taken', async () => {
    railhead.next.push(500, 503, 502);
    const { plan, books } = await open();
    await simulation.run();
    expect(
      railhead.to('/v1/orders').length + railhead.to('/edi').length + railhead.to('/shopify').length,
    ).toBeGreaterThanOrEqual(30);
    expect(
      plan.flatMap((order) => surprises(order, books.orders.get(order.po), { documents: false, ends: false })),
    ).toEqual([]);
    expect(simulation.progress()).toMatchObject({
      planned: 40,
      sent: 40,
      accepted: 40,
      refused: 0,
      unanswered: 0,
      repeats: 3,
    });
  });

  it('sends a copy as the same bytes or under new numbers, never as something else', async () => {
    const { plan } = await open({ faults: { duplicates: 1 }, channels: ['edi'], orders: 20 });
    await simulation.run();
    const bodies = Map.groupBy(railhead.to('/edi'), ({ body }) => /BEG\*00\*SA\*([^*]+)/.exec(body)?.[1] ?? '');
    for (const { po, copies } of plan) {
      const sent = bodies.get(po)!.map(({ body }) => body);
      expect([sent.length, sent[0] === sent[1]]).toEqual([2, copies[0]!.kind === 'same']);
    }
  });

  it('has forged orders refused and malformed ones sent as they are', async () => {
    const { plan, books } = await open({ faults: { wrongSignature: 0.2 } });
    await simulation.run();
    const forged = plan.filter(({ intent }) => intent === 'forged');
    expect(forged).toHaveLength(8);
    const statuses = new Set(forged.map(({ po }) => books.orders.get(po)?.refused?.status));
    expect([...statuses].every((status) => status === 401 || status === 404)).toBe(true);
  });

  it('ends early when it is stopped', async () => {
    railhead.next.push(...Array.from({ length: 1_000 }, () => 500));
    await open({ rate: 10 });
    const running = simulation.run();
    await pause(50);
    await simulation.stop();
    await running;
    expect(simulation.progress().accepted).toBe(0);
  });
});

describe('warehouse, carrier and payer', () => {
  const orderId = '0190f0c0-0000-8000-8000-000000000001';
  const shipmentId = '0190f0c0-0000-8000-8000-000000000002';
  const request = () => ({
    orderId,
    shipmentId,
    purchaseOrderNumber: simulation.plan[0]!.po,
    lines: [{ lineId: '1', sku: 'X', quantity: '2' }],
  });
  const dispatched = () => ({
    orderId,
    shipmentId,
    trackingNumbers: [JSON.parse(railhead.to('/warehouse')[0]!.body).trackingNumbers[0]],
  });
  const invoice = () => ({
    orderId,
    invoiceNumber: 'INV-1',
    accountId: 'ACME',
    purchaseOrderNumber: simulation.plan[0]!.po,
    gross: { currency: 'USD', minor: 1_205 },
  });
  const live = async (): Promise<void> => {
    await simulation.run();
    const requested = railhead.tell('shipment.requested.v1', orderId, request());
    await until(() => simulation.books.shipmentsConfirmed.get(shipmentId)?.accepted !== undefined);
    railhead.repeat(requested);
    railhead.tell('shipment.dispatched.v1', orderId, dispatched());
    railhead.tell('invoice.issued.v1', orderId, invoice());
    await until(() => simulation.progress().reports === 0);
    railhead.tell('order.settled.v1', orderId, { orderId });
  };

  it('ship, deliver and pay what they hear of, once however often they hear it', async () => {
    await open({ orders: 1, channels: ['json'] });
    await live();
    expect([
      railhead.to('/warehouse').length,
      railhead.to('/carriers').length,
      railhead.to('/v1/payments').length,
    ]).toEqual([1, 2, 1]);
    expect(JSON.parse(railhead.to('/v1/payments')[0]!.body)).toMatchObject({
      reference: 'PAY-INV-1',
      amount: '12.05',
      payerAccountId: 'ACME',
    });
    expect(simulation.progress()).toMatchObject({ settled: 1, reports: 0 });
  });

  it('send twice what the plan wants twice, byte for byte', async () => {
    await open({ orders: 1, channels: ['json'], faults: { duplicates: 1 } });
    await live();
    for (const path of ['/warehouse', '/v1/payments']) {
      const bodies = railhead.to(path).map(({ body }) => body);
      expect([bodies.length, new Set(bodies).size]).toEqual([2, 1]);
    }
  });

  it('scan before the warehouse confirms, and tell the last scan first, where the plan wants it', async () => {
    await open({ orders: 1, channels: ['json'], faults: { reorder: 1 } });
    await live();
    const paths = railhead.seen.map(({ path }) => path.split('/')[1]);
    expect(paths.indexOf('carriers')).toBeLessThan(paths.indexOf('warehouse'));
    const stages = railhead.to('/carriers').map(({ body }) => (JSON.parse(body) as { events: object[] }).events.length);
    expect(stages).toEqual([1, 2]); // on the road was told early already
  });

  it('try a forged scan first', async () => {
    await open({ orders: 1, channels: ['json'], faults: { wrongSignature: 1 } });
    await live();
    const scans = [...simulation.books.scansSent].map(([key, { refused, accepted }]) => [
      key.split('|').slice(1).join(),
      refused?.status,
      accepted?.status,
    ]);
    expect(scans).toEqual([
      ['in_transit,forged', 401, undefined],
      ['in_transit', undefined, 200],
      ['delivered,forged', 401, undefined],
      ['delivered', undefined, 200],
    ]);
  });

  it('leave the orders of others alone', async () => {
    await open({ orders: 1, channels: ['json'] });
    await simulation.run();
    railhead.tell('shipment.requested.v1', orderId, { ...request(), purchaseOrderNumber: 'SOMEBODY-ELSE' });
    railhead.tell('invoice.issued.v1', orderId, { ...invoice(), purchaseOrderNumber: 'SOMEBODY-ELSE' });
    await until(() => simulation.progress().reports === 0);
    expect([railhead.to('/warehouse'), railhead.to('/v1/payments')]).toEqual([[], []]);
  });
});

describe('a partner with folders', () => {
  it('puts orders in, takes a 997 for the answer, files what comes out and acknowledges it', async () => {
    const home = await mkdtemp(join(tmpdir(), 'railhead-partner-'));
    const [inbox, outbox] = [join(home, 'in'), join(home, 'out')];
    await mkdir(outbox);
    await chmod(home, 0o755);
    const write = (name: string, code: string, control: number, functionalId: string, segments: string[]) =>
      writeFile(join(outbox, name), interchange({ sender: 'US', control, functionalId, sets: [{ code, segments }] }));
    try {
      await open({
        orders: 2,
        channels: ['folder'],
        target: railhead.target({ ediFolder: () => ({ inbox, outbox }) }),
      });
      const running = simulation.run();
      const [taken, refused] = simulation.plan as [(typeof simulation.plan)[number], (typeof simulation.plan)[number]];
      const files = async (): Promise<string[]> => (await readdir(inbox).catch(() => [])).sort();
      while ((await files()).length < 2) await pause(10);
      expect(await files()).toEqual([`${taken.po}.edi`, `${refused.po}.edi`]);
      expect(await readFile(join(inbox, `${taken.po}.edi`), 'latin1')).toContain(`BEG*00*SA*${taken.po}*`);
      await write('997-1.edi', '997', 1, 'FA', [`AK1*PO*${taken.control}`, 'AK9*A*1*1*1']);
      await write('997-2.edi', '997', 2, 'FA', [`AK1*PO*${refused.control}`, 'AK9*R*1*1*0']);
      await write('855-3.edi', '855', 3, 'PR', [`BAK*00*AD*${taken.po}*20260203`]);
      await write('855-3-again.edi', '855', 3, 'PR', [`BAK*00*AD*${taken.po}*20260203`]); // taken away and put there once more
      await running;
      await until(() => railhead.to('/edi').length > 0);
      const [first, second] = simulation.plan.map(({ po }) => simulation.books.orders.get(po)!);
      expect([first!.accepted?.status, second!.refused?.status]).toEqual([997, 997]);
      expect(first!.documents).toEqual(new Map([['855', 1]]));
      expect(railhead.to('/edi')[0]!.body).toContain('AK1*PR*3');
    } finally {
      await rm(home, { recursive: true, force: true });
    }
  });
});
