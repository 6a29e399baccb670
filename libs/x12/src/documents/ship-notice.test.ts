import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linesOf, problemsOf, RELEASES } from '../testing/written-sets.js';
import { toShipNotice, type ShipNotice, type ShippedOrder } from './ship-notice.js';
import type { ShippedItem } from './shipped-item.js';
import { checkDigit, isSscc } from './sscc.js';

const SSCC = `00614141123456789${checkDigit('00614141123456789')}`;
const item: ShippedItem = {
  lineNumber: '10',
  ids: [{ qualifier: 'VP', value: 'LAMP-1' }],
  quantityShipped: '20',
  unit: 'EA',
  quantityOrdered: '24',
  status: 'BP',
  description: 'Desk lamp',
};
const order: ShippedOrder = { purchaseOrderNumber: '4500017', purchaseOrderDate: '20261101' };
const pack = { mark: { qualifier: 'GM', value: SSCC }, items: [item, item] };
const aNotice = (orders: readonly ShippedOrder[], change: Partial<ShipNotice> = {}): ShipNotice => ({
  shipmentId: 'SHP-1',
  createdOn: '20261102',
  createdAt: '0915',
  cartons: 2,
  weight: { value: '41.50', unit: 'LB' },
  carrierCode: 'UPSN',
  trailerNumber: '5512',
  references: [{ qualifier: 'BM', value: '778' }],
  dates: [{ qualifier: '011', on: '20261102' }],
  parties: [{ role: 'ST', name: 'Bright Home', idQualifier: '92', id: '0012', city: 'Portland', state: 'OR' }],
  orders,
  ...change,
});
const levelsOf = (notice: ShipNotice) => linesOf(toShipNotice(notice)).filter((line) => line.startsWith('HL'));

describe('an 856', () => {
  const packed = aNotice([{ ...order, packs: [pack] }]);
  const loose = aNotice([{ ...order, items: [item] }], { countOf: 'LIN' });
  const onPallets = aNotice([{ ...order, tares: [{ mark: { qualifier: 'GM', value: SSCC }, packs: [pack] }] }]);

  it('numbers its levels so that every parent comes before its children', () => {
    expect(levelsOf(packed)).toEqual(['HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*P*1', 'HL*4*3*I*0', 'HL*5*3*I*0']);
    expect(levelsOf(onPallets)).toEqual([
      'HL*1**S*1',
      'HL*2*1*O*1',
      'HL*3*2*T*1',
      'HL*4*3*P*1',
      'HL*5*4*I*0',
      'HL*6*4*I*0',
    ]);
  });

  it('tells of several orders, each with its own packs and loose goods', () => {
    const two = aNotice([
      { ...order, packs: [pack], items: [item] },
      { ...order, purchaseOrderNumber: '2', items: [item] },
    ]);
    const parents = levelsOf(two).map((line) => line.split('*').slice(1, 4).join(' '));
    expect(parents).toEqual(['1  S', '2 1 O', '3 2 P', '4 3 I', '5 3 I', '6 2 I', '7 1 O', '8 7 I']);
  });

  it('counts levels or lines, as the partner wants, and says how it is built', () => {
    const ends = (notice: ShipNotice) => [linesOf(toShipNotice(notice)).at(0), linesOf(toShipNotice(notice)).at(-1)];
    expect(ends(packed)).toEqual(['BSN*00*SHP-1*20261102*0915*0001', 'CTT*5']);
    expect(ends(loose)).toEqual(['BSN*00*SHP-1*20261102*0915*0004', 'CTT*1']);
  });

  it('puts 00 before an SSCC of eighteen digits, and nothing before any other label', () => {
    const marks = (qualifier: string, value: string) =>
      linesOf(toShipNotice(aNotice([{ ...order, packs: [{ mark: { qualifier, value }, items: [item] }] }]))).find(
        (line) => line.startsWith('MAN'),
      );
    expect(marks('GM', SSCC)).toBe(`MAN*GM*00${SSCC}`);
    expect(marks('GM', `00${SSCC}`)).toBe(`MAN*GM*00${SSCC}`);
    expect(marks('CP', '1Z999')).toBe('MAN*CP*1Z999');
  });

  describe('in the structure that the partner wants', () => {
    const label = (value: string) => ({ qualifier: 'GM', value });
    const packOf = (quantityShipped: string, n: number, one = item) => ({
      mark: label(`0061414112345678${n}`),
      items: [{ ...one, quantityShipped }],
    });
    const lamps = [packOf('12', 1), packOf('12', 2), packOf('6', 3)];
    const other = { ...item, lineNumber: '20', ids: [{ qualifier: 'VP', value: 'SHADE-2' }] };
    const shown = (goods: Partial<ShippedOrder>, structure: ShipNotice['structure']) =>
      linesOf(toShipNotice(aNotice([{ ...order, ...goods }], { structure, countOf: 'LIN' })))
        .filter((line) => /^(BSN|HL|MAN|SN1|PO4|CTT)/.test(line))
        .map((line) => line.replace(/\*24\*EA\*\*BP$/, ''));

    it('0002 has an item for packs that hold as much of it, and those packs below it', () => {
      expect(shown({ packs: lamps }, '0002')).toEqual([
        'BSN*00*SHP-1*20261102*0915*0002',
        ...['HL*1**S*1', 'HL*2*1*O*1'],
        ...['HL*3*2*I*1', 'SN1*10*24*EA*', 'PO4*12', 'HL*4*3*P*0', 'MAN*GM*00614141123456781', 'HL*5*3*P*0'],
        ...[
          'MAN*GM*00614141123456782',
          'HL*6*2*I*1',
          'SN1*10*6*EA*',
          'PO4*6',
          'HL*7*6*P*0',
          'MAN*GM*00614141123456783',
        ],
        'CTT*2',
      ]);
    });

    it('0002 has pallets above its items', () => {
      const tares = [{ mark: label('1'), packs: lamps.slice(0, 2) }];
      const levels = shown({ tares, packs: lamps.slice(2) }, '0002').filter((line) => line.startsWith('HL'));
      expect(levels.map((line) => line.split('*').slice(1, 4).join(' '))).toEqual(
        ['1  S', '2 1 O', '3 2 T', '4 3 I', '5 4 P', '6 4 P', '7 2 I', '8 7 P'], // prettier-ignore
      );
    });

    it('0002 becomes 0001 where a pack holds several items, whose label would stand twice', () => {
      const mixed = { ...packOf('12', 1), items: [item, other] };
      expect(shown({ packs: [mixed, packOf('12', 2)] }, '0002')).toEqual(
        shown({ packs: [mixed, packOf('12', 2)] }, '0001'),
      );
    });

    it('0004 tells of no packs, and of each item once, with the sum of all packs', () => {
      const goods = { packs: [...lamps, packOf('0.5', 4, other)], items: [{ ...item, quantityShipped: '1.5' }] };
      expect(shown(goods, '0004')).toEqual([
        'BSN*00*SHP-1*20261102*0915*0004',
        ...['HL*1**S*1', 'HL*2*1*O*1', 'HL*3*2*I*0', 'SN1*10*31.5*EA*', 'HL*4*2*I*0', 'SN1*20*0.5*EA*'],
        'CTT*2',
      ]);
    });

    it.each(['0001', '0002'] as const)('%s is 0004 where nothing is told of packs', (structure) => {
      expect(shown({ items: [item] }, structure)[0]).toBe('BSN*00*SHP-1*20261102*0915*0004');
    });

    it('has no pack quantity that PO401 cannot hold', () => {
      expect(shown({ packs: [packOf('1.5', 1)] }, '0002').filter((line) => line.startsWith('PO4'))).toEqual([]);
      expect(shown({ packs: [packOf('1000000', 1)] }, '0002').filter((line) => line.startsWith('PO4'))).toEqual([]);
    });
  });

  it.each(RELEASES)('is good in the eyes of our own reader in %s, with pallets, packs and without', (release) => {
    const bare = aNotice([order], { cartons: undefined, carrierCode: undefined, routing: 'OUR TRUCK' });
    for (const notice of [packed, loose, onPallets, bare])
      expect(problemsOf('856', toShipNotice(notice), release)).toEqual([]);
  });
});

describe('any shipment', () => {
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 3 });
  const decimal = fc.tuple(fc.nat(99_999), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`);
  const items = some(decimal.map((quantityShipped): ShippedItem => ({ ...item, quantityShipped })));
  const packs = some(items.map((inside) => ({ mark: { qualifier: 'GM', value: SSCC }, items: inside })));
  const tares = some(packs.map((inside) => ({ mark: { qualifier: 'GM', value: SSCC }, packs: inside })));
  const orders = some(fc.record({ tares, packs, items }).map((goods): ShippedOrder => ({ ...order, ...goods })));

  const structures = fc.constantFrom('0001', '0002', '0004');

  it('has every parent before its children, says who has children, and counts its levels', () => {
    fc.assert(
      fc.property(orders, structures, (all, structure) => {
        const notice = aNotice(all, { structure });
        const written = linesOf(toShipNotice(notice));
        const levels = levelsOf(notice).map((line) => line.split('*'));
        const parents = levels.map(([, , parent]) => Number(parent));
        expect(levels.map(([, id]) => Number(id))).toEqual(levels.map((_, n) => n + 1));
        expect(parents.slice(1).every((parent, n) => parent >= 1 && parent < n + 2)).toBe(true);
        expect(levels.map((level) => level[4])).toEqual(levels.map((_, n) => (parents.includes(n + 1) ? '1' : '0')));
        expect(written.at(-1)).toBe(`CTT*${levels.length}`);
      }),
    );
  });

  it('is good in the eyes of our own reader', () => {
    fc.assert(
      fc.property(orders, structures, fc.constantFrom(...RELEASES), (all, structure, release) => {
        expect(problemsOf('856', toShipNotice(aNotice(all, { structure })), release)).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('an SSCC', () => {
  it('is right only with the check digit that belongs to it', () => {
    expect(isSscc(SSCC)).toBe(true);
    expect(isSscc('106141412345678908')).toBe(true);
    expect(isSscc('106141412345678907')).toBe(false);
    expect(isSscc('10614141234567890')).toBe(false);
    expect(() => checkDigit('12')).toThrow(RangeError);
  });
});
