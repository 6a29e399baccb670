import { describe, expect, it } from '@jest/globals';
import { linesOf, problemsOf, RELEASES, type Release } from '../testing/written-sets.js';
import { toOrderChange, type LineChange, type OrderChange } from './order-change.js';
import { toOrderChangeAcknowledgment } from './order-change-acknowledgment.js';
import { toPurchaseOrder, type PurchaseOrder } from './purchase-order.js';
import { toRemittanceAdvice, type RemittanceAdvice } from './remittance-advice.js';

const IDS = [
  { qualifier: 'IN', value: '88-1' },
  { qualifier: 'VP', value: 'LAMP-1' },
];
const PARTY = { role: 'ST', name: 'Bright Home', idQualifier: '92', id: '0012', addressLines: ['18 Harbor Way'] };
const noteIn = (release: Release) => (release === '005010' ? 'MTX' : 'MSG');

describe('an 850', () => {
  const anOrder = (change: Partial<PurchaseOrder> = {}): PurchaseOrder => ({
    purchaseOrderNumber: '4500017',
    orderedOn: '20261102',
    currency: 'USD',
    references: [{ qualifier: 'DP', value: '014' }],
    contacts: [{ role: 'BD', name: 'M. Rey', phone: '5035550101', email: 'rey@example.com' }],
    charges: [{ kind: 'allowance', code: 'C310', percent: '2', handling: '02' }],
    terms: { netDays: 30 },
    dates: [{ qualifier: '002', on: '20261120' }],
    routing: 'ROUTING GUIDE',
    notes: ['No deliveries on Friday.'],
    parties: [PARTY],
    lines: [
      {
        lineNumber: '10',
        quantity: '24',
        unit: 'EA',
        unitPrice: '3.75',
        priceBasis: 'PE',
        ids: IDS,
        description: 'Desk lamp',
        references: [{ qualifier: 'LI', value: '1' }],
        charges: [{ kind: 'charge', code: 'G830', amountHundredths: 150 }],
        dates: [{ qualifier: '106', on: '20261121' }],
        schedules: [{ quantity: '24', unit: 'EA', date: { qualifier: '002', on: '20261121' } }],
        parties: [PARTY],
      },
    ],
    hashTotal: true,
    total: '90.00',
    ...change,
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    const segments = toPurchaseOrder(anOrder({ noteSegment: noteIn(release) }));
    expect(problemsOf('850', segments, release)).toEqual([]);
    const bare = toPurchaseOrder({
      purchaseOrderNumber: '1',
      orderedOn: '20261102',
      lines: anOrder().lines.slice(0, 1),
    });
    expect(problemsOf('850', bare, release)).toEqual([]);
  });

  it('counts its lines, adds up their quantities and tells its total', () => {
    expect(linesOf(toPurchaseOrder(anOrder())).slice(-2)).toEqual(['CTT*1*24', 'AMT*TT*90']);
  });

  it('splits a line over many stores, ten to a segment', () => {
    const destinations = Array.from({ length: 11 }, (_, n) => ({ id: String(1001 + n), quantity: '2' }));
    const line = { quantity: '22', unit: 'EA', ids: IDS, destinationQualifier: '92', destinations };
    const segments = toPurchaseOrder(anOrder({ lines: [line] }));
    expect(linesOf(segments).filter((text) => text.startsWith('SDQ'))).toEqual([
      `SDQ*EA*92${destinations
        .slice(0, 10)
        .map(({ id }) => `*${id}*2`)
        .join('')}`,
      'SDQ*EA*92*1011*2',
    ]);
    expect(problemsOf('850', segments, '004010')).toEqual([]);
  });
});

const CHANGE = {
  purchaseOrderNumber: '4500017',
  purchaseOrderDate: '20261102',
  releaseNumber: '1',
  changeSequence: '2',
  references: [{ qualifier: 'DP', value: '014' }],
  parties: [PARTY],
};
const CHANGES: readonly LineChange[] = ['AI', 'CA', 'DI', 'QD', 'QI', 'PC', 'PQ', 'PR', 'RS', 'CT', 'RZ', 'NC'];

describe('an 860', () => {
  const aChange = (change: Partial<OrderChange> = {}): OrderChange => ({
    ...CHANGE,
    changedOn: '20261103',
    currency: 'USD',
    dates: [{ qualifier: '002', on: '20261120' }],
    notes: ['Fewer lamps.'],
    lines: CHANGES.map((kind, n) => ({
      lineNumber: String(n + 1),
      change: kind,
      quantity: '20',
      quantityLeft: '4',
      unit: 'EA',
      unitPrice: '3.50',
      ids: IDS,
      description: 'Desk lamp',
      dates: [{ qualifier: '106', on: '20261121' }],
    })),
    ...change,
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    const noteSegment = noteIn(release);
    expect(problemsOf('860', toOrderChange(aChange({ noteSegment })), release)).toEqual([]);
    expect(problemsOf('860', toOrderChange({ ...CHANGE, purpose: '01', lines: [] }), release)).toEqual([]);
  });

  it('has its product numbers one pair later than an 850', () => {
    const [line] = linesOf(toOrderChange(aChange())).filter((text) => text.startsWith('POC'));
    expect(line).toBe('POC*1*AI*20*4*EA*3.5**IN*88-1*VP*LAMP-1');
  });
});

describe('an 865', () => {
  const anAnswer = (release: Release) =>
    toOrderChangeAcknowledgment({
      ...CHANGE,
      acknowledgmentType: 'AC',
      acknowledgedOn: '20261104',
      sellerOrderNumber: 'SO-1',
      noteSegment: noteIn(release),
      notes: ['Line 2 has left already.'],
      lines: [
        {
          lineNumber: '1',
          change: 'QD',
          quantity: '20',
          unit: 'EA',
          unitPrice: '3.5',
          ids: IDS,
          outcomes: [{ status: 'IA', quantity: '20', unit: 'EA', date: { qualifier: '068', on: '20261110' } }],
        },
        { lineNumber: '2', change: 'DI', quantity: '4', unit: 'EA', ids: IDS, outcomes: [{ status: 'IR' }] },
      ],
    });

  it('names the change that it answers and what becomes of each line', () => {
    expect(linesOf(anAnswer('004010'))).toEqual(
      expect.arrayContaining([
        'BCA*00*AC*4500017*1*2*20261102***SO-1*20261104',
        'POC*1*QD*20**EA*3.5**IN*88-1*VP*LAMP-1',
        'ACK*IA*20*EA*068*20261110',
        'ACK*IR',
      ]),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('865', anAnswer(release), release)).toEqual([]);
  });
});

describe('an 820', () => {
  const advice: RemittanceAdvice = {
    amount: '1250.00',
    method: 'ACH',
    format: 'CTX',
    from: { bankQualifier: '01', bank: '021000021', accountType: 'DA', account: '771' },
    to: { bankQualifier: '01', bank: '026009593', accountType: 'DA', account: '772' },
    paidOn: '20261201',
    trace: 'P-10017',
    currency: 'USD',
    references: [{ qualifier: 'VR', value: '5501' }],
    parties: [
      { role: 'PR', name: 'Bright Home' },
      { role: 'PE', name: 'Lamps Inc.' },
    ],
    adjustments: [{ amount: '-20', reason: '04', reference: { qualifier: 'CM', value: 'CM-1' } }],
    invoices: [
      {
        number: 'INV-9',
        paid: '1270.00',
        total: '1300.00',
        discount: '30',
        references: [{ qualifier: 'PO', value: '4500017' }],
        dates: [{ qualifier: '003', on: '20261102' }],
        adjustments: [{ amount: '0', reason: '01' }],
      },
    ],
  };

  it('says what is paid, for which invoice, and what is held back', () => {
    expect(linesOf(toRemittanceAdvice(advice))).toEqual(
      expect.arrayContaining([
        'BPR*I*1250*C*ACH*CTX*01*021000021*DA*771***01*026009593*DA*772*20261201',
        'TRN*1*P-10017',
        'RMR*IV*INV-9**1270*1300*30',
        'ADX*-20*04*CM*CM-1',
      ]),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('820', toRemittanceAdvice(advice), release)).toEqual([]);
    const cheque = { amount: '1', method: 'CHK', paidOn: '20261201', trace: '1', invoices: [] };
    expect(problemsOf('820', toRemittanceAdvice(cheque), release)).toEqual([]);
  });
});
