import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  DocumentSent,
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderChanged,
  OrderChangeRefused,
  OrderChangeRequested,
  OrderRejected,
  OrderValidated,
  ShipmentDispatched,
} from '@railhead/contracts';
import { randomUUID } from 'node:crypto';
import { OrderStore } from '../store/order.store.js';
import { ediUnderTest, type EdiUnderTest } from '../testing/edi-under-test.js';
import { interchange } from '../testing/interchanges.js';
import { PartnerMessages } from '../testing/partner-messages.js';

let edi: EdiUnderTest;
let messages: PartnerMessages;

beforeAll(async () => {
  edi = await ediUnderTest();
  messages = new PartnerMessages(edi);
}, 60_000);
afterAll(() => edi.stop(), 60_000);

async function changed(orderId: string, po: string, ...segments: string[]): Promise<OrderChangeRequested['data']> {
  const sets = [[`BCH*04*SA*${po}**1*20260203`, ...segments, `CTT*${segments.length}`]];
  await edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
  const [wish] = await edi.until(OrderChangeRequested, 1, orderId);
  return wish!.data;
}

describe('the same 860 again', () => {
  const to = (quantity: number, sequence = '') => [
    `BCH*04*SA*TURNS**${sequence}*20260203`,
    `POC*10*QI*${quantity}*10*EA***VP*RH-1001`,
    'CTT*1',
  ];
  const send = async (...sets: string[][]): Promise<void> => {
    await edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
  };
  const quantities = async (orderId: string, count: number) => {
    const wishes = await edi.until(OrderChangeRequested, count, orderId);
    return wishes.map(({ data }) => [data.changes[0]!.quantity, data.changeId]);
  };

  it('is one wish, and another one when a change came in between', async () => {
    const orderId = await messages.ordered('TURNS');
    await send(to(12));
    await send(to(12)); // the same, resent
    await send(to(10));
    await send(to(10));
    await send(to(12));
    await send(to(10), to(12), to(12)); // in one interchange, too
    await edi.idle();
    const wishes = await quantities(orderId, 5);
    expect(wishes.map(([quantity]) => quantity)).toEqual(['12', '10', '12', '10', '12']);
    expect(new Set(wishes.map(([, changeId]) => changeId)).size).toBe(5); // and so each has its 865
  });

  it('is one wish where the buyer numbers them', async () => {
    const orderId = await messages.ordered('TURNS-2');
    const numbered = (quantity: number, sequence: string) =>
      to(quantity, sequence).map((segment) => segment.replace('TURNS', 'TURNS-2'));
    await send(numbered(12, '1'));
    await send(numbered(10, '2'));
    await send(numbered(12, '1'));
    await edi.idle();
    expect((await quantities(orderId, 2)).map(([quantity]) => quantity)).toEqual(['12', '10']);
  });
});

describe('the answer to an 860', () => {
  it('is an 865 that says of each line what became of it, and later answers know the lines it added', async () => {
    const orderId = await messages.ordered('MORE');
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

  it('says what of the 860 no change brings about, and passes its words on', async () => {
    const orderId = await messages.ordered('WORDS');
    const wish = await changed(
      orderId,
      'WORDS',
      'ITD*01*3*****60',
      'DTM*001*20260301',
      'N9*L1*NOTE',
      'MSG*use the new dock',
      'N1*ST*ACME DC 7 *92*0007',
      'POC*10*PQ*8*8*EA*12.5*PE*VP*RH-1001',
    );
    expect(wish).toMatchObject({
      changes: [{ action: 'quantity' }, { action: 'price', price: '12.5', priceBase: '1' }],
    });
    expect(wish.reason).toBe('changed by an 860 of the buyer; not changed: ITD, DTM 001; use the new dock');
    const { changeId } = wish;
    const answers = wish.changes.map(({ action }) => ({ lineId: '1', action, accepted: true }));
    const line = { sku: 'RH-1001', quantity: '8', unitCode: 'EA', unitPrice: '12.5', baseQuantity: '1' };
    const lines = [{ ...line, lineId: '1', buyerLineId: '10' }];
    await edi.tell(
      OrderChanged,
      orderId,
      { orderId, changeId: changeId!, sequence: 1, revision: 1, lines, answers },
      'fulfillment',
    );
    const text = await edi.untilFile('outbox/acme', 'BCA*00*AD*WORDS');
    expect(text).toContain('MSG*NOT CHANGED BY THIS 860: ITD, DTM 001~');
    expect(text).toContain('POC*10*PQ*8**EA*12.5*PE*VP*RH-1001');
  });

  it('is an 865 that refuses what comes too late', async () => {
    const orderId = await messages.ordered('TOOLATE');
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
    const [theirs, ours] = [await messages.ordered('THEIRS'), await messages.ordered('OURS')];
    await edi.post(
      interchange({
        control: messages.next(),
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

describe('two changes of an order that are answered at once', () => {
  it('leave the words of both for the lines that they added', async () => {
    const orderId = await messages.ordered('TWICE');
    const line = (lineId: string) => ({ lineId, buyerLineId: `${lineId}0`, unit: 'EA', ids: [] });
    const orders = edi.service.app.get(OrderStore);
    const known = await edi.service.context.db.transaction(async (tx) => {
      const order = (await orders.find([orderId], tx)).get(orderId)!;
      await orders.addEchoes(order, [line('3')], tx);
      const now = await orders.addEchoes(order, [line('4'), line('3')], tx);
      expect((await orders.find([orderId], tx)).get(orderId)!.echoes).toEqual(now.echoes);
      return now.echoes.map(({ buyerLineId }) => buyerLineId);
    });
    expect(known).toEqual(['10', '20', '30', '40']);
  });
});

describe('a cancellation before the order was judged', () => {
  it('is confirmed by an 865, and by nothing else', async () => {
    const orderId = await messages.ordered('EARLY');
    const sets = [['BCH*01*SA*EARLY***20260203']];
    await edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
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
    const orderId = await messages.ordered('GONE');
    const sets = [['BCH*01*SA*GONE***20260203']];
    await edi.post(interchange({ control: messages.next(), code: '860', functionalId: 'PC', sets }));
    await edi.idle();
    const reasons = [{ code: 'ALREADY_SHIPPED', detail: 'everything of the order has left' }];
    await edi.tell(OrderChangeRefused, orderId, { orderId, sequence: 0, reasons, answers: [] }, 'fulfillment');
    expect(await edi.untilFile('outbox/acme', 'BCA*00*RD*GONE')).toContain('everything of the order has left');
  });
});

describe('a partner that wants to know what is there', () => {
  const accepted = async (po: string, backorderAllowed = true): Promise<string> => {
    const orderId = await messages.ordered(po, ['BOLTTOOLS', 'BOLT']);
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

describe('an order that was changed without an 860', () => {
  const amended = (orderId: string, source: string) =>
    edi.tell(
      OrderChanged,
      orderId,
      {
        ...{ orderId, changeId: randomUUID(), sequence: 0, revision: 2 },
        lines: [
          { lineId: '1', sku: 'RH-1001', quantity: '11', unitCode: 'EA', unitPrice: '1250', baseQuantity: '100' },
          { lineId: '2', sku: 'RH-1002', quantity: '0', unitCode: 'EA', unitPrice: '3.75' },
          { lineId: '3', buyerLineId: '30', sku: 'RH-1003', quantity: '5', unitCode: 'EA', unitPrice: '2' },
        ],
        answers: [],
      },
      source,
    );

  it('is told to its buyer by an 855 of the lines that are other ones now, once', async () => {
    const orderId = await messages.ordered('AMENDED');
    await amended(orderId, 'fulfillment');
    const text = await edi.untilFile('outbox/acme', 'BAK*00*AE*AMENDED');
    expect(text.match(/(PO1|ACK|CTT)\*[^~]*/g)).toEqual([
      'PO1*10*11*EA*1250*HP*VP*RH-1001*IN*A-77',
      'ACK*IA*11*EA',
      'PO1*20*0*EA*3.75**VP*RH-1002',
      'ACK*ID',
      'PO1*30*5*EA*2**VP*RH-1003',
      'ACK*IA*5*EA',
      'CTT*3',
    ]);
  });

  it('is told by the 855 that follows while it is held', async () => {
    const orderId = await messages.ordered('WHILE-HELD');
    await amended(orderId, 'validation');
    await edi.idle();
    expect(await edi.rows('SELECT 1 FROM outbound WHERE order_id = $1', [orderId])).toEqual([]);
  });
});
