import { describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import { readInterchanges, type TransactionSet } from '@railhead/x12';
import { readdirSync, readFileSync } from 'node:fs';
import { examine, type ExaminedSet } from '../door/set-reader.js';
import { interchange } from '../testing/interchanges.js';
import { partnerWith } from '../testing/read-order.js';

const WRITTEN_ODDLY = new URL('../../../../libs/x12/fixtures/good/', import.meta.url);
const MEANT_ODDLY = new URL('../../fixtures/850.everything-odd.edi', import.meta.url);
const arrival = { documentId: 'doc-1', receivedAt: '2026-02-03T10:00:00.000Z', rawSha256: 'a'.repeat(64) };

function purchaseOrdersIn(bytes: Buffer): ExaminedSet[] {
  return [...readInterchanges(bytes)]
    .filter((unit): unit is TransactionSet => unit.kind === 'set' && unit.code === '850')
    .map((set) => examine(set, { ...arrival, partner: partnerWith() }, () => true));
}

const ordersIn = (bytes: Buffer): CanonicalOrder[] =>
  purchaseOrdersIn(bytes).flatMap(({ order }) => order?.order ?? []);

describe('an 850 that is written oddly', () => {
  const files = readdirSync(WRITTEN_ODDLY).filter((name) => name.includes('850'));
  const numbers = ({ purchaseOrderNumber, currency, lines, totals }: CanonicalOrder) => ({
    purchaseOrderNumber,
    currency,
    lines: lines.map(({ quantity, price, item }) => [
      quantity.value,
      quantity.unitCode,
      price.amount,
      item.sellersItemId,
    ]),
    payable: totals.payable,
  });
  const [plain] = ordersIn(readFileSync(new URL('850.two-lines.edi', WRITTEN_ODDLY)));

  it.each(files)('says the same as one that is not: %s', (name) => {
    const orders = ordersIn(readFileSync(new URL(name, WRITTEN_ODDLY)));
    expect(orders.length).toBeGreaterThan(0);
    for (const order of orders) expect(numbers(order)).toEqual(numbers(plain!));
  });
});

describe('an 850 that means things oddly', () => {
  const [first, second] = ordersIn(readFileSync(MEANT_ODDLY));

  it('has lines without a number, with one that is used twice, and numbers with holes', () => {
    expect(first!.lines.map(({ lineId, buyerLineId, item }) => [lineId, buyerLineId, item.sellersItemId])).toEqual([
      ['1', undefined, 'NAIL-1'],
      ['2', 'item-1', 'NAIL-2'],
      ['3', 'item-1', 'NAIL-2'],
    ]);
    expect(first!.lines[0]!.item.buyersItemId).toBe('77-1');
  });

  it('has numbers with zeros in front, without a digit before the dot or behind it', () => {
    expect(first!.lines.map(({ quantity, price }) => [quantity.value, price.amount])).toEqual([
      ['12', '1.25'],
      ['8', '0.5'],
      ['3', '2.5'],
    ]);
  });

  it('has a charge at a rate, a carrier below the ship-to, and text with what cuts elsewhere', () => {
    expect(first!.allowanceCharges).toEqual([
      { isCharge: true, reasonCode: 'G830', reason: 'Handling', amount: { currency: 'USD', minor: 2500 } },
    ]);
    expect(first!.delivery).toEqual({ carrier: 'ODFL' });
    expect(first!.lines[0]!.notes[0]!.text).toContain('100% > 50% ^ AND SO ON');
    expect(first!.lines[0]!.notes[0]!.text).toContain('ITS  TWO  BLANKS');
  });

  it('has its price elsewhere', () => {
    expect(second!.lines[0]!.price).toEqual({ amount: '7.125' });
    expect(second!.purpose).toBe('duplicate');
  });
});

const samples = process.env['RAILHEAD_X12_SAMPLES'];

(samples === undefined ? describe.skip : describe)('850s of other people', () => {
  const at = (name: string): Buffer => readFileSync(`${samples}/850/${name}`);
  const outcomeOf = (bytes: Buffer): string[] =>
    purchaseOrdersIn(bytes).map(({ set, order }) => {
      const errors = set.issues.filter(({ severity }) => severity === 'error');
      if (errors.length === 0 && order !== undefined)
        return `${order.order.purchaseOrderNumber}: ${order.order.totals.payable.minor}`;
      return [...new Set(errors.map(({ code, place }) => `${code} ${place.segment}${place.element ?? ''}`))].join(', ');
    });

  it.each([
    ['node-x12.850.edi', ['08292233294: 1304594']],
    ['node-x12.850_2.edi', ['08292233294: 1304594']],
    ['ediengine.850.OK.edi', ['08292233294: 1304594']],
    ['ediengine.850.Composite.SLN.OK.edi', ['08292233294: 414380']],
    ['stupidedi.basic-po.edi', ['508517: 14400']],
    ['stupidedi.taxexempt-po.edi', ['XX-1234: 90000']],
    ['gozer.po850.txt', ['se-count SE1']],
    ['ediengine.850.SyntaxNotes.ERR.edi', ['element-condition PO17, element-condition PO46']],
    // no price at all: nothing says what is owed
    ['staedi.invoice810_po850_dual.edi', ['element-missing PO14']],
    ['edi.net.x12.850.issue135.edi', ['element-missing PO14', 'set-control-number-duplicate ST2']],
  ])('%s', (name, expected) => {
    expect(outcomeOf(at(name))).toEqual(expected);
  });
});

describe('an 850 of release 005010 with exponents in its numbers', () => {
  const body = (quantity: string) => [
    'BEG*00*SA*PO-7**20260203',
    'SAC*C*D240****3*1E1',
    `PO1*1*${quantity}*EA*125E-1**VP*RH-1001`,
    'SDQ*EA*92*0001*5E0*0002*1E1',
    'CTT*1*1.5E1',
    'AMT*TT*2.0625E2',
  ];
  const examined = (quantity: string, release: string) =>
    purchaseOrdersIn(Buffer.from(interchange({ sets: [body(quantity)] }).replace('*X*004010', `*X*${release}`)))[0]!;

  it('says the plain numbers', () => {
    const { order, set } = examined('1.5E1', '005010');
    expect(set.errors).toBe(0);
    expect(order?.order.lines[0]).toMatchObject({
      quantity: { value: '15' },
      price: { amount: '12.5' },
      schedules: [{ quantity: { value: '5' } }, { quantity: { value: '10' } }],
    });
    expect(order?.order.controlTotals).toEqual({ lineCount: 1, hashTotal: '15', amount: '206.25' });
    expect(order?.order.totals.payable.minor).toBe(20_625);
  });

  it.each([
    ['1E999999', '005010'],
    ['1.5E1', '004010'],
  ])('is refused at %s in %s', (quantity, release) => {
    expect(examined(quantity, release).order).toBeUndefined();
  });
});
