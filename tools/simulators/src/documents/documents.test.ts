import { describe, expect, it } from '@jest/globals';
import { acknowledgment } from './acknowledgment.x12.js';
import { interchange } from './interchange.js';
import { jsonOrder } from './json-order.js';
import { purchaseOrder } from './purchase-order.x12.js';
import { isTaken, readX12 } from './read-x12.js';
import { salesforceDeal, wonMessage } from './salesforce-deal.js';
import { shopifyOrder } from './shopify-order.js';

const order = {
  po: 'S1-7',
  control: 4711,
  accountId: 'ACME',
  lines: [
    { sku: 'RH-1001', quantity: 2, price: '12.50' },
    { sku: 'RH-1002', quantity: 1, price: '3.75' },
  ],
};
const sender = 'ACMESTORES';
const segments = (text: string): string[] => text.split('~\n').filter((segment) => segment !== '');
const counts = (text: string): { said: number; are: number } => ({
  said: Number(/SE\*(\d+)/.exec(text)?.[1]),
  are:
    segments(text).findIndex((one) => one.startsWith('SE*')) -
    segments(text).findIndex((one) => one.startsWith('ST*')) +
    1,
});

describe('an 850', () => {
  const text = purchaseOrder(order, { sender });

  it('has an ISA of 106 characters and counts its segments', () => {
    expect(text.slice(0, 3) + text.charAt(105)).toBe('ISA~');
    expect(counts(text)).toEqual({ said: 10, are: 10 });
  });

  it('is another document about the same order when it is renewed', () => {
    const again = purchaseOrder(order, { sender, renewed: true });
    const changed = segments(again).filter((segment) => !segments(text).includes(segment));
    expect(changed.map((segment) => segment.slice(0, 3))).toEqual(['ISA', 'GS*', 'GE*', 'IEA']);
  });

  it('can miscount its segments, miscount its lines, or break off', () => {
    const miscounted = counts(purchaseOrder(order, { sender, flaw: 'segment-count' }));
    expect(miscounted.said).not.toBe(miscounted.are);
    expect(purchaseOrder(order, { sender, flaw: 'line-count' })).toContain('CTT*3');
    expect(purchaseOrder(order, { sender, flaw: 'cut-off' })).not.toMatch(/SE\*|IEA\*/);
  });
});

describe('reading what Railhead sends', () => {
  const sent = (functionalId: string, code: string, body: string[]): string =>
    interchange({ sender, control: 12, functionalId, sets: [{ code, segments: body }] });

  it.each([
    ['PR', '855', ['BAK*00*AD*S1-7*20260203']],
    ['SH', '856', ['BSN*00*1*20260203*1200', 'HL*1**O', 'PRF*S1-7']],
  ])('finds the order in a %s', (functionalId, code, body) => {
    expect(readX12(sent(functionalId, code, body))).toEqual([
      { kind: code, functionalId, group: 12, number: '0001', po: 'S1-7' },
    ]);
  });

  it('finds order and amount in an 810', () => {
    const [read] = readX12(sent('IN', '810', ['BIG*20260203*INV-1*20260203*S1-7', 'TDS*2875']));
    expect(read).toMatchObject({ kind: '810', po: 'S1-7', amountMinor: 2875 });
  });

  it('finds in a 997 which group it speaks of and what it says', () => {
    const [read] = readX12(sent('FA', '997', ['AK1*PO*4711', 'AK2*850*0001', 'AK5*R*4', 'AK9*R*1*1*0']));
    expect(read?.answers).toEqual({ group: 4711, code: 'R' });
  });

  it('takes the delimiters from the ISA and reads every set', () => {
    const two = interchange({
      sender,
      control: 9,
      functionalId: 'PR',
      sets: ['A', 'B'].map((po) => ({ code: '855', segments: [`BAK*00*AD*${po}*1`] })),
    });
    expect(readX12(two.replaceAll('*', '|').replaceAll('~\n', "'")).map(({ po, number }) => [po, number])).toEqual([
      ['A', '0001'],
      ['B', '0002'],
    ]);
  });

  it('acknowledges each group it was sent', () => {
    const text = acknowledgment(readX12(sent('IN', '810', ['BIG*20260203*INV-1*20260203*S1-7'])), sender, 800_000_001);
    expect(text).toContain('AK1*IN*12~\nAK2*810*0001~\nAK5*A~\nAK9*A*1*1*1');
    expect(counts(text)).toEqual({ said: 6, are: 6 });
  });

  it.each([
    ['AK1*PO*1~AK9*A*1*1*1~', true],
    ['AK1*PO*1~AK9*R*1*1*0~', false],
    ['AK1*PO*1~AK9*P*2*2*1~', false],
    ['TA1*000000001*260203*1015*R*025~', false],
    ['TA1*000000001*260203*1015*A*000~\nAK9*A*1*1*1~', true],
    ['TA1*000000001*260203*1015*R*025~\nAK9*A*1*1*1~', false],
    ['', false],
  ])('takes %j for %s', (answer, taken) => {
    expect(isTaken(answer)).toBe(taken);
  });
});

describe('a JSON order', () => {
  it('says the same in other words when it is renewed', () => {
    expect(jsonOrder(order, true)).not.toBe(jsonOrder(order));
    expect(JSON.parse(jsonOrder(order, true))).toEqual(JSON.parse(jsonOrder(order)));
  });

  it('can be no JSON, or have a field that nobody knows', () => {
    expect(() => JSON.parse(jsonOrder({ ...order, flaw: 'broken-json' })) as unknown).toThrow();
    expect(JSON.parse(jsonOrder({ ...order, flaw: 'unknown-field' }))).toMatchObject({ colour: 'red' });
  });
});

describe('an order of a shop', () => {
  it('adds up, under ids that need more than 32 bits', () => {
    const sent = JSON.parse(shopifyOrder(order)) as { id: number; total_price: string; line_items: { sku: string }[] };
    expect(sent).toMatchObject({ total_price: '28.75', po_number: 'S1-7' });
    expect(sent.id).toBeGreaterThan(2 ** 32);
  });

  it('can be no JSON, or leave out what is ordered', () => {
    expect(() => JSON.parse(shopifyOrder({ ...order, flaw: 'broken-json' })) as unknown).toThrow();
    expect(JSON.parse(shopifyOrder({ ...order, flaw: 'no-sku' }))).toMatchObject({
      line_items: [{ sku: '' }, { sku: 'RH-1002' }],
    });
  });
});

describe('a deal', () => {
  it('adds up and belongs to the account', () => {
    const deal = salesforceDeal(order, '2026-02-03T10:00:00.000Z');
    expect(deal).toMatchObject({ Amount: 28.75, Purchase_Order__c: 'S1-7', Account: { AccountNumber: 'ACME' } });
    expect(deal.OpportunityLineItems).toMatchObject([
      { Quantity: 2, TotalPrice: 25 },
      { Quantity: 1, TotalPrice: 3.75 },
    ]);
  });

  it('is told by a message that names it, by another one when it is told again', () => {
    const { Id } = salesforceDeal(order, '2026-02-03T10:00:00.000Z');
    const [first, second] = [wonMessage(order, '00D5w000004qGTOEA2'), wonMessage(order, '00D5w000004qGTOEA2', true)];
    expect([first, second].every((text) => text.includes(`<sf:Id>${Id}</sf:Id>`))).toBe(true);
    expect(second).not.toBe(first);
    expect(wonMessage({ ...order, flaw: 'cut-off-xml' }, '00D5w000004qGTOEA2')).not.toContain('</e:Envelope>');
  });
});
