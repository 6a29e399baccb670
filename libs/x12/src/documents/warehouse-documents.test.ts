import { describe, expect, it } from '@jest/globals';
import { linesOf, problemsOf, RELEASES } from '../testing/written-sets.js';
import { toInventoryAdvice } from './inventory-advice.js';
import { toShipmentStatus, type ShipmentEvent } from './shipment-status.js';
import { toWarehouseOrder } from './warehouse-order.js';
import { toWarehouseReceipt } from './warehouse-receipt.js';
import { toWarehouseShippingAdvice } from './warehouse-shipping-advice.js';

const IDS = [
  { qualifier: 'VN', value: 'LAMP-1' },
  { qualifier: 'UP', value: '012345678905' },
  { qualifier: 'BP', value: '88-1' },
];
const PARTIES = [
  { role: 'ST', name: 'Bright Home', addressLines: ['18 Harbor Way'], city: 'Portland', state: 'OR' },
  { role: 'WH', name: 'Warehouse 1', idQualifier: '92', id: 'WH1' },
];

describe('a 940', () => {
  const segments = toWarehouseOrder({
    depositorOrderNumber: 'SHP-1',
    purchaseOrderNumber: '4500017',
    parties: PARTIES,
    references: [{ qualifier: 'DP', value: '014' }],
    dates: [{ qualifier: '10', on: '20261110' }],
    notes: ['Fragile.'],
    carrierCode: 'UPSN',
    lines: [
      {
        quantity: '20.5',
        unit: 'EA',
        ids: IDS,
        description: 'Desk lamp',
        references: [{ qualifier: 'LI', value: '1' }],
      },
      { quantity: '3.5', unit: 'EA', ids: IDS.slice(0, 1) },
    ],
  });

  it.each(RELEASES)('has a state in words where it has no code of two characters, in %s', (version) => {
    const place = { role: 'ST', name: 'Bright Home', city: 'Sydney', stateName: 'NSW', country: 'AU' };
    const order = toWarehouseOrder({ depositorOrderNumber: 'SHP-1', parties: [place], lines: [] });
    expect(linesOf(order)).toContain('N4*Sydney***AU*SP*NSW');
    expect(problemsOf('940', order, version)).toEqual([]);
  });

  it('tells the warehouse what to ship, to whom and how much in all', () => {
    expect(linesOf(segments)).toEqual(
      expect.arrayContaining([
        'W05*N*SHP-1*4500017',
        'G62*10*20261110',
        'W66*PP*M********UPSN',
        'LX*1',
        'W01*20.5*EA**VN*LAMP-1*UP*012345678905***BP*88-1',
        'W76*24',
      ]),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('940', segments, release)).toEqual([]);
    const cancelled = toWarehouseOrder({ status: 'F', depositorOrderNumber: 'SHP-1', parties: PARTIES, lines: [] });
    expect(problemsOf('940', cancelled, release)).toEqual([]);
  });
});

describe('a 945', () => {
  const advice = {
    depositorOrderNumber: 'SHP-1',
    shippedOn: '20261110',
    shipmentId: 'BOL-7',
    purchaseOrderNumber: '4500017',
    parties: PARTIES,
    references: [{ qualifier: 'BM', value: 'BOL-7' }],
    dates: [{ qualifier: '11', on: '20261110' }],
    carrierCode: 'UPSN',
    packs: [
      {
        marks: [{ qualifier: 'GM', value: '106141412345678908' }],
        lines: [
          {
            status: 'CP',
            quantityOrdered: '24',
            quantityShipped: '20',
            unit: 'EA',
            ids: IDS.slice(0, 1),
            lotNumber: 'L-1',
            references: [{ qualifier: 'LI', value: '1' }],
          },
        ],
      },
    ],
  };
  const segments = toWarehouseShippingAdvice(advice);

  it('says what left, what is missing and in which carton', () => {
    expect(linesOf(segments)).toEqual(
      expect.arrayContaining([
        'W06*F*SHP-1*20261110*BOL-7**4500017',
        'MAN*GM*00106141412345678908',
        'W12*CP*24*20*4*EA**VN*LAMP-1*L-1',
        'W03*20',
      ]),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('945', segments, release)).toEqual([]);
    const loose = { ...advice, packs: [{ lines: [{ status: 'CC', quantityShipped: '1', unit: 'EA', ids: IDS }] }] };
    expect(problemsOf('945', toWarehouseShippingAdvice(loose), release)).toEqual([]);
  });
});

describe('a 944', () => {
  const segments = toWarehouseReceipt({
    receivedOn: '20261110',
    receiptNumber: 'R-1',
    depositorOrderNumber: 'PO-9',
    shipmentId: 'BOL-7',
    parties: PARTIES,
    references: [{ qualifier: 'BM', value: 'BOL-7' }],
    dates: [{ qualifier: '09', on: '20261110' }],
    lines: [
      {
        quantity: '100',
        unit: 'EA',
        ids: IDS.slice(0, 2),
        lotNumber: 'L-1',
        references: [{ qualifier: 'LI', value: '1' }],
      },
      { quantity: '2', unit: 'CA', ids: IDS.slice(0, 1) },
    ],
  });

  it('says what came in', () => {
    expect(linesOf(segments)).toEqual(
      expect.arrayContaining(['W17*F*20261110*R-1*PO-9*BOL-7', 'W07*2*CA**VN*LAMP-1', 'W14*102']),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('944', segments, release)).toEqual([]);
  });
});

describe('an 846', () => {
  const segments = toInventoryAdvice({
    type: 'SI',
    reference: 'INV-20261110',
    countedOn: '20261110',
    countedAt: '0600',
    dates: [{ qualifier: '018', on: '20261110' }],
    references: [{ qualifier: 'IA', value: '5501' }],
    parties: PARTIES.slice(1),
    items: [
      {
        lineNumber: '1',
        ids: IDS,
        description: 'Desk lamp',
        quantities: [
          { qualifier: '33', quantity: '40', unit: 'EA' },
          { qualifier: '63', quantity: '100', unit: 'EA', dates: [{ qualifier: '018', on: '20261201' }] },
        ],
      },
    ],
  });

  it('says how much is there and how much will be', () => {
    expect(linesOf(segments)).toEqual(expect.arrayContaining(['QTY*33*40*EA', 'QTY*63*100*EA', 'DTM*018*20261201']));
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('846', segments, release)).toEqual([]);
  });
});

describe('a 214', () => {
  const at = { on: '20261112', at: '1405', zone: 'LT', city: 'Portland', state: 'OR', country: 'US' };
  const events: ShipmentEvent[] = [
    { status: 'AF', ...at },
    { status: 'SD', reason: 'AI', on: '20261113' },
    { appointment: 'AB', ...at },
    { status: 'D1', ...at },
  ];
  const segments = toShipmentStatus({
    carrierReference: '1Z999',
    shipmentId: 'SHP-1',
    carrierCode: 'UPSN',
    references: [{ qualifier: 'PO', value: '4500017' }],
    parties: PARTIES.slice(0, 1),
    events,
    weight: '41.5',
    pieces: 2,
  });

  it('tells a status or an appointment, never both', () => {
    expect(linesOf(segments)).toEqual(
      expect.arrayContaining([
        'L11*4500017*PO',
        'AT7*AF*NS***20261112*1405*LT',
        'AT7*SD*AI***20261113',
        'AT7***AB*NS*20261112*1405*LT',
        'MS1*Portland*OR*US',
        'AT8*G*L*41.5*2',
      ]),
    );
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s', (release) => {
    expect(problemsOf('214', segments, release)).toEqual([]);
  });
});
