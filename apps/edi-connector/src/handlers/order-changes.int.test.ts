import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentSent,
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderCaptured,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeRequested,
  orderIdOf,
  OrderRejected,
  OrderValidated,
  ShipmentDispatched,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';

let edi: EdiUnderTest;
let control = 500;

beforeAll(async () => {
  edi = await ediUnderTest();
}, 60_000);
afterAll(() => edi.stop(), 60_000);

async function ordered(po: string, [sender, buyerAccountId] = ['ACMESTORES', 'ACME']): Promise<string> {
  await edi.post(interchange({ po, sender: sender!, control: (control += 1) }));
  const orderId = orderIdOf({ buyerAccountId: buyerAccountId!, purchaseOrderNumber: po });
  await edi.until(OrderCaptured, 1, orderId);
  return orderId;
}

async function changed(orderId: string, po: string, ...segments: string[]): Promise<OrderChangeRequested['data']> {
  const sets = [[`BCH*04*SA*${po}**1*20260203`, ...segments, `CTT*${segments.length}`]];
  await edi.post(interchange({ control: (control += 1), code: '860', functionalId: 'PC', sets }));
  const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
  return wish!.data;
}

describe('the answer to an 860', () => {
  it('is an 865 that says of each line what became of it, and later answers know the lines it added', async () => {
    const orderId = await ordered('MORE');
    const wish = await changed(
      orderId,
      'MORE',
      'POC*10*QI*12*12*EA***VP*RH-1001',
      'POC*30*AI*2*2*EA*9**VP*RH-9*IN*A-9',
    );
    const line = { sku: 'RH-9', quantity: '2', unitCode: 'EA', unitPrice: '9' };
    await edi.tell(
      OrderChanged,
      orderId,
      {
        ...{ orderId, changeId: wish.changeId!, sequence: 1, revision: 1 },
        lines: [{ ...line, lineId: '3', buyerLineId: '30' }],
        answers: [
          {
            lineId: '1',
            action: 'quantity',
            accepted: false,
            reason: { code: 'CREDIT_LIMIT', detail: 'over the credit limit' },
          },
          { lineId: '3', action: 'add', accepted: true },
        ],
      },
      'fulfillment',
    );
    const text = await edi.untilFile('outbox/acme', 'BCA*00*AC*MORE**1*20260203');
    expect(text).toContain('ACK*IR~\nPOC*30*AI*2');
    expect(text).toContain('ACK*IA*2*EA');
    expect(text).toContain('over the credit limit');
    expect((await edi.until(DocumentSent, 1, orderId))[0]!.data).toMatchObject({
      documentType: '865',
      partner: 'acme',
    });
    await edi.tell(ShipmentDispatched, orderId, {
      ...{
        orderId,
        shipmentId: randomUUID(),
        shippedAt: '2026-02-04T15:30:00.000Z',
        carrier: 'UPSN',
        trackingNumbers: [],
        packages: [],
      },
      lines: [{ lineId: '3', sku: 'RH-9', quantity: '2', unitCode: 'EA' }],
    });
    expect(await edi.untilFile('outbox/acme', 'PRF*MORE')).toContain('LIN*30*VP*RH-9*IN*A-9');
  });

  it('is an 865 that refuses what comes too late', async () => {
    const orderId = await ordered('TOOLATE');
    const { changeId } = await changed(orderId, 'TOOLATE', 'POC*10*DI*10*0*EA***VP*RH-1001');
    const reason = { code: 'ALREADY_SHIPPED', detail: 'everything of the order has left' };
    await edi.tell(
      OrderChangeRefused,
      orderId,
      {
        ...{ orderId, changeId: changeId!, sequence: 1, reasons: [reason] },
        answers: [{ lineId: '1', action: 'delete', accepted: false, reason }],
      },
      'fulfillment',
    );
    const text = await edi.untilFile('outbox/acme', 'BCA*00*RD*TOOLATE');
    expect(text).toContain('everything of the order has left');
  });

  it('is an 865 that confirms a cancellation, and nothing where we cancelled for reasons of our own', async () => {
    const [theirs, ours] = [await ordered('THEIRS'), await ordered('OURS')];
    await edi.post(
      interchange({
        control: (control += 1),
        code: '860',
        functionalId: 'PC',
        sets: [['BCH*01*SA*THEIRS***20260203']],
      }),
    );
    await edi.idle();
    const lines = [{ lineId: '1', sku: 'RH-1001', quantity: '10' }];
    await edi.tell(OrderCancelled, theirs, {
      orderId: theirs,
      actor: { kind: 'partner', id: 'acme' },
      reason: 'x',
      lines,
    });
    await edi.tell(OrderCancelled, ours, {
      orderId: ours,
      actor: { kind: 'system', id: 'fulfillment' },
      reason: 'x',
      lines,
    });
    await edi.untilFile('outbox/acme', 'BCA*00*AT*THEIRS');
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [ours])).toEqual([]);
  });
});

describe('a cancellation before the order was judged', () => {
  it('is confirmed by an 865, and by nothing else', async () => {
    const orderId = await ordered('EARLY');
    const sets = [['BCH*01*SA*EARLY***20260203']];
    await edi.post(interchange({ control: (control += 1), code: '860', functionalId: 'PC', sets }));
    await edi.idle();
    const reasons = [{ code: 'WITHDRAWN', detail: 'cancelled by an 860 of the buyer' }];
    await edi.tell(OrderRejected, orderId, { orderId, reasons, withdrawn: true });
    await edi.untilFile('outbox/acme', 'BCA*00*AT*EARLY');
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toHaveLength(1);
  });
});

describe('a cancellation that comes too late', () => {
  it('is refused by an 865', async () => {
    const orderId = await ordered('GONE');
    const sets = [['BCH*01*SA*GONE***20260203']];
    await edi.post(interchange({ control: (control += 1), code: '860', functionalId: 'PC', sets }));
    await edi.idle();
    const reasons = [{ code: 'ALREADY_SHIPPED', detail: 'everything of the order has left' }];
    await edi.tell(OrderChangeRefused, orderId, { orderId, sequence: 0, reasons, answers: [] }, 'fulfillment');
    expect(await edi.untilFile('outbox/acme', 'BCA*00*RD*GONE')).toContain('everything of the order has left');
  });
});

describe('a partner that wants to know what is there', () => {
  const accepted = async (po: string, backorderAllowed = true): Promise<string> => {
    const orderId = await ordered(po, ['BOLTTOOLS', 'BOLT']);
    await edi.tell(OrderValidated, orderId, {
      ...{
        orderId,
        accountId: 'BOLT',
        purchaseOrderNumber: po,
        currency: 'USD',
        total: { currency: 'USD', minor: 1 },
        netDays: 30,
      },
      ...{ partialDeliveryAllowed: true, backorderAllowed, order: Buffer.from([0]) },
      lines: [
        { lineId: '1', sku: 'RH-1001', quantity: '10', unitCode: 'EA', unitPrice: '12.50' },
        { lineId: '2', sku: 'RH-1002', quantity: '4', unitCode: 'EA', unitPrice: '3.75' },
      ],
    });
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toEqual([]);
    return orderId;
  };
  const goods = (lineId: string, quantity: string) => ({ lineId, sku: `RH-100${lineId}`, quantity });

  it('gets its 855 with the first word of the warehouse, once', async () => {
    const orderId = await accepted('SHORT');
    await edi.tell(OrderAllocated, orderId, { orderId, lines: [goods('1', '7')] });
    await edi.tell(OrderBackordered, orderId, { orderId, lines: [goods('1', '3'), goods('2', '4')] });
    const text = await edi.untilFile('outbox/bolt', 'BAK*00*AC*SHORT');
    expect(text.match(/ACK\*[^~]*/g)).toEqual(['ACK*IA*7*EA', 'ACK*IB*3*EA', 'ACK*IB*4*EA']);
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toHaveLength(1);
  });

  it('is refused what will never come', async () => {
    const orderId = await accepted('NEVER', false);
    const actor = { kind: 'system' as const, id: 'fulfillment' };
    await edi.tell(OrderCancelled, orderId, {
      orderId,
      actor,
      reason: 'not in stock',
      lines: [goods('1', '10'), goods('2', '4')],
    });
    expect(await edi.untilFile('outbox/bolt', 'BAK*00*RD*NEVER')).toContain('ACK*IR*10*EA');
  });
});
