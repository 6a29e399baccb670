import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentRejected,
  ShipmentCancelled,
  ShipmentConfirmed,
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentRequested,
  ShipmentTracked,
  StockChanged,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
import { shortReference } from '../outbound/short-reference.js';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { faultsIn, PartnerMessages } from '../testing/partner-messages.js';

let edi: EdiUnderTest;
let messages: PartnerMessages;

beforeAll(async () => {
  edi = await ediUnderTest();
  messages = new PartnerMessages(edi);
}, 60_000);
afterAll(() => edi.stop(), 60_000);

describe('a warehouse', () => {
  async function asked(lines = [{ lineId: '1', sku: 'RH-1001', quantity: '10', unitCode: 'EA' }]) {
    const [orderId, shipmentId] = [randomUUID(), randomUUID()];
    const request = {
      orderId,
      shipmentId,
      warehouse: 'WEST',
      purchaseOrderNumber: 'PO-9',
      requestedOn: '2026-02-10',
      lines,
    };
    await edi.tell(ShipmentRequested, orderId, request);
    const reference = shortReference(shipmentId);
    const text = await edi.untilFile('outbox/depot', `W05*N*${reference}*PO-9`);
    return { orderId, shipmentId, reference, text };
  }
  const advice = (reference: string, ...lines: string[]) => [
    `W06*F*${reference}*20260204*BOL-1**PO-9`,
    'N1*ST*Acme DC 7',
    'W27*M*UPSN',
    ...lines,
    'W03*10',
  ];

  it('is asked by a 940 to ship, and told by another when it need not', async () => {
    const { orderId, shipmentId, reference, text } = await asked();
    expect(text).toContain('W01*10*EA**VN*RH-1001');
    expect(text).toContain('N9*LI*1');
    expect(text).toContain('GS*OW*');
    await edi.tell(ShipmentCancelled, orderId, { orderId, shipmentId, reason: 'changed' });
    await edi.untilFile('outbox/depot', `W05*F*${reference}`);
  });

  it('is not asked where the warehouse is none of our partners', async () => {
    const [orderId, shipmentId] = [randomUUID(), randomUUID()];
    const lines = [{ lineId: '1', sku: 'RH-1001', quantity: '1', unitCode: 'EA' }];
    await edi.tell(ShipmentRequested, orderId, {
      orderId,
      shipmentId,
      warehouse: 'MAIN',
      purchaseOrderNumber: 'P',
      lines,
    });
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toEqual([]);
  });

  it('confirms by a 945 what left, carton by carton', async () => {
    const { orderId, shipmentId, reference } = await asked();
    await messages.accepted(
      '945',
      advice(
        reference,
        'LX*1',
        'MAN*GM*00106141412345678908',
        'W12*CC*6*6*0*EA**VN*RH-1001',
        'LX*2',
        'MAN*GM*00106141412345678915**CP*1Z1',
        'W12*CC*4*4*0*EA**VN*RH-1001',
      ),
    );
    const [confirmed] = await edi.until(ShipmentConfirmed, 1, orderId);
    expect(confirmed!.data).toMatchObject({
      shipmentId,
      carrier: 'UPSN',
      billOfLading: 'BOL-1',
      shippedAt: '2026-02-04T12:00:00.000Z',
      lines: [{ lineId: '1', quantity: '10' }],
      packages: [
        { sscc: '00106141412345678908', lines: [{ lineId: '1', quantity: '6' }] },
        { lines: [{ lineId: '1', quantity: '4' }] },
      ],
    });
  });

  it('that tells goods in another unit than they were asked for in is held for a person', async () => {
    const { orderId, reference } = await asked();
    await messages.accepted('945', advice(reference, 'LX*1', 'W12*CC*10*10*0*CA**VN*RH-1001'));
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentConfirmed.type && subject === orderId)).toBe(false);
    const [held] = await edi.rows<{ reason: string }>(`SELECT reason FROM messages WHERE reference = $1`, [reference]);
    expect(held!.reason).toContain('RH-1001 is told in CA, it was asked for in EA');
  });

  it('that confirms goods it was not asked for is held for a person', async () => {
    const { orderId, reference } = await asked();
    await messages.accepted('945', advice(reference, 'LX*1', 'W12*CC*1*1*0*EA**VN*GHOST'));
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentConfirmed.type && subject === orderId)).toBe(false);
    const [held] = await edi.rows<{ reason: string }>(`SELECT reason FROM messages WHERE reference = $1`, [reference]);
    expect(held!.reason).toContain('GHOST');
    expect(
      edi.heard().some(({ type, data }) => type === DocumentRejected.type && JSON.stringify(data).includes('GHOST')),
    ).toBe(true);
  });

  it('counts by an 846, and adds to the count by a 944', async () => {
    const at = (sku: string) => `stock:${sku}|WEST`;
    await messages.accepted('846', [
      'BIA*00*SI*C-1*20260203*0600',
      'N1*WH*Depot*92*W1',
      'LIN*1*VN*RH-7',
      'QTY*33*35*EA',
      'QTY*17*40*EA',
      'QTY*QH*5*EA',
      'CTT*1',
    ]);
    const [count] = await edi.until(StockChanged, 1, at('RH-7'));
    expect(count!.data).toEqual({ sku: 'RH-7', warehouse: 'WEST', onHand: '40', asOf: '2026-02-03T06:00:00.000Z' });
    const receipt = ['W17*F*20260204*R-1', 'N1*WH*Depot*92*W1', 'W07*12*EA**VN*RH-7', 'W07*3*EA**VN*RH-7', 'W14*15'];
    await messages.accepted('944', receipt);
    const counts = await edi.until(StockChanged, 2, at('RH-7'));
    expect(counts[1]!.data).toMatchObject({ onHand: '55', asOf: '2026-02-04T12:00:00.000Z' });
    await messages.accepted('944', receipt);
    await messages.accepted('944', ['W17*F*20260204*R-2', 'N1*WH*Depot*92*W1', 'W07*1*EA**VN*NEVER-COUNTED', 'W14*1']);
    await edi.idle();
    expect(await edi.until(StockChanged, 2, at('RH-7'))).toHaveLength(2);
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = 'R-2'`);
    expect(held!.state).toBe('held');
  });

  it('that counts goods under a number that is not ours is told where', async () => {
    const { text } = await messages.posted('846', [
      'BIA*00*SI*C-2*20260203',
      'LIN*1*UP*012345678905',
      'QTY*17*4*EA',
      'CTT*1',
    ]);
    expect(faultsIn(text)[0]).toContain('AK3*LIN*3');
    expect(text).toContain('AK9*R');
  });
});

describe('a 214', () => {
  beforeAll(() => edi.clock.set('2026-02-07T10:00:00.000Z'));
  afterAll(() => edi.clock.set('2026-02-03T10:00:00.000Z'));

  async function dispatched(carrier = 'SWFT'): Promise<{ orderId: string; pro: string }> {
    const [orderId, pro] = [randomUUID(), `PRO${messages.next()}`];
    await edi.tell(ShipmentDispatched, orderId, {
      orderId,
      shipmentId: randomUUID(),
      shippedAt: '2026-02-04T15:30:00.000Z',
      carrier,
      trackingNumbers: [pro],
      packages: [],
      lines: [{ lineId: '1', sku: 'RH-1', quantity: '1', unitCode: 'EA' }],
    });
    await edi.idle();
    return { orderId, pro };
  }
  const status = (pro: string, ...at7s: string[]) => [`B10*${pro}*S-1*SWFT`, 'LX*1', ...at7s];

  it('tells where a shipment is, that it is late, and that it has arrived, once', async () => {
    const { orderId, pro } = await dispatched();
    await messages.accepted(
      '214',
      status(pro, 'AT7*X6*NS***20260205*0800*UT', 'MS1*Omaha*NE*US', 'AT7*SD*A1***20260205*0900*ET'),
    );
    const scans = await edi.until(ShipmentTracked, 2, orderId);
    expect(scans[0]!.data).toMatchObject({
      status: 'in_transit',
      carrierCode: 'X6',
      city: 'Omaha',
      occurredAt: '2026-02-05T08:00:00.000Z',
    });
    expect(scans[1]!.data).toMatchObject({ status: 'delayed', occurredAt: '2026-02-05T14:00:00.000Z' });
    await edi.until(ShipmentDelayed, 1, orderId);
    await messages.accepted('214', status(pro, 'AT7*D1*NS***20260206*1015*UT'));
    await messages.accepted('214', status(pro, 'AT7*D1*NS***20260206*1020*UT'));
    await edi.idle();
    expect(await edi.until(ShipmentDelivered, 1, orderId)).toMatchObject([
      { data: { deliveredAt: '2026-02-06T10:15:00.000Z' } },
    ]);
  });

  it('with a status that nobody knows is neither an arrival nor trouble', async () => {
    const { orderId, pro } = await dispatched();
    await messages.accepted('214', status(pro, 'AT7*K1*NS***20260205*0800'));
    const [scan] = await edi.until(ShipmentTracked, 1, orderId);
    expect(scan!.data).toMatchObject({ status: 'unknown', carrierCode: 'K1' });
    expect(edi.heard().some(({ type, subject }) => type === ShipmentDelivered.type && subject === orderId)).toBe(false);
  });

  it('of a warehouse that was not asked for the shipment is held: nobody declares another’s goods delivered', async () => {
    const { orderId, pro } = await dispatched();
    const arrived = status(pro, 'AT7*D1*NS***20260206*1015*UT');
    await edi.post(
      interchange({ control: messages.next(), code: '214', functionalId: 'QM', sender: 'DEPOTWEST', sets: [arrived] }),
    );
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = $1`, [pro]);
    expect(held!.state).toBe('held');
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentDelivered.type && subject === orderId)).toBe(false);
  });

  it('of a carrier that the shipment was not given to is held', async () => {
    const { orderId, pro } = await dispatched('RAIL');
    await messages.accepted('214', status(pro, 'AT7*D1*NS***20260206*1015*UT'));
    const [held] = await edi.rows<{ state: string; why: string }>(
      `SELECT state, reason AS why FROM messages WHERE reference = $1`,
      [pro],
    );
    expect(held).toMatchObject({ state: 'held', why: expect.stringContaining('was given to RAIL, not to swift') });
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentDelivered.type && subject === orderId)).toBe(false);
  });

  it('of a delivery in days to come is held; of one within two days it is taken, for zones differ', async () => {
    const late = await dispatched();
    await messages.accepted('214', status(late.pro, 'AT7*D1*NS***20270206*1015*UT'));
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = $1`, [late.pro]);
    expect(held!.state).toBe('held');
    const soon = await dispatched();
    await messages.accepted('214', status(soon.pro, 'AT7*D1*NS***20260208*2359*UT'));
    await edi.until(ShipmentDelivered, 1, soon.orderId);
  });

  it('about a shipment nobody knows is held', async () => {
    await messages.accepted('214', status('STRANGE', 'AT7*X6*NS***20260205*0800'));
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = 'STRANGE'`);
    expect(held!.state).toBe('held');
  });
});
