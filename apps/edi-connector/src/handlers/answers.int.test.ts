import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentAcknowledged,
  DocumentSent,
  InvoiceIssued,
  OrderCaptured,
  orderIdOf,
  OrderRejected,
  OrderValidated,
  ShipmentDispatched,
  TaskOpened,
} from '@railhead/contracts';
import { readInterchanges } from '@railhead/x12';
import { randomUUID } from 'node:crypto';
import { OutboxDesk } from '../folder/outbox-desk.js';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 0;
const money = (minor: number) => ({ currency: 'USD', minor });

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

async function ordered(po: string): Promise<string> {
  await edi.post(interchange({ po, control: (control += 1) }));
  const orderId = orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: po });
  await edi.until(OrderCaptured, 1, orderId);
  return orderId;
}

const validated = (orderId: string, po: string): OrderValidated['data'] => ({
  orderId,
  accountId: 'ACME',
  purchaseOrderNumber: po,
  currency: 'USD',
  total: money(14_000),
  netDays: 30,
  partialDeliveryAllowed: true,
  backorderAllowed: true,
  lines: [
    { lineId: '1', buyerLineId: '10', sku: 'RH-1001', quantity: '10', unitCode: 'EA', unitPrice: '12.50' },
    { lineId: '2', buyerLineId: '20', sku: 'RH-1002', quantity: '4', unitCode: 'EA', unitPrice: '3.75' },
  ],
  order: Buffer.from([0]),
});

const dispatched = (orderId: string, shipmentId: string = randomUUID()): ShipmentDispatched['data'] => ({
  orderId,
  shipmentId,
  shippedAt: '2026-02-04T15:30:00.000Z',
  carrier: 'UPSN',
  trackingNumbers: ['1Z999'],
  packages: [],
  lines: [{ lineId: '2', sku: 'RH-1002', quantity: '4', unitCode: 'EA' }],
});

const invoiced = (orderId: string, po: string, invoiceNumber: string): InvoiceIssued['data'] => ({
  orderId,
  invoiceId: randomUUID(),
  invoiceNumber,
  accountId: 'ACME',
  purchaseOrderNumber: po,
  shipmentId: randomUUID(),
  issuedOn: '2026-02-04',
  dueOn: '2026-03-06',
  lines: [
    {
      lineId: '2',
      buyerLineId: '20',
      sku: 'RH-1002',
      quantity: '4',
      unitCode: 'EA',
      unitPrice: '3.75',
      net: money(1500),
      tax: money(124),
    },
  ],
  allowanceCharges: [{ isCharge: true, reasonCode: 'D240', reason: 'Freight', amount: money(950) }],
  net: money(2450),
  tax: money(124),
  gross: money(2574),
});

/** Everything our own reader finds wrong with a document of ours. */
const faultsOf = (text: string) =>
  [...readInterchanges(Buffer.from(text))].flatMap((unit) => ('issues' in unit ? unit.issues : []));

describe('what a partner is told about its order', () => {
  it('is an 855 that accepts every line under the buyer’s own numbers', async () => {
    const orderId = await ordered('ACCEPT');
    await edi.tell(OrderValidated, orderId, validated(orderId, 'ACCEPT'));
    const text = await edi.untilFile('outbox/acme', 'BAK*00*AD*ACCEPT*20260203');
    expect(text).toContain('PO1*10*10*EA*12.5**VP*RH-1001*IN*A-77~\nACK*IA*10*EA~');
    expect(text).toContain('PO1*20*4*EA*3.75**VP*RH-1002');
    expect(faultsOf(text)).toEqual([]);
    const [sent] = await edi.until(DocumentSent, 1, orderId);
    expect(sent!.data).toMatchObject({
      documentType: '855',
      direction: 'out',
      partner: 'acme',
      orderId,
      reference: 'ACCEPT',
    });
  });

  it('is an 855 that refuses, with the reason in words', async () => {
    const orderId = await ordered('REFUSE');
    await edi.tell(OrderRejected, orderId, {
      orderId,
      reasons: [{ code: 'UNKNOWN_PRODUCT', detail: 'line 2: no product RH-1002' }],
      withdrawn: false,
    });
    const text = await edi.untilFile('outbox/acme', 'BAK*00*RD*REFUSE');
    expect(text).toContain('line 2: no product RH-1002');
    expect(faultsOf(text)).toEqual([]);
  });

  describe('that was refused and comes corrected', () => {
    const reasons = [{ code: 'UNKNOWN_PRODUCT', detail: 'line 2: no product RH-1002' }];
    const refuse = (orderId: string) => edi.tell(OrderRejected, orderId, { orderId, reasons, withdrawn: false });
    /** The same order under other line numbers and another date. */
    const copy = (po: string, line: string) =>
      edi.post(
        interchange({
          control: (control += 1),
          sets: [[`BEG*00*SA*${po}**202602${line}`, `PO1*${line}*10*EA*12.50**VP*RH-1001*IN*B-${line}`, 'CTT*1']],
        }),
      );
    const accept = (orderId: string, po: string) => {
      const data = validated(orderId, po);
      return edi.tell(OrderValidated, orderId, { ...data, lines: data.lines.slice(0, 1) });
    };
    const sentFor = async (orderId: string, count: number) =>
      (await edi.until(DocumentSent, count, orderId)).map(({ data }) => [data.documentType, data.reference]);

    it('is another 855, in the words of the correction', async () => {
      const orderId = await ordered('MENDED');
      await refuse(orderId);
      await edi.until(DocumentSent, 1, orderId);
      await copy('MENDED', '11');
      await edi.until(OrderCaptured, 2, orderId);
      await copy('MENDED', '12'); // another one, before anybody has judged the first correction
      await refuse(orderId);
      await edi.untilFile('outbox/acme', 'BAK*00*RD*MENDED*20260211');
      await copy('MENDED', '13');
      await edi.idle();
      await accept(orderId, 'MENDED');
      const text = await edi.untilFile('outbox/acme', 'BAK*00*AD*MENDED*20260213');
      expect(text).toContain('PO1*13*10*EA*12.5**VP*RH-1001*IN*B-13~');
      expect(faultsOf(text)).toEqual([]);
      expect(await sentFor(orderId, 3)).toEqual([
        ['855', 'MENDED'],
        ['855', 'MENDED (2)'],
        ['855', 'MENDED (3)'],
      ]);
    });

    it('so also where the correction was faster than our 855', async () => {
      const orderId = await ordered('SWIFT');
      await copy('SWIFT', '11');
      await edi.until(OrderCaptured, 2, orderId);
      await refuse(orderId);
      expect(await edi.untilFile('outbox/acme', 'BAK*00*RD*SWIFT*20260203')).toContain('no product');
      await accept(orderId, 'SWIFT');
      expect(await edi.untilFile('outbox/acme', 'BAK*00*AD*SWIFT*20260211')).toContain('PO1*11*');
    });

    it('but a copy of an order that stands puts no words into its answers', async () => {
      const orderId = await ordered('STANDS');
      await accept(orderId, 'STANDS');
      await edi.until(DocumentSent, 1, orderId);
      await copy('STANDS', '11');
      await edi.idle();
      await edi.tell(ShipmentDispatched, orderId, dispatched(orderId));
      expect(await edi.untilFile('outbox/acme', 'PRF*STANDS**')).toContain('LIN*20*VP*RH-1002');
    });
  });

  it('is an 856 with what left, where to, by whom', async () => {
    const orderId = await ordered('SHIP');
    await edi.tell(ShipmentDispatched, orderId, dispatched(orderId));
    const text = await edi.untilFile('outbox/acme', 'PRF*SHIP**');
    expect(text).toContain('TD5**2*UPSN');
    expect(text).toContain('REF*CN*1Z999');
    expect(text).toContain('N1*ST*Acme DC 7*92*0007');
    expect(text).toContain('SN1*20*4*EA');
    expect(faultsOf(text)).toEqual([]);
  });

  it('is an 856 for each store of an SDQ, also of one that does not say whose number it is', async () => {
    const body = ['BEG*00*SA*STORES**20260203', 'PO1*10*10*EA*12.50**VP*RH-1001', 'SDQ*EA**0042*4*0043*6', 'CTT*1'];
    const posted = await edi.post(interchange({ sets: [body], control: (control += 1) }));
    expect(posted.text).toContain('AK5*A~');
    const orderId = orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: 'STORES' });
    const [captured] = await edi.until(OrderCaptured, 1, orderId);
    const [part] = captured!.data.lines[0]!.schedules;
    const lines = [{ lineId: '1', sku: 'RH-1001', quantity: '4', unitCode: 'EA' }];
    await edi.tell(ShipmentDispatched, orderId, { ...dispatched(orderId), lines, shipTo: part!.shipTo });
    const text = await edi.untilFile('outbox/acme', 'PRF*STORES');
    expect([text.includes('N1*ST**92*0042~'), faultsOf(text)]).toEqual([true, []]);
  });

  it('is said once, also when two events that came together call for it', async () => {
    const orderId = await ordered('TOGETHER');
    const segments = [['BAK', '00', 'AK', 'TOGETHER', '20260203'] as const, ['CTT', '0'] as const];
    const draft = { partner: 'acme', orderId, correlationId: orderId, documentType: '855' as const, reference: 'ONE' };
    const desk = edi.service.app.get(OutboxDesk);
    const drafts = [
      { ...draft, segments },
      { ...draft, segments },
      { ...draft, segments, reference: 'TWO' },
    ];
    await edi.service.context.db.transaction((tx) => desk.plan(drafts, tx));
    const planned = await edi.rows('SELECT reference FROM outbound WHERE order_id = $1 ORDER BY 1', [orderId]);
    expect(planned).toEqual([{ reference: 'ONE' }, { reference: 'TWO' }]);
  });

  it('is an 810 that adds up to the cent', async () => {
    const orderId = await ordered('BILL');
    await edi.tell(InvoiceIssued, orderId, invoiced(orderId, 'BILL', 'INV-1'));
    const text = await edi.untilFile('outbox/acme', 'BIG*20260204*INV-1*20260203*BILL');
    expect(text).toContain('IT1*20*4*EA*3.75');
    expect(text).toContain('TDS*2574');
    expect(text).toContain('SAC*C*D240***950');
    expect(text).toContain('TXI*TX*1.24');
    expect(text).not.toContain('ZZZZ');
    expect(faultsOf(text)).toEqual([]);
  });

  it('names what lies between the lines and the total of an 810', async () => {
    const orderId = await ordered('ROUND');
    const invoice = invoiced(orderId, 'ROUND', 'INV-2');
    await edi.tell(InvoiceIssued, orderId, { ...invoice, gross: money(2573), net: money(2449) });
    expect(await edi.untilFile('outbox/acme', 'INV-2')).toContain('SAC*A*ZZZZ***1*');
  });

  it('is nothing where the order came through another door', async () => {
    const orderId = orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: 'BY-FORM' });
    await edi.tell(OrderValidated, orderId, validated(orderId, 'BY-FORM'));
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toEqual([]);
  });

  it('comes once, however often the event comes, and takes control numbers without a gap', async () => {
    const orderId = await ordered('ONCE');
    const data = dispatched(orderId);
    for (let times = 0; times < 3; times += 1) await edi.tell(ShipmentDispatched, orderId, data);
    await edi.idle();
    await edi.untilFile('outbox/acme', 'PRF*ONCE**');
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toHaveLength(1);
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        ordered(`GAP-${index}`).then((id) => edi.tell(OrderValidated, id, validated(id, `GAP-${index}`))),
      ),
    );
    await edi.idle();
    const [last] = await edi.rows<{ last: number; made: number }>(
      `SELECT (SELECT last_number::int FROM control_numbers WHERE partner = 'acme') AS last,
              (SELECT count(*)::int FROM outbound) + (SELECT count(*)::int FROM interchanges WHERE answer <> '') AS made`,
    );
    expect(last!.last).toBe(last!.made);
  });
});

describe('their 997 about a document of ours', () => {
  it.each([
    ['accepts', 'A', true],
    ['refuses', 'R', false],
  ])('%s it, once', async (_what, code, accepted) => {
    const po = `ACK-${code}`;
    const orderId = await ordered(po);
    await edi.tell(ShipmentDispatched, orderId, dispatched(orderId));
    const text = await edi.untilFile('outbox/acme', `PRF*${po}**`);
    const number = Number(/ISA(?:\*[^*]*){12}\*(\d{9})/.exec(text)?.[1]);
    const opinion = [
      `AK1*SH*${number}`,
      'AK2*856*0001',
      ...(code === 'R' ? ['AK3*HL*5**8', 'AK4*2*734*1'] : []),
      `AK5*${code}`,
      `AK9*${code}*1*1*${accepted ? 1 : 0}`,
    ];
    const message = interchange({ control: (control += 1), code: '997', functionalId: 'FA', sets: [opinion] });
    const answer = await edi.post(message);
    expect([answer.status, answer.text]).toEqual([200, '']); // an acknowledgement is never acknowledged
    await edi.post(message);
    const [acknowledged, ...more] = await edi.until(DocumentAcknowledged, 1, orderId);
    expect(acknowledged!.data).toMatchObject({
      documentType: '856',
      accepted,
      issues: accepted ? [] : [{ code: 'AK403_1', at: 'HL02' }],
    });
    expect(more).toEqual([]);
  });
});

describe('an invoice in a currency of three decimals', () => {
  it('is a task for somebody, for X12 cannot say it, and what follows goes out', async () => {
    const orderId = await ordered('DINAR');
    const dinars = (minor: number) => ({ currency: 'KWD', minor });
    const invoice = invoiced(orderId, 'DINAR', 'INV-KWD');
    const amounts = { net: dinars(16_204), tax: dinars(0), gross: dinars(16_204), allowanceCharges: [] };
    const lines = invoice.lines.map((line) => ({ ...line, unitPrice: '4.051', net: dinars(16_204), tax: dinars(0) }));
    await edi.tell(InvoiceIssued, orderId, { ...invoice, ...amounts, lines });
    const [task] = await edi.until(TaskOpened, 1, orderId);
    expect(task!.data).toMatchObject({
      kind: 'edi-document-invalid',
      detail: expect.stringMatching(/810 INV-KWD.*X12 cannot say it: 16\.204 KWD is no whole number of hundredths/),
    });
    await edi.tell(InvoiceIssued, orderId, invoiced(orderId, 'DINAR', 'INV-USD'));
    expect(await edi.untilFile('outbox/acme', 'INV-USD')).toContain('TDS*2574');
  });
});
