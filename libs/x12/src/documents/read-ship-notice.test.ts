import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setsIn, readAll, theSet, an850 } from '../testing/fixtures.js';
import { interchangeWith } from '../testing/written-sets.js';
import type { SegmentValues } from '../write/segment-values.js';
import { readShipNotice, type ShipNoticeLevel, type ShipNoticeRead } from './read-ship-notice.js';
import type { ShippedItem } from './shipped-item.js';
import { toShipNotice, type ShippedOrder } from './ship-notice.js';

const read = (segments: readonly SegmentValues[]): ShipNoticeRead => {
  const [notice] = setsIn(readAll(interchangeWith('856', segments, '004010'))).map(readShipNotice);
  if (notice === undefined) throw new Error('expected an 856');
  return notice;
};
const tree = (levels: readonly ShipNoticeLevel[]): string =>
  levels.map(({ code, children }) => code + (children.length === 0 ? '' : `(${tree(children)})`)).join(' ');
const everyLevel = (levels: readonly ShipNoticeLevel[]): ShipNoticeLevel[] =>
  levels.flatMap((level) => [level, ...everyLevel(level.children)]);

const head = { shipmentId: 'SHP-1', createdOn: '20261102', createdAt: '0915' };
const item = (quantityShipped: string, name = 'LAMP-1'): ShippedItem => ({
  ...{ lineNumber: '10', ids: [{ qualifier: 'VP', value: name }], quantityShipped, unit: 'EA' },
  ...{ quantityOrdered: '24', status: 'BP', description: 'Desk lamp' },
});
const pack = (value: string, ...items: ShippedItem[]) => ({ mark: { qualifier: 'CP', value }, items });

describe('an 856 that is read', () => {
  it('says who ships what where, level by level', () => {
    const notice = read(
      toShipNotice({
        ...head,
        references: [{ qualifier: 'BM', value: '778' }],
        dates: [{ qualifier: '011', on: '20261102', at: '1200' }],
        parties: [
          {
            role: 'ST',
            name: 'Bright Home',
            idQualifier: '92',
            id: '0012',
            addressLines: ['1 Pier'],
            city: 'Portland',
          },
        ],
        orders: [{ purchaseOrderNumber: '4500017', purchaseOrderDate: '20261101', packs: [pack('1Z1', item('20'))] }],
      }),
    );
    expect(notice).toMatchObject({ purpose: '00', shipmentId: 'SHP-1', createdOn: '20261102', structure: '0001' });
    const [shipment, order, box, goods] = everyLevel(notice.levels);
    expect(shipment).toMatchObject({
      ...{ code: 'S', references: [{ qualifier: 'BM', value: '778' }] },
      dates: [{ qualifier: '011', on: '20261102', at: '1200' }],
      parties: [
        { role: 'ST', name: 'Bright Home', idQualifier: '92', id: '0012', addressLines: ['1 Pier'], city: 'Portland' },
      ],
    });
    expect(order).toMatchObject({ code: 'O', order: { number: '4500017', orderedOn: '20261101' }, item: undefined });
    expect(box).toMatchObject({ code: 'P', marks: [{ qualifier: 'CP', value: '1Z1' }] });
    expect(goods).toMatchObject({ code: 'I', item: item('20'), children: [] });
  });

  it.each([
    ['0001', 'S(O(P(I) P(I)))'],
    ['0002', 'S(O(I(P P)))'],
    ['0004', 'S(O(I))'],
  ] as const)('stands as %s wants it', (structure, expected) => {
    const packs = [pack('1', item('12')), pack('2', item('12'))];
    const notice = read(toShipNotice({ ...head, structure, orders: [{ purchaseOrderNumber: '1', packs }] }));
    expect([notice.structure, tree(notice.levels)]).toEqual([structure, expected]);
  });

  it('has a level at the top whose parent does not come before it, with a note for each', () => {
    const set = theSet(
      interchangeWith(
        '856',
        [
          ...([
            ['BSN', '00', 'S1', '20261102', '0915'],
            ['HL', '1', undefined, 'S'],
            ['HL', '2', '3', 'O'],
          ] as const),
          ...([
            ['PRF', '7'],
            ['HL', '03', '1', 'O'],
            ['HL', '3', '2', 'I'],
            ['LIN', '1', 'VP', 'X'],
            ['CTT', '4'],
          ] as const),
        ],
        '004010',
      ),
    );
    expect(tree(readShipNotice(set)?.levels ?? [])).toBe('S(O) O(I)');
    expect(set.errors).toBe(0);
    expect(set.issues.map(({ code, place, value }) => [code, place.ordinal, place.element, place.loop, value])).toEqual(
      [
        ['hierarchy-parent', 4, 2, 'HL', '3'],
        ['hierarchy-parent', 7, 1, 'HL', '3'],
      ],
    );
  });

  it('is no other set', () => {
    expect(readShipNotice(theSet(an850('BEG*00*SA*1**20261102', 'PO1*1*2*EA')))).toBeUndefined();
  });
});

describe('any 856 of ours', () => {
  const some = <T>(one: fc.Arbitrary<T>) => fc.array(one, { maxLength: 4 });
  const goods = fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom('A', 'B'))
    .map(([n, name]) => item(String(n), name));
  const packs = some(goods.map((one) => pack('1', one)));
  const tares = some(packs.map((inside) => ({ mark: { qualifier: 'CP', value: 'T' }, packs: inside })));
  const orders = some(
    fc.record({ tares, packs, items: some(goods) }).map((one): ShippedOrder => ({ purchaseOrderNumber: '1', ...one })),
  );

  it('says the same quantities of the same goods in every structure, and as many labels where it tells of packs', () => {
    fc.assert(
      fc.property(orders, (all) => {
        const told = (['0001', '0002', '0004'] as const).map((structure) => {
          const levels = everyLevel(read(toShipNotice({ ...head, structure, orders: all })).levels);
          const items = levels.flatMap((level) => level.item ?? []);
          const sumOf = (name: string) =>
            items
              .filter(({ ids }) => ids[0]?.value === name)
              .reduce((sum, { quantityShipped }) => sum + Number(quantityShipped), 0);
          return { goods: [sumOf('A'), sumOf('B')], labels: levels.filter(({ code }) => code === 'P').length };
        });
        expect(told[1]).toEqual(told[0]);
        expect(told[2]?.goods).toEqual(told[0]?.goods);
      }),
      { numRuns: 100 },
    );
  });
});
