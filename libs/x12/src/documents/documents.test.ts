import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf, problemsOf, RELEASES } from '../testing/written-sets.js';
import { toInvoiceDocument, type InvoiceDocument } from './invoice-document.js';
import { outcomeSegments, type LineOutcome } from './line-outcome.js';
import { toPurchaseOrderAcknowledgment, type PurchaseOrderAcknowledgment } from './purchase-order-acknowledgment.js';

const PARTY = {
  role: 'ST',
  name: 'Bright Home #12',
  idQualifier: '92',
  id: '0012',
  addressLines: ['18 Harbor Way', 'Dock 4', 'Rear'],
  city: 'Portland',
  state: 'OR',
  postalCode: '97201',
  country: 'US',
};
const IDS = [{ qualifier: 'VP', value: 'LAMP-1' }];
const LINE = { lineNumber: '10', quantity: '24.00', unit: 'EA', unitPrice: '3.7500', ids: IDS };

describe('an 855', () => {
  const anAnswer = (...outcomes: LineOutcome[]): PurchaseOrderAcknowledgment => ({
    acknowledgmentType: 'AC',
    purchaseOrderNumber: '4500017',
    purchaseOrderDate: '20261102',
    sellerOrderNumber: 'SO-1',
    acknowledgedOn: '20261103',
    currency: 'USD',
    references: [{ qualifier: 'DP', value: '014' }],
    notes: ['The rest follows in December.'],
    parties: [PARTY],
    lines: [{ ...LINE, outcomes }],
  });
  const split = anAnswer(
    { status: 'IA', quantity: '20', unit: 'EA', date: { qualifier: '068', on: '20261110' } },
    { status: 'IB', quantity: '4', unit: 'EA' },
  );

  it('echoes the line of the buyer and says what becomes of it', () => {
    expect(linesOf(toPurchaseOrderAcknowledgment(split))).toEqual(
      expect.arrayContaining(['PO1*10*24*EA*3.75**VP*LAMP-1', 'ACK*IA*20*EA*068*20261110', 'ACK*IB*4*EA', 'CTT*1']),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    const noteSegment = release === '005010' ? 'MTX' : 'MSG';
    expect(problemsOf('855', toPurchaseOrderAcknowledgment({ ...split, noteSegment }), release)).toEqual([]);
  });

  it.each(['AC', 'AD', 'AE', 'AK', 'AT', 'RD', 'RJ'] as const)(
    'can say %s of the whole order',
    (acknowledgmentType) => {
      const segments = toPurchaseOrderAcknowledgment({ ...split, acknowledgmentType });
      expect(linesOf(segments)[0]).toBe(`BAK*00*${acknowledgmentType}*4500017*20261102****SO-1*20261103`);
      expect(problemsOf('855', segments, '004010')).toEqual([]);
    },
  );

  it.each(['IA', 'IB', 'IC', 'IP', 'IQ', 'IR', 'IS', 'ID', 'BP', 'DR'] as const)('can say %s of a line', (status) => {
    const segments = toPurchaseOrderAcknowledgment(anAnswer({ status, quantity: '24', unit: 'EA' }));
    expect(linesOf(segments)).toContain(`ACK*${status}*24*EA`);
    expect(problemsOf('855', segments, '004010')).toEqual([]);
  });

  it('names what comes instead behind the qualifier of the line', () => {
    const outcome: LineOutcome = {
      status: 'IS',
      quantity: '24',
      unit: 'EA',
      ids: [{ qualifier: 'VP', value: 'LAMP-2' }],
    };
    expect(linesOf(toPurchaseOrderAcknowledgment(anAnswer(outcome)))).toContain('ACK*IS*24*EA****VP*LAMP-2');
  });

  it('is not written when its quantities do not add up to what was ordered', () => {
    const one = (quantity: string): LineOutcome => ({ status: 'IA', quantity, unit: 'EA' });
    expect(() => toPurchaseOrderAcknowledgment(anAnswer(one('20'), one('3.99')))).toThrow(RangeError);
    expect(() => toPurchaseOrderAcknowledgment(anAnswer(one('20'), one('4.01')))).toThrow(RangeError);
    expect(() => toPurchaseOrderAcknowledgment(anAnswer(one('20.00'), one('4')))).not.toThrow();
    expect(() => toPurchaseOrderAcknowledgment(anAnswer({ status: 'IR' }))).not.toThrow();
    expect(() => toPurchaseOrderAcknowledgment(anAnswer({ status: 'IC', quantity: '2', unit: 'CA' }))).not.toThrow();
  });
});

describe('the outcomes of a line', () => {
  const thousandths = fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 6 });
  const decimal = (count: number) => (count / 1000).toFixed(3);

  it('are written exactly when they add up', () => {
    fc.assert(
      fc.property(thousandths, fc.integer({ min: -2, max: 2 }), (parts, off) => {
        const ordered = parts.reduce((sum, part) => sum + part, off);
        const outcomes = parts.map((part) => ({ status: 'IA' as const, quantity: decimal(part), unit: 'EA' }));
        const write = () => outcomeSegments(outcomes, { quantity: decimal(ordered), unit: 'EA' });
        if (off === 0) expect(write()).toHaveLength(parts.length);
        else expect(write).toThrow(RangeError);
      }),
    );
  });
});

describe('an 810', () => {
  const anInvoice = (change: Partial<InvoiceDocument> = {}): InvoiceDocument => ({
    invoiceNumber: 'INV-9',
    invoicedOn: '20261102',
    purchaseOrderNumber: '4500017',
    type: 'DI',
    currency: 'USD',
    parties: [PARTY],
    terms: { discountPercent: '2', discountDays: 10, netDays: 30 },
    lines: [{ ...LINE, quantity: '20', description: 'Desk lamp' }],
    taxes: [{ type: 'ST', amount: '5.44', percent: '7.25' }],
    charges: [{ kind: 'charge', code: 'D240', amountHundredths: 1250, description: 'Freight' }],
    totalHundredths: 9294,
    carrierCode: 'UPSN',
    ...change,
  });

  it('writes amounts without their decimal point where X12 implies it', () => {
    expect(linesOf(toInvoiceDocument(anInvoice()))).toEqual(
      expect.arrayContaining(['TDS*9294', 'SAC*C*D240***1250**********Freight', 'TXI*ST*5.44*7.25']),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    const charge = { kind: 'allowance', code: 'C310', percent: '2.5', handling: '02' } as const;
    const perPiece = { kind: 'charge', code: 'G830', rate: '0.10', quantity: '20', unit: 'EA' } as const;
    const line = { ...LINE, taxes: [{ type: 'ST', amount: '1' }], charges: [{ ...charge, amountHundredths: 10 }] };
    const all = [
      anInvoice(),
      anInvoice({ terms: { description: 'NET 90' } }),
      anInvoice({ type: 'CR', terms: undefined, releaseNumber: '2', discountableHundredths: 9000 }),
      anInvoice({ lines: [line], charges: [charge, { ...perPiece, amountHundredths: 200 }] }),
    ];
    for (const one of all) expect(problemsOf('810', toInvoiceDocument(one), release)).toEqual([]);
  });

  it('refuses a fraction of a cent', () => {
    expect(() => toInvoiceDocument(anInvoice({ totalHundredths: 92.94 }))).toThrow(RangeError);
  });

  it('refuses a price that X12 cannot write', () => {
    for (const unitPrice of ['1,000', '+1', '1e3', ''])
      expect(() => toInvoiceDocument(anInvoice({ lines: [{ ...LINE, unitPrice }] }))).toThrow(RangeError);
  });

  it('keeps the line number of the buyer', () => {
    const segments = toInvoiceDocument(anInvoice());
    expect(segments.find(([id]) => id === 'IT1')?.[1]).toBe('10');
  });
});
