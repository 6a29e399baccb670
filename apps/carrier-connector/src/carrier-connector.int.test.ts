import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  derivedUuid,
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentFailed,
  ShipmentTracked,
  TaskClosed,
  TaskOpened,
} from '@railhead/contracts';
import { serviceUnderTest, type ServiceUnderTest } from '@railhead/testing';
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { carrierConnectorService } from './index.js';
import { ShipmentReader } from './store/shipment-reader.js';
import { TrackingStore } from './store/tracking.store.js';

const SECRET = 'secret-of-the-simulated-carrier';
const OLD_SECRET = 'the-one-before';
const FEDEX = 'secret-of-one-carrier';
const UPS = 'secret-of-another';

/** Long enough for another transaction to overtake, if nothing holds it. */
const MEANWHILE_MS = 300;

let test: ServiceUnderTest;

const start = async (): Promise<void> => {
  test = await serviceUnderTest(carrierConnectorService, {
    CARRIER_SECRETS: `generic=${OLD_SECRET},generic=${SECRET},generic:FDEG=${FEDEX},generic:UPS+UPSN=${UPS}`,
  });
  test.clock.set('2026-02-20T12:00:00.000Z');
};

interface Posted {
  readonly status: number;
  readonly body: { added?: number; issues?: { at: string }[] };
}

async function postRaw(
  body: string,
  options: { carrier?: string; secret?: string; signature?: string } = {},
): Promise<Posted> {
  const signature =
    options.signature ??
    `sha256=${createHmac('sha256', options.secret ?? SECRET)
      .update(body)
      .digest('hex')}`;
  const answer = await fetch(`${test.address}/carriers/${options.carrier ?? 'generic'}/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-railhead-signature': signature },
    body,
  });
  return { status: answer.status, body: (await answer.json()) as Posted['body'] };
}

const at = (day: number): string => `2026-02-${String(day).padStart(2, '0')}T12:00:00Z`;
const post = (trackingNumber: string, ...events: [string, number][]): Promise<Posted> =>
  postRaw(JSON.stringify({ trackingNumber, events: events.map(([status, day]) => ({ status, occurredAt: at(day) })) }));

function shipmentOf(name: string): { orderId: string; shipmentId: string } {
  return { orderId: derivedUuid(`order ${name}`), shipmentId: derivedUuid(`shipment ${name}`) };
}

async function dispatch(name: string, trackingNumbers: string[], day = 3): Promise<void> {
  const ids = shipmentOf(name);
  const lines = [{ lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA' }];
  await test.tell(ShipmentDispatched, ids.orderId, {
    ...ids,
    shippedAt: at(day),
    carrier: 'UPS',
    trackingNumbers,
    packages: [],
    lines,
  });
}

const messagesKept = async (): Promise<number> => (await test.rows('SELECT 1 FROM messages')).length;
const heard = (): string[] => test.heard().map((event) => event.type);

describe('a shipment', () => {
  beforeEach(start);
  afterEach(() => test.stop());

  it('is tracked to its delivery, under its order and its story', async () => {
    await dispatch('one', ['1Z 1']);
    await test.idle();
    expect(await post('1z1', ['picked_up', 3], ['in_transit', 4])).toMatchObject({
      status: 200,
      body: { added: 2, issues: [] },
    });
    await post('1Z1', ['delivered', 5]);
    const { orderId, shipmentId } = shipmentOf('one');
    const [delivered] = await test.until(ShipmentDelivered);
    expect(delivered).toMatchObject({
      subject: orderId,
      correlationId: orderId,
      data: { orderId, shipmentId, deliveredAt: '2026-02-05T12:00:00.000Z' },
    });
    const tracked = await test.until(ShipmentTracked, 3);
    expect(tracked.map((event) => event.data.status)).toEqual(['picked_up', 'in_transit', 'delivered']);
  });

  it('that is dispatched after its scans arrived gets them all', async () => {
    await post('1Z1', ['picked_up', 3], ['delivered', 5]);
    await dispatch('one', ['1Z1']);
    await test.until(ShipmentDelivered);
    expect(heard()).toEqual([ShipmentTracked.type, ShipmentTracked.type, ShipmentDelivered.type]);
  });

  it('does not wait for a parcel whose number is blank', async () => {
    await dispatch('one', ['A', ' ']);
    await test.idle();
    await post('A', ['delivered', 5]);
    await test.until(ShipmentDelivered);
  });

  it('of two parcels is delivered when both are, even when both scans come at the same moment', async () => {
    await dispatch('one', ['A', 'B']);
    await test.idle();
    await Promise.all([post('A', ['delivered', 5]), post('B', ['delivered', 6])]);
    expect(await test.until(ShipmentDelivered)).toMatchObject([{ data: { deliveredAt: '2026-02-06T12:00:00.000Z' } }]);
    await test.idle();
    expect(heard()).toHaveLength(3);
  });

  it('is told of by its own carrier and by who speaks for many, and never by another carrier', async () => {
    await dispatch('one', ['A']);
    await test.idle();
    const arrived = JSON.stringify({ trackingNumber: 'A', events: [{ status: 'delivered', occurredAt: at(5) }] });
    expect(await postRaw(arrived, { secret: FEDEX })).toMatchObject({ status: 200, body: { added: 1 } });
    expect(heard()).toEqual([]);
    const metrics = await (await fetch(`${test.address}/metrics`)).text();
    expect(metrics).toContain('tracking_foreign_scan_total{carrier="FDEG"} 1');
    await post('A', ['in_transit', 4]);
    await postRaw(arrived, { secret: UPS }); // the same bytes, from the right one
    await test.until(ShipmentDelivered);
    expect(heard()).toEqual([ShipmentTracked.type, ShipmentTracked.type, ShipmentDelivered.type]);
  });

  it('is not told of by another carrier either when that spoke before the dispatch', async () => {
    await postRaw(JSON.stringify({ trackingNumber: 'A', events: [{ status: 'delivered', occurredAt: at(5) }] }), {
      secret: FEDEX,
    });
    await dispatch('one', ['A']);
    await test.idle();
    expect(heard()).toEqual([]);
  });

  it('and its scan that arrive at the same moment meet', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `S${index}`);
    await Promise.all(names.map((name) => post(name, ['label_created', 3])));
    await Promise.all(names.flatMap((name) => [dispatch(name, [name]), post(name, ['delivered', 5])]));
    await test.until(ShipmentDelivered, names.length);
    await test.idle();
    expect(heard()).toHaveLength(3 * names.length);
  });

  it('that is just being learned is waited for by a scan of its parcel', async () => {
    await post('A', ['label_created', 3]);
    const store = test.service.app.get(TrackingStore);
    const learned = {
      ...shipmentOf('one'),
      correlationId: 'story',
      trackingNumbers: ['A'],
      scansFrom: new Date(at(1)),
      scansTo: new Date(at(9)),
    };
    const scanned = await test.service.context.db.transaction(async (tx) => {
      await store.lock(tx, ['A']);
      const answer = post('A', ['delivered', 5]);
      await pause(MEANWHILE_MS);
      await store.keepShipments(tx, [learned]);
      return { answer };
    });
    await scanned.answer;
    await test.until(ShipmentDelivered);
  });

  it('whose first parcel is just being delivered is waited for by its second', async () => {
    await dispatch('one', ['A', 'B']);
    await test.idle();
    const { app, context } = test.service;
    await post('A', ['in_transit', 5]);
    const second = await context.db.transaction(async (tx) => {
      await app.get(ShipmentReader).withParcels(tx, ['A']);
      await tx.query(`UPDATE scans SET status = 'delivered'`); // as another process would, with a scan of its own
      const answer = post('B', ['delivered', 6]);
      await pause(MEANWHILE_MS);
      return { answer };
    });
    await second.answer;
    await test.until(ShipmentDelivered);
  });

  it('that shares a parcel with another is delivered with it', async () => {
    await dispatch('one', ['A']);
    await dispatch('two', ['A']);
    await test.idle();
    await post('A', ['delivered', 5]);
    await test.until(ShipmentDelivered, 1, shipmentOf('one').orderId);
    await test.until(ShipmentDelivered, 1, shipmentOf('two').orderId);
  });

  it('has a delay told, and what goes wrong after delivery', async () => {
    await dispatch('one', ['A']);
    await test.idle();
    await post('A', ['delayed', 4]);
    await test.until(ShipmentDelayed);
    await post('A', ['delivered', 5]);
    await post('A', ['returned', 6]);
    expect((await test.until(ShipmentFailed))[0]!.data.reasons).toMatchObject([{ code: 'PARCEL_RETURNED' }]);
  });

  it('has what goes wrong with each of its parcels told once', async () => {
    await dispatch('one', ['A', 'B']);
    await test.idle();
    await post('A', ['lost', 5]);
    await post('B', ['returning', 5]);
    await post('B', ['returned', 6]);
    const failed = await test.until(ShipmentFailed, 2);
    await test.idle();
    expect(failed.map(({ data }) => data.reasons)).toMatchObject([
      [{ code: 'PARCEL_LOST', detail: expect.stringContaining('parcel A') }],
      [{ code: 'PARCEL_RETURNED', detail: expect.stringContaining('parcel B') }],
    ]);
    expect(test.heard().filter(({ type }) => type === ShipmentFailed.type)).toHaveLength(2);
  });

  it('has a lost parcel as a task of somebody, until it is found', async () => {
    await dispatch('one', ['A']);
    await test.idle();
    await post('A', ['lost', 4]);
    const [opened] = await test.until(TaskOpened);
    const { taskId, detail } = opened!.data;
    expect(opened!.data).toMatchObject({ orderId: shipmentOf('one').orderId, kind: 'parcel-lost', ownerRole: 'ops' });
    expect(detail).toContain('generic has lost parcel A, since 2026-02-04T12:00:00.000Z');
    await post('A', ['lost', 5]);
    await post('A', ['out_for_delivery', 6]);
    const [closed] = await test.until(TaskClosed);
    expect(closed!.data).toMatchObject({ taskId, outcome: 'found: out_for_delivery' });
    await post('A', ['lost', 7]);
    const again = await test.until(TaskOpened, 2);
    expect(again[1]!.data.taskId).not.toBe(taskId);
  });

  it('does not take over the scans of a parcel that had its number before', async () => {
    await post('A', ['delivered', 1]);
    await dispatch('one', ['A'], 4);
    await test.idle();
    expect(heard()).toEqual([]);
  });
});

describe('a message', () => {
  beforeAll(start);
  afterAll(() => test.stop());

  it('again is answered again, tells nothing twice, and still does after a restart', async () => {
    await dispatch('one', ['A']);
    await test.idle();
    await Promise.all([post('A', ['delivered', 5]), post('A', ['delivered', 5])]);
    await test.restart();
    expect(await post('A', ['delivered', 5])).toMatchObject({ status: 200, body: { added: 0 } });
    expect(await post('A', ['picked_up', 3], ['delivered', 5])).toMatchObject({ body: { added: 1 } }); // the whole history again
    await test.idle();
    expect(heard().sort()).toEqual([ShipmentDelivered.type, ShipmentTracked.type, ShipmentTracked.type].sort());
    expect(await messagesKept()).toBe(2);
  });

  it('signed with the secret before the last still counts', async () => {
    expect(
      (
        await postRaw(JSON.stringify({ trackingNumber: 'OLD', events: [{ status: 'delivered', occurredAt: at(5) }] }), {
          secret: OLD_SECRET,
        })
      ).status,
    ).toBe(200);
  });

  it.each([
    ['a wrong signature', { secret: 'guessed' }, 401],
    ['no signature', { signature: '' }, 401],
    ['a carrier that is not set up', { carrier: 'easypost' }, 404],
    ['a carrier nobody knows', { carrier: 'pigeon' }, 404],
  ])('with %s is refused and leaves nothing', async (_what, options, status) => {
    const before = await messagesKept();
    expect((await postRaw('{"trackingNumber":"A","events":[]}', options)).status).toBe(status);
    expect(await messagesKept()).toBe(before);
  });

  it.each([
    ['no JSON', '{"trackingNumber":', ''],
    ["not of its carrier's shape", '{"trackingNumber":"A"}', '/events'],
  ])('that is %s is kept, and the fault is named with its place', async (_what, body, place) => {
    expect(await postRaw(body)).toMatchObject({ status: 422, body: { error: 'UNREADABLE', issues: [{ at: place }] } });
    const kept = await test.rows(`SELECT readable FROM messages WHERE convert_from(body, 'UTF8') = $1`, [body]);
    expect(kept).toEqual([{ readable: false }]);
    expect((await postRaw(body)).status).toBe(422);
  });

  it('without a body is refused', async () => {
    expect((await postRaw('')).status).toBe(400);
  });

  it('of days to come is named and tells nothing; one of an hour ahead is taken, for clocks differ', async () => {
    const ahead = (hours: number): string => new Date(test.clock.now().getTime() + hours * 3_600_000).toISOString();
    const events = [ahead(1), ahead(23), ahead(25), ahead(47).slice(0, 19), ahead(49).slice(0, 19)].map(
      (occurredAt) => {
        return { status: 'delivered', occurredAt };
      },
    );
    const { body } = await postRaw(JSON.stringify({ trackingNumber: 'AHEAD', events }));
    expect(body).toMatchObject({ added: 3 });
    expect(body.issues).toMatchObject([
      { message: expect.stringContaining(`AHEAD at ${events[2]!.occurredAt} lies more than a day ahead`) },
      { message: expect.stringContaining(`AHEAD at ${events[4]!.occurredAt}`) },
    ]);
  });

  it('with a code nobody knows is kept as unknown and counted', async () => {
    await dispatch('new', ['NEW']);
    await test.idle();
    await post('NEW', ['teleported', 4]);
    expect((await test.until(ShipmentTracked, 1, shipmentOf('new').orderId))[0]!.data).toMatchObject({
      status: 'unknown',
      carrierCode: 'teleported',
    });
    const metrics = await (await fetch(`${test.address}/metrics`)).text();
    expect(metrics).toContain('tracking_unmapped_code_total{carrier="generic",code="teleported"} 1');
  });

  it('over the size limit is refused', async () => {
    expect((await postRaw(`{"trackingNumber":"${'A'.repeat(1_100_000)}"}`)).status).toBe(413);
  });
});
