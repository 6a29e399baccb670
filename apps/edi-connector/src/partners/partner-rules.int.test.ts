import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  OrderCaptured,
  orderIdOf,
  OrderRejected,
  ShipmentConfirmed,
  ShipmentRequested,
  TaskOpened,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { shortReference } from '../outbound/short-reference.js';
import { bulkText } from '../testing/bulk-interchange.js';
import { ediUnderTest, TOKEN, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange, orderBody } from '../testing/interchanges.js';
import { PARTNERS } from '../testing/partners.js';

let edi: EdiUnderTest;
let control = 0;
const next = (): number => (control += 1);
const idOf = (po: string): string => orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });

beforeAll(async () => {
  edi = await ediUnderTest({ EDI_LARGE_BYTES: '100000' });
}, 60_000);
afterAll(() => edi.stop(), 60_000);
afterEach(async () => {
  for (const { name } of PARTNERS.partners) await change(name, {});
});

async function ask(path: string, body?: object, method = body === undefined ? 'GET' : 'PUT') {
  const response = await fetch(`${edi.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}

/** The partner as usual, but for this. */
function change(name: string, what: object) {
  const usual = PARTNERS.partners.find((one) => one.name === name);
  const profile = { ...usual, ...what };
  return ask(`/edi/partners/${name}`, { actor: 'ada', reason: 'a test of rules', profile });
}
const rulesFor850 = (rules: object) => ({ schemas: [{ sets: { '850': rules } }] });

async function read(documentId: string): Promise<Record<string, unknown>> {
  for (const deadline = Date.now() + 50_000; Date.now() < deadline; await pause(30)) {
    const { body } = await ask(`/edi/documents/${documentId}`);
    if ((body as { state?: string }).state === 'settled') return body;
  }
  throw new Error(`document ${documentId} was not read in time`);
}
async function answerTo(documentId: string): Promise<string> {
  const headers = { authorization: `Bearer ${TOKEN}`, accept: 'application/edi-x12' };
  return (await fetch(`${edi.address}/edi/documents/${documentId}`, { headers })).text();
}

describe('what a partner sends', () => {
  it('is held to its own rules, place by place, and what others send is not', async () => {
    await change('acme', rulesFor850({ mandatory: ['/REF'], codes: { PO103: ['CA'] } }));
    const { text } = await edi.post(interchange({ po: 'RULED', control: next() }));
    expect(text).toMatch(/AK3\*REF\*4\*[^*]*\*3~/);
    expect(text).toMatch(/AK3\*PO1\*7\*[^*]*\*8~\nAK4\*3\*355\*7\*EA~/);
    expect(text).toMatch(/AK5\*R\*5~\nAK9\*R\*1\*1\*0~/);
    const bolt = await edi.post(interchange({ po: 'FREE', control: next(), sender: 'BOLTTOOLS' }));
    expect(bolt.text).toMatch(/AK5\*A~\nAK9\*A\*1\*1\*1~/);
  });

  it('is judged by each sender’s rules where one file holds interchanges of several', async () => {
    await change('acme', rulesFor850({ forbidden: ['CUR'] }));
    const texts = ['ACMESTORES', 'BOLTTOOLS', 'ACMESTORES'].map((sender, n) =>
      interchange({ po: `MIXED-${n}`, control: next(), sender }),
    );
    const { text } = await edi.post(texts.join(''));
    expect(text.match(/AK9\*\w/g)).toEqual(['AK9*R', 'AK9*A', 'AK9*R']);
  });

  it('is taken by a new version of the rules from the next document on', async () => {
    const sent = async () => (await edi.post(interchange({ po: 'LATER', control: next() }))).text;
    await change('acme', rulesFor850({ forbidden: ['/CUR'] }));
    expect(await sent()).toContain('AK9*R*1*1*0');
    await change('acme', rulesFor850({ forbidden: ['/REF'] }));
    expect(await sent()).toContain('AK9*A*1*1*1');
    const { version } = (await ask('/edi/partners/acme')).body as { version?: number };
    const clash = await change('acme', rulesFor850({ mandatory: ['/REF'], forbidden: ['REF'] }));
    expect([clash.status, clash.body['issues']]).toEqual([
      400,
      [{ at: '/schemas/0/sets/850/mandatory/0', message: '/REF is forbidden as well' }],
    ]);
    expect((await ask('/edi/partners/acme')).body).toMatchObject({ version });
  });

  it('is held to them as well when it is large and read in many steps', async () => {
    await change('acme', rulesFor850({ lengths: { BEG03: [7, 22] } }));
    const posted = await edi.post(bulkText({ control: next(), orders: 450, prefix: 'BULK-' })); // BULK-0 to BULK-449
    const { documentId } = JSON.parse(posted.text) as { documentId: string };
    expect(await read(documentId)).toMatchObject({ progress: { orders: 440 } });
    const answer = await answerTo(documentId);
    expect(answer).toContain('AK9*P*450*450*440');
    expect(answer).toMatch(/AK3\*BEG\*2\*[^*]*\*8~\nAK4\*3\*324\*4\*BULK-9~/);
  }, 60_000);

  it('and was accepted is taken, though its rules change while it is read', async () => {
    const posted = await edi.post(bulkText({ control: next(), orders: 2_000, prefix: 'CHANGED-' }));
    const { documentId } = JSON.parse(posted.text) as { documentId: string };
    const captured = async () =>
      (await edi.rows(`SELECT 1 FROM orders WHERE purchase_order_number LIKE 'CHANGED-%'`)).length;
    while ((await captured()) === 0) await pause(5);
    await change('acme', rulesFor850({ forbidden: ['REF'] }));
    await edi.restart();
    expect(await read(documentId)).toMatchObject({ outcome: 'accepted', progress: { orders: 2_000 } });
    expect(await captured()).toBe(2_000);
  }, 60_000);
});

describe('what we send to a partner', () => {
  it('must satisfy its rules, or it stays here and a person looks', async () => {
    await edi.post(interchange({ po: 'OURS', control: next() }));
    await edi.until(OrderCaptured, 1, idOf('OURS'));
    await change('acme', { schemas: [{ sets: { '855': { mandatory: ['/DTM'] } } }] });
    const reasons = [{ code: 'UNKNOWN_PRODUCT', detail: 'we do not sell that' }];
    await edi.tell(OrderRejected, idOf('OURS'), { orderId: idOf('OURS'), reasons, withdrawn: false });
    const [opened] = await edi.until(TaskOpened, 1, idOf('OURS'));
    expect(opened!.data).toMatchObject({ kind: 'edi-document-invalid', detail: expect.stringContaining('DTM') });

    const [row] = await edi.rows<{ id: string }>(`SELECT document_id AS id FROM outbound WHERE reference = 'OURS'`);
    const send = () => ask(`/edi/outbound/${row!.id}`, { action: 'send', actor: 'ada', reason: 'try again' }, 'POST');
    expect((await send()).body).toMatchObject({ state: 'invalid' });
    await change('acme', {});
    expect((await send()).body).toMatchObject({ valid: true });
    expect(await edi.untilFile('outbox/acme', '*OURS*')).toContain('GS*PR*RAILHEAD*ACMESTORES');
  });

  it('says the industry whose rules it follows', async () => {
    await change('acme', { version: '004010VICS', schemas: ['vics'] });
    const { text } = await edi.post(interchange({ po: 'INDUSTRY', control: next() }));
    expect(text).toMatch(/GS\*FA\*RAILHEAD\*ACMESTORES\*\d+\*\d+\*\d+\*X\*004010VICS~/);
  });
});

describe('how far a figure may be from ours', () => {
  const order = (po: string, amount: string) =>
    edi.post(interchange({ control: next(), sets: [[...orderBody(po), `AMT*TT*${amount}`]] })); // it comes to 140.00

  it('in the total of an order: within it nobody is asked, beyond it the order has an error there', async () => {
    await change('acme', { tolerances: { totalPercent: '1' } });
    expect((await order('EDGE', '141.40')).text).toContain('AK9*A*1*1*1');
    const [edge] = await edi.until(OrderCaptured, 1, idOf('EDGE'));
    expect(edge!.data).toMatchObject({ controlTotals: { lineCount: 2 }, extras: { AMT02: '141.40' } });
    expect(edge!.data.controlTotals).not.toHaveProperty('amount');
    expect(edge!.data.provenance.fields).not.toHaveProperty('/controlTotals/amount');
    const { text } = await order('FAR', '141.41');
    expect(text).toMatch(/AK3\*AMT\*11\*[^*]*\*8~\nAK4\*2\*782\*7\*141.41~\nAK5\*R\*5~/);
    await change('acme', {});
    expect((await order('FAR', '141.41')).text).toContain('AK9*A*1*1*1');
    const [far] = await edi.until(OrderCaptured, 1, idOf('FAR'));
    expect(far!.data.controlTotals).toMatchObject({ amount: '141.41' }); // validation asks a person
  });

  it('in what a warehouse shipped: beyond it the 945 is held, and may be let go', async () => {
    await change('depot', { tolerances: { quantityPercent: '10' } });
    const advised = async (quantity: string) => {
      const [orderId, shipmentId] = [randomUUID(), randomUUID()];
      const lines = [{ lineId: '1', sku: 'RH-1001', quantity: '100', unitCode: 'EA' }];
      const request = { orderId, shipmentId, warehouse: 'WEST', purchaseOrderNumber: 'PO-9', lines };
      await edi.tell(ShipmentRequested, orderId, { ...request, requestedOn: '2026-02-10' });
      const reference = shortReference(shipmentId);
      await edi.untilFile('outbox/depot', `W05*N*${reference}*PO-9`);
      const item = `W12*CC*${quantity}*${quantity}*0*EA**VN*RH-1001`;
      const body = [`W06*F*${reference}*20260204*BOL-1**PO-9`, 'N1*ST*Acme', 'W27*M*UPSN', 'LX*1', item, 'W03*10'];
      const set = { code: '945', functionalId: 'SW', sender: 'DEPOTWEST', sets: [body] };
      expect((await edi.post(interchange({ ...set, control: next() }))).text).toContain('AK9*A*1*1*1');
      const [held] = await edi.rows<{ id: string; reason: string }>(
        `SELECT message_id AS id, reason FROM messages WHERE reference = $1 AND state = 'held'`,
        [reference],
      );
      return { orderId, held };
    };
    const near = await advised('90');
    expect(near.held).toBeUndefined();
    await edi.until(ShipmentConfirmed, 1, near.orderId);

    const far = await advised('89');
    expect(far.held!.reason).toContain('line 1: 89 of RH-1001 shipped, 100 asked for');
    await ask(`/ops/edi-connector/messages/${far.held!.id}`, { action: 'release', actor: 'carla' }, 'POST');
    const [confirmed] = await edi.until(ShipmentConfirmed, 1, far.orderId);
    expect(confirmed!.data.lines).toEqual([{ lineId: '1', quantity: '89' }]);
  });
});

describe('a profile of earlier days', () => {
  it('with a figure that there is no more is read on, and its partner gets a new key', async () => {
    const profile = { ...PARTNERS.partners[0], tolerances: { pricePercent: '2' } };
    await edi.rows(
      `INSERT INTO partner_versions (partner, version, profile, origin, changed_by, reason, changed_at)
       SELECT 'acme', max(version) + 1, $1::jsonb, 'api', 'ada', 'long ago', now() FROM partner_versions WHERE partner = 'acme'`,
      [JSON.stringify(profile)],
    );
    for (const deadline = Date.now() + 5_000; Date.now() < deadline; await pause(20))
      if (JSON.stringify((await ask('/edi/partners/acme')).body).includes('pricePercent')) break;
    const sent = await edi.post(interchange({ po: 'OLD', control: next() }));
    expect(sent.text).toContain('AK9*A*1*1*1');
    const key = await ask('/edi/partners/acme/key', { actor: 'ada', reason: 'a new key' }, 'POST');
    expect(key.status).toBe(201);
    const again = await ask('/edi/partners/acme', { actor: 'ada', reason: 'as it was', profile });
    expect([again.status, again.body['issues']]).toMatchObject([400, [{ at: '/tolerances/pricePercent' }]]);
  });
});
