import { describe, expect, it } from '@jest/globals';
import { readAll, setsIn } from '../testing/fixtures.js';
import { writeInterchange } from '../write/write-interchange.js';
import type { SegmentValues } from '../write/segment-values.js';
import { toInvoiceDocument, type InvoiceDocument } from './invoice-document.js';
import { toPurchaseOrderAcknowledgment } from './purchase-order-acknowledgment.js';
import { toShipNotice, type ShippedItem } from './ship-notice.js';

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

/** What our own reader, with all its checks, thinks of a document of ours. */
function problemsOf(code: string, functionalId: string, segments: readonly SegmentValues[]): unknown[] {
  const when = { date: '261102', time: '0915', controlNumber: '7', usage: 'T' } as const;
  const who = { senderQualifier: 'ZZ', senderId: 'SELLER', receiverQualifier: 'ZZ', receiverId: 'BUYER' };
  const sets = [{ code, controlNumber: '0001', segments }];
  const group = {
    functionalId,
    senderCode: 'S',
    receiverCode: 'B',
    date: '20261102',
    time: '0915',
    controlNumber: '7',
    sets,
  };
  return setsIn(readAll(writeInterchange({ ...when, ...who, groups: [group] }))).flatMap(({ issues }) => issues);
}
const lines = (segments: readonly SegmentValues[]) =>
  segments.map((values) => values.map((value) => value ?? '').join('*'));

describe('an 855', () => {
  const segments = toPurchaseOrderAcknowledgment({
    acknowledgmentType: 'AC',
    purchaseOrderNumber: '4500017',
    purchaseOrderDate: '20261102',
    sellerOrderNumber: 'SO-1',
    acknowledgedOn: '20261103',
    currency: 'USD',
    references: [{ qualifier: 'DP', value: '014' }],
    notes: ['The rest follows in December.'],
    parties: [PARTY],
    lines: [
      {
        lineNumber: '10',
        quantity: '24.00',
        unit: 'EA',
        unitPrice: '3.7500',
        ids: IDS,
        outcomes: [
          { status: 'IA', quantity: '20', unit: 'EA', date: { qualifier: '068', on: '20261110' } },
          { status: 'IB', quantity: '4', unit: 'EA' },
        ],
      },
    ],
  });

  it('echoes the line of the buyer and says what becomes of it', () => {
    expect(lines(segments)).toEqual(
      expect.arrayContaining(['PO1*10*24*EA*3.75**VP*LAMP-1', 'ACK*IA*20*EA*068*20261110', 'ACK*IB*4*EA**', 'CTT*1']),
    );
  });

  it('is good in the eyes of our own reader', () => {
    expect(problemsOf('855', 'PR', segments)).toEqual([]);
  });
});

describe('an 856', () => {
  const item: ShippedItem = { lineNumber: '10', ids: IDS, quantityShipped: '20', unit: 'EA', quantityOrdered: '24' };
  const shipment = {
    shipmentId: 'SHP-1',
    createdOn: '20261102',
    createdAt: '0915',
    cartons: 2,
    carrierCode: 'UPSN',
    references: [{ qualifier: 'BM', value: '778' }],
    dates: [{ qualifier: '011', on: '20261102' }],
    parties: [PARTY],
  };
  const order = { purchaseOrderNumber: '4500017', purchaseOrderDate: '20261101' };
  const packed = toShipNotice({
    ...shipment,
    orders: [{ ...order, packs: [{ mark: { qualifier: 'GM', value: '00012345678901234567' }, items: [item, item] }] }],
  });
  const loose = toShipNotice({ ...shipment, orders: [{ ...order, items: [item] }], countOf: 'LIN' });

  it('numbers its levels so that every parent comes before its children', () => {
    const levels = lines(packed).filter((line) => line.startsWith('HL'));
    expect(levels).toEqual(['HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*P*1', 'HL*4*3*I*0', 'HL*5*3*I*0']);
  });

  it('counts levels or lines, as the partner wants, and says how it is built', () => {
    expect([lines(packed).at(0), lines(packed).at(-1)]).toEqual(['BSN*00*SHP-1*20261102*0915*0001', 'CTT*5']);
    expect([lines(loose).at(0), lines(loose).at(-1)]).toEqual(['BSN*00*SHP-1*20261102*0915*0004', 'CTT*1']);
  });

  it('is good in the eyes of our own reader, with packs and without', () => {
    expect(problemsOf('856', 'SH', packed)).toEqual([]);
    expect(problemsOf('856', 'SH', loose)).toEqual([]);
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
    lines: [{ lineNumber: '10', quantity: '20', unit: 'EA', unitPrice: '3.75', ids: IDS, description: 'Desk lamp' }],
    taxes: [{ type: 'ST', amount: '5.44', percent: '7.25' }],
    charges: [{ kind: 'charge', code: 'D240', amountHundredths: 1250, description: 'Freight' }],
    totalHundredths: 9294,
    carrierCode: 'UPSN',
    ...change,
  });

  it('writes amounts without their decimal point where X12 implies it', () => {
    const written = lines(toInvoiceDocument(anInvoice()));
    expect(written).toEqual(
      expect.arrayContaining(['TDS*9294', 'SAC*C*D240***1250**********Freight', 'TXI*ST*5.44*7.25']),
    );
  });

  it('is good in the eyes of our own reader', () => {
    expect(problemsOf('810', 'IN', toInvoiceDocument(anInvoice()))).toEqual([]);
    expect(problemsOf('810', 'IN', toInvoiceDocument(anInvoice({ terms: { description: 'NET 90' } })))).toEqual([]);
  });

  it('refuses a fraction of a cent', () => {
    expect(() => toInvoiceDocument(anInvoice({ totalHundredths: 92.94 }))).toThrow(RangeError);
  });

  it('keeps the line number of the buyer', () => {
    const segments = toInvoiceDocument(anInvoice());
    expect(segments.find(([id]) => id === 'IT1')?.[1]).toBe('10');
  });
});
