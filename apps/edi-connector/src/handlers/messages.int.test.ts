import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentAcknowledged,
  DocumentDuplicated,
  DocumentRejected,
  InvoiceIssued,
  OrderCancelRequested,
  OrderCaptured,
  OrderChangeRequested,
  orderIdOf,
  PaymentReceived,
  ShipmentCancelled,
  ShipmentConfirmed,
  ShipmentDelayed,
  ShipmentDelivered,
  ShipmentDispatched,
  ShipmentRequested,
  ShipmentTracked,
  StockChanged,
  TaskOpened,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
import { shortReference } from '../outbound/short-reference.js';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 100;

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

const KINDS = {
  '860': { functionalId: 'PC', sender: 'ACMESTORES' },
  '820': { functionalId: 'RA', sender: 'ACMESTORES' },
  '824': { functionalId: 'AG', sender: 'ACMESTORES' },
  '945': { functionalId: 'SW', sender: 'DEPOTWEST' },
  '944': { functionalId: 'RE', sender: 'DEPOTWEST' },
  '846': { functionalId: 'IB', sender: 'DEPOTWEST' },
  '214': { functionalId: 'QM', sender: 'SWFT', senderQualifier: '02' },
} as const;

const posted = (code: keyof typeof KINDS, segments: readonly string[], sender?: string) =>
  edi.post(interchange({ control: (control += 1), code, ...KINDS[code], ...(sender && { sender }), sets: [segments] }));

async function accepted(code: keyof typeof KINDS, segments: readonly string[]): Promise<void> {
  const { status, text } = await posted(code, segments);
  expect([status, /AK9\*\w/.exec(text)?.[0], text.match(/AK[345]\*.*/g)]).toEqual([200, 'AK9*A', ['AK5*A~']]);
}

async function ordered(po: string): Promise<string> {
  await edi.post(interchange({ po, control: (control += 1) }));
  const orderId = orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
  await edi.until(OrderCaptured, 1, orderId);
  return orderId;
}

/** The faults of a 997, in the words of X12. */
const faultsIn = (text: string): readonly string[] => text.match(/AK[345]\*[^~]*/g) ?? [];

describe('an 860', () => {
  const head = (po: string, more = '') => `BCH*04*SA*${po}**2*20260203${more}`;

  it('becomes a wish for each thing it changes, under our own line ids', async () => {
    const orderId = await ordered('CHANGE');
    await accepted('860', [
      head('CHANGE'),
      'DTM*002*20260301',
      'POC*10*PQ*8*8*EA*12.25**VP*RH-1001',
      'POC*20*DI*4*0*EA***VP*RH-1002',
      'POC*30*AI*6*6*CS*2.5**VP*RH-1003*IN*A-3',
      'CTT*3',
    ]);
    const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
    expect(wish!.data).toMatchObject({
      actor: { kind: 'partner', id: 'acme' },
      sequence: 2,
      requestedOn: '2026-03-01',
      changes: [
        { lineId: '1', action: 'quantity', quantity: '8' },
        { lineId: '1', action: 'price', price: '12.25' },
        { lineId: '2', action: 'delete' },
        {
          buyerLineId: '30',
          action: 'add',
          quantity: '6',
          unitCode: 'CA',
          price: '2.5',
          item: { sellersItemId: 'RH-1003' },
        },
      ],
    });
  });

  it('finds a line that it does not number by its product', async () => {
    const orderId = await ordered('NONUMBER');
    await accepted('860', [head('NONUMBER'), 'POC**QD*3*3*EA***IN*A-77', 'CTT*1']);
    const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
    expect(wish!.data.changes).toMatchObject([
      { lineId: '1', action: 'quantity', quantity: '3', direction: 'decrease' },
    ]);
  });

  it('with purpose 01 cancels', async () => {
    const orderId = await ordered('CANCEL');
    await accepted('860', ['BCH*01*SA*CANCEL***20260203']);
    await edi.until(OrderCancelRequested, 1, orderId);
  });

  it('asks once, however often its text comes', async () => {
    const orderId = await ordered('TWICE');
    const segments = [head('TWICE'), 'POC*10*QI*11*11*EA***VP*RH-1001', 'CTT*1'];
    await accepted('860', segments);
    await accepted('860', segments);
    await edi.until(DocumentDuplicated);
    await edi.idle();
    expect(await edi.until(OrderChangeRequested, 1, orderId)).toHaveLength(1);
  });

  it('for an order that nobody knows waits, also when a person lets it go too early, until the order is there', async () => {
    await accepted('860', [head('LATE'), 'POC*10*QI*11*11*EA***VP*RH-1001', 'CTT*1']);
    const list = async () =>
      (await (
        await fetch(`${edi.address}/ops/edi-connector/messages`, {
          headers: { authorization: 'Bearer internal-token-of-tests' },
        })
      ).json()) as { messageId: string; reference: string; reason: string }[];
    const held = (await list()).find(({ reference }) => reference === 'LATE');
    expect(held?.reason).toContain('no order LATE');
    const decide = () =>
      edi.post(
        '{"action":"release","actor":"carla"}',
        { 'content-type': 'application/json' },
        `/ops/edi-connector/messages/${held!.messageId}`,
      );
    expect((await decide()).status).toBe(409);
    expect((await list()).some(({ reference }) => reference === 'LATE')).toBe(true);
    const orderId = await ordered('LATE');
    expect(JSON.parse((await decide()).text)).toEqual({ done: false });
    await edi.until(OrderChangeRequested, 1, orderId);
    expect((await list()).some(({ reference }) => reference === 'LATE')).toBe(false);
  });

  it.each([
    ['a code of change that nobody knows', ['POC*10*ZX*8*8*EA***VP*RH-1001', 'CTT*1'], /POC/],
    ['a line to be added without goods', ['POC*40*AI*5*5*EA', 'CTT*1'], /POC/],
    ['a quantity that is none', ['POC*10*QD*many*8*EA***VP*RH-1001', 'CTT*1'], /AK4\*3\*\d*\*6\*many/],
    ['nothing to change', [], /BCH/],
  ])('with %s is refused at its place', async (_what, lines, place) => {
    await ordered('WRONG');
    const { text } = await posted('860', [head('WRONG'), ...lines]);
    expect(text).toContain('AK9*R*1*1*0');
    expect(faultsIn(text).join('\n')).toMatch(place);
  });

  it('is not taken from a partner that does not order', async () => {
    const { text } = await posted('860', [head('X'), 'POC*10*DI*1*1*EA', 'CTT*1'], 'DEPOTWEST');
    expect(faultsIn(text)).toEqual(['AK5*R*1']);
  });
});

describe('an 820', () => {
  const body = (trace: string, amount: string, ...more: string[]) => [
    `BPR*I*${amount}*C*ACH*CTX*01*021000021*DA*123*1234567890**01*031000053*DA*456*20260210`,
    `TRN*1*${trace}`,
    'CUR*PR*USD',
    'ENT*1',
    ...more,
  ];

  it('becomes a payment with what it is for, adjustments and all', async () => {
    const segments = body('T-1', '1437.75', 'RMR*IV*INV-1*PO*1000.5*1020.5*20', 'RMR*IV*INV-2*PO*450', 'ADX*-12.75*01');
    await accepted('820', segments);
    const [payment] = await edi.until(PaymentReceived, 1, 'ACME');
    expect(payment!.data).toMatchObject({
      reference: 'T-1',
      payerAccountId: 'ACME',
      receivedOn: '2026-02-10',
      amount: { currency: 'USD', minor: 143_775 },
      remittance: [
        { invoiceNumber: 'INV-1', amount: { minor: 100_050 }, discount: { minor: 2_000 } },
        { invoiceNumber: 'INV-2', amount: { minor: 45_000 } },
      ],
      adjustments: [{ amount: { minor: -1_275 }, reason: '01' }],
    });
    await accepted('820', segments);
    await edi.idle();
    expect(await edi.until(PaymentReceived, 1, 'ACME')).toHaveLength(1);
  });

  it.each([
    ['a cent short', '99.99'],
    ['a cent over', '100.01'],
  ])('that is %s waits for a person', async (_what, amount) => {
    const before = edi.heard().filter(({ type }) => type === PaymentReceived.type).length;
    await accepted('820', body(`OFF-${amount}`, amount, 'RMR*IV*INV-9*PO*100'));
    await edi.idle();
    expect(edi.heard().filter(({ type }) => type === PaymentReceived.type)).toHaveLength(before);
    const [held] = await edi.rows<{ reason: string }>(`SELECT reason FROM messages WHERE reference = $1`, [
      `OFF-${amount}`,
    ]);
    expect(held!.reason).toContain('100.00');
  });

  it('under a number that came before with other content waits for a person', async () => {
    await accepted('820', body('SAME', '5', 'RMR*IV*INV-3*PO*5'));
    await accepted('820', body('SAME', '6', 'RMR*IV*INV-3*PO*6'));
    const rows = await edi.rows<{ state: string }>(
      `SELECT state FROM messages WHERE reference = 'SAME' ORDER BY state`,
    );
    expect(rows.map(({ state }) => state)).toEqual(['held', 'taken']);
  });

  it('that is a debit is refused at BPR03', async () => {
    const [bpr, ...rest] = body('DEBIT', '1', 'RMR*IV*INV-3*PO*1');
    const { text } = await posted('820', [bpr!.replace('*C*ACH', '*D*ACH'), ...rest]);
    expect(faultsIn(text)).toEqual(['AK3*BPR*2**8', 'AK4*3*478*7*D', 'AK5*R*5']);
  });
});

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
    await accepted(
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
    await accepted('945', advice(reference, 'LX*1', 'W12*CC*10*10*0*CA**VN*RH-1001'));
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentConfirmed.type && subject === orderId)).toBe(false);
    const [held] = await edi.rows<{ reason: string }>(`SELECT reason FROM messages WHERE reference = $1`, [reference]);
    expect(held!.reason).toContain('RH-1001 is told in CA, it was asked for in EA');
  });

  it('that confirms goods it was not asked for is held for a person', async () => {
    const { orderId, reference } = await asked();
    await accepted('945', advice(reference, 'LX*1', 'W12*CC*1*1*0*EA**VN*GHOST'));
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
    await accepted('846', [
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
    await accepted('944', receipt);
    const counts = await edi.until(StockChanged, 2, at('RH-7'));
    expect(counts[1]!.data).toMatchObject({ onHand: '55', asOf: '2026-02-04T12:00:00.000Z' });
    await accepted('944', receipt);
    await accepted('944', ['W17*F*20260204*R-2', 'N1*WH*Depot*92*W1', 'W07*1*EA**VN*NEVER-COUNTED', 'W14*1']);
    await edi.idle();
    expect(await edi.until(StockChanged, 2, at('RH-7'))).toHaveLength(2);
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = 'R-2'`);
    expect(held!.state).toBe('held');
  });

  it('that counts goods under a number that is not ours is told where', async () => {
    const { text } = await posted('846', ['BIA*00*SI*C-2*20260203', 'LIN*1*UP*012345678905', 'QTY*17*4*EA', 'CTT*1']);
    expect(faultsIn(text)[0]).toContain('AK3*LIN*3');
    expect(text).toContain('AK9*R');
  });
});

describe('a 214', () => {
  async function dispatched(): Promise<{ orderId: string; pro: string }> {
    const [orderId, pro] = [randomUUID(), `PRO${(control += 1)}`];
    await edi.tell(ShipmentDispatched, orderId, {
      orderId,
      shipmentId: randomUUID(),
      shippedAt: '2026-02-04T15:30:00.000Z',
      carrier: 'SWFT',
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
    await accepted(
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
    await accepted('214', status(pro, 'AT7*D1*NS***20260206*1015*UT'));
    await accepted('214', status(pro, 'AT7*D1*NS***20260206*1020*UT'));
    await edi.idle();
    expect(await edi.until(ShipmentDelivered, 1, orderId)).toMatchObject([
      { data: { deliveredAt: '2026-02-06T10:15:00.000Z' } },
    ]);
  });

  it('with a status that nobody knows is neither an arrival nor trouble', async () => {
    const { orderId, pro } = await dispatched();
    await accepted('214', status(pro, 'AT7*K1*NS***20260205*0800'));
    const [scan] = await edi.until(ShipmentTracked, 1, orderId);
    expect(scan!.data).toMatchObject({ status: 'unknown', carrierCode: 'K1' });
    expect(edi.heard().some(({ type, subject }) => type === ShipmentDelivered.type && subject === orderId)).toBe(false);
  });

  it('of a warehouse that was not asked for the shipment is held: nobody declares another’s goods delivered', async () => {
    const { orderId, pro } = await dispatched();
    const arrived = status(pro, 'AT7*D1*NS***20260206*1015*UT');
    await edi.post(
      interchange({ control: (control += 1), code: '214', functionalId: 'QM', sender: 'DEPOTWEST', sets: [arrived] }),
    );
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = $1`, [pro]);
    expect(held!.state).toBe('held');
    await edi.idle();
    expect(edi.heard().some(({ type, subject }) => type === ShipmentDelivered.type && subject === orderId)).toBe(false);
  });

  it('about a shipment nobody knows is held', async () => {
    await accepted('214', status('STRANGE', 'AT7*X6*NS***20260205*0800'));
    const [held] = await edi.rows<{ state: string }>(`SELECT state FROM messages WHERE reference = 'STRANGE'`);
    expect(held!.state).toBe('held');
  });
});

describe('an 824', () => {
  it('takes back what a 997 accepted, and asks a person', async () => {
    const orderId = await ordered('OBJECT');
    const money = (minor: number) => ({ currency: 'USD', minor });
    await edi.tell(InvoiceIssued, orderId, {
      ...{
        orderId,
        invoiceId: randomUUID(),
        invoiceNumber: 'INV-824',
        accountId: 'ACME',
        purchaseOrderNumber: 'OBJECT',
      },
      ...{ shipmentId: randomUUID(), issuedOn: '2026-02-04', dueOn: '2026-03-06', allowanceCharges: [] },
      lines: [
        {
          lineId: '1',
          sku: 'RH-1001',
          quantity: '1',
          unitCode: 'EA',
          unitPrice: '12.50',
          net: money(1250),
          tax: money(0),
        },
      ],
      ...{ net: money(1250), tax: money(0), gross: money(1250) },
    });
    const number = Number(/ISA(?:\*[^*]*){12}\*(\d{9})/.exec(await edi.untilFile('outbox/acme', 'INV-824'))?.[1]);
    await edi.post(
      interchange({
        control: (control += 1),
        code: '997',
        functionalId: 'FA',
        sets: [[`AK1*IN*${number}`, 'AK9*A*1*1*1']],
      }),
    );
    await edi.until(DocumentAcknowledged, 1, orderId);
    await accepted('824', [
      'BGN*00*A-1*20260205',
      `OTI*TR*IV*INV-824***20260205**${number}*0001*810`,
      'TED*812*price differs from the order*IT1**4',
    ]);
    const opinions = await edi.until(DocumentAcknowledged, 2, orderId);
    expect(opinions.map(({ data }) => data.accepted)).toEqual([true, false]);
    expect(opinions[1]!.data.issues).toMatchObject([{ code: 'TED01_812', message: 'price differs from the order' }]);
    const [task] = await edi.until(TaskOpened, 1, orderId);
    expect(task!.data).toMatchObject({ kind: 'edi-document-refused' });
  });
});
