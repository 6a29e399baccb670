import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentAcknowledged,
  DocumentDuplicated,
  InvoiceIssued,
  OrderCancelRequested,
  OrderChangeRequested,
  PaymentReceived,
  TaskOpened,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
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

describe('an 860', () => {
  const head = (po: string, more = '') => `BCH*04*SA*${po}**2*20260203${more}`;

  it('becomes a wish for each thing it changes, under our own line ids', async () => {
    const orderId = await messages.ordered('CHANGE');
    await messages.accepted('860', [
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
    const orderId = await messages.ordered('NONUMBER');
    await messages.accepted('860', [head('NONUMBER'), 'POC**QD*3*3*EA***IN*A-77', 'CTT*1']);
    const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
    expect(wish!.data.changes).toMatchObject([
      { lineId: '1', action: 'quantity', quantity: '3', direction: 'decrease' },
    ]);
  });

  it('with purpose 01 cancels', async () => {
    const orderId = await messages.ordered('CANCEL');
    await messages.accepted('860', ['BCH*01*SA*CANCEL***20260203']);
    await edi.until(OrderCancelRequested, 1, orderId);
  });

  it('asks once, however often its text comes', async () => {
    const orderId = await messages.ordered('TWICE');
    const segments = [head('TWICE'), 'POC*10*QI*11*11*EA***VP*RH-1001', 'CTT*1'];
    await messages.accepted('860', segments);
    await messages.accepted('860', segments);
    await edi.until(DocumentDuplicated);
    await edi.idle();
    expect(await edi.until(OrderChangeRequested, 1, orderId)).toHaveLength(1);
  });

  it('for an order that nobody knows waits, also when a person lets it go too early, until the order is there', async () => {
    await messages.accepted('860', [head('LATE'), 'POC*10*QI*11*11*EA***VP*RH-1001', 'CTT*1']);
    const list = async () =>
      (await (
        await fetch(`${edi.address}/ops/edi-connector/messages`, {
          headers: { authorization: 'Bearer internal-token-of-tests' },
        })
      ).json()) as { messageId: string; reference: string; reason: string }[];
    const held = (await list()).find(({ reference }) => reference === 'LATE');
    expect(held?.reason).toContain('no order LATE');
    expect(held?.reason).toContain('one that came by another door is changed there');
    const decide = () =>
      edi.post(
        '{"action":"release","actor":"carla"}',
        { 'content-type': 'application/json' },
        `/ops/edi-connector/messages/${held!.messageId}`,
      );
    expect((await decide()).status).toBe(409);
    expect((await list()).some(({ reference }) => reference === 'LATE')).toBe(true);
    const orderId = await messages.ordered('LATE');
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
    await messages.ordered('WRONG');
    const { text } = await messages.posted('860', [head('WRONG'), ...lines]);
    expect(text).toContain('AK9*R*1*1*0');
    expect(faultsIn(text).join('\n')).toMatch(place);
  });

  it('is not taken from a partner that does not order', async () => {
    const { text } = await messages.posted('860', [head('X'), 'POC*10*DI*1*1*EA', 'CTT*1'], 'DEPOTWEST');
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
    await messages.accepted('820', segments);
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
    await messages.accepted('820', segments);
    await edi.idle();
    expect(await edi.until(PaymentReceived, 1, 'ACME')).toHaveLength(1);
  });

  it.each([
    ['a cent short', '99.99'],
    ['a cent over', '100.01'],
  ])('that is %s waits for a person', async (_what, amount) => {
    const before = edi.heard().filter(({ type }) => type === PaymentReceived.type).length;
    await messages.accepted('820', body(`OFF-${amount}`, amount, 'RMR*IV*INV-9*PO*100'));
    await edi.idle();
    expect(edi.heard().filter(({ type }) => type === PaymentReceived.type)).toHaveLength(before);
    const [held] = await edi.rows<{ reason: string }>(`SELECT reason FROM messages WHERE reference = $1`, [
      `OFF-${amount}`,
    ]);
    expect(held!.reason).toContain('100.00');
  });

  it('under a number that came before with other content waits for a person', async () => {
    await messages.accepted('820', body('SAME', '5', 'RMR*IV*INV-3*PO*5'));
    await messages.accepted('820', body('SAME', '6', 'RMR*IV*INV-3*PO*6'));
    const rows = await edi.rows<{ state: string }>(
      `SELECT state FROM messages WHERE reference = 'SAME' ORDER BY state`,
    );
    expect(rows.map(({ state }) => state)).toEqual(['held', 'taken']);
  });

  it('that is a debit is refused at BPR03', async () => {
    const [bpr, ...rest] = body('DEBIT', '1', 'RMR*IV*INV-3*PO*1');
    const { text } = await messages.posted('820', [bpr!.replace('*C*ACH', '*D*ACH'), ...rest]);
    expect(faultsIn(text)).toEqual(['AK3*BPR*2**8', 'AK4*3*478*7*D', 'AK5*R*5']);
  });
});

describe('an 824', () => {
  it('takes back what a 997 accepted, and asks a person', async () => {
    const orderId = await messages.ordered('OBJECT');
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
        control: messages.next(),
        code: '997',
        functionalId: 'FA',
        sets: [[`AK1*IN*${number}`, 'AK9*A*1*1*1']],
      }),
    );
    await edi.until(DocumentAcknowledged, 1, orderId);
    await messages.accepted('824', [
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
