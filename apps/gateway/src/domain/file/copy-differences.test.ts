import { describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import { anOrder } from '@railhead/testing';
import { copyAsChange } from '../accept-copy.js';
import { copyDifferences } from './copy-differences.js';

interface Line {
  readonly number: string;
  readonly sku: string;
  readonly quantity: string;
  readonly price?: string;
  readonly unitCode?: string;
}
const BOLT: Line = { number: '10', sku: 'RH-1001', quantity: '10' };
const NUT: Line = { number: '20', sku: 'RH-1009', quantity: '5' };

function order(lines: readonly Line[], more: Partial<CanonicalOrder> = {}): CanonicalOrder {
  const made = anOrder({
    purchaseOrderNumber: 'PO-7',
    lines: lines.map(({ number, sku, quantity, price = '2.50', unitCode = 'EA' }, index) => ({
      lineId: String(index + 1),
      buyerLineId: number,
      item: { sellersItemId: sku },
      quantity: { value: quantity, unitCode },
      price: { amount: price },
    })),
  });
  return { ...made, ...more };
}
const first = order([BOLT, NUT]);

describe('what another copy of an order says differently', () => {
  it.each<[string, CanonicalOrder, object[]]>([
    ['nothing', order([BOLT, NUT]), []],
    ['nothing, the number in other letters', order([BOLT, NUT], { purchaseOrderNumber: 'po-7' }), []],
    ['a quantity', order([{ ...BOLT, quantity: '11' }, NUT]), [{ at: 'line 10 quantity', was: '10 EA', is: '11 EA' }]],
    ['a price', order([BOLT, { ...NUT, price: '3' }]), [{ at: 'line 20 price amount', was: '2.5', is: '3' }]],
    ['a line that is gone', order([NUT]), [{ at: 'line 10', was: '10 EA of RH-1001 at 2.5', is: null }]],
    [
      'a line that is new, before the others',
      order([{ ...BOLT, number: '5', sku: 'RH-1' }, BOLT, NUT]),
      [{ at: 'line 5', was: null, is: '10 EA of RH-1 at 2.5' }],
    ],
    [
      'other goods',
      order([{ ...BOLT, sku: 'RH-2' }, NUT]),
      [{ at: 'line 10 item sellers item id', was: 'RH-1001', is: 'RH-2' }],
    ],
    [
      'a day, of the header',
      order([BOLT, NUT], { delivery: { requestedTo: '2026-04-01' } }),
      [{ at: 'delivery requested to', was: null, is: '2026-04-01' }],
    ],
  ])('is told in words: %s', (_what, other, told) => {
    expect(copyDifferences(first, other)).toEqual(told);
  });

  it('names a party by its role, and an address to the line', () => {
    const shipTo = (street: string) => ({
      role: 'shipTo' as const,
      identifiers: [],
      postalAddress: { lines: [street] },
    });
    const [was, is] = ['Dock 1', 'Dock 2'].map((dock) => order([BOLT], { parties: [first.parties[0]!, shipTo(dock)] }));
    expect(copyDifferences(was!, is!)).toEqual([{ at: 'ship to postal address lines 1', was: 'Dock 1', is: 'Dock 2' }]);
  });
});

describe('another copy as a change of the order', () => {
  it('is the quantities, prices and lines that differ, under the names of the copy that counts', () => {
    const other = order([
      { ...BOLT, quantity: '11', price: '2.25' },
      { number: '30', sku: 'RH-1', quantity: '1' },
    ]);
    expect(copyAsChange(first, other)).toEqual({
      ok: true,
      changes: [
        { lineId: '1', buyerLineId: '10', action: 'quantity', quantity: '11', unitCode: 'EA' },
        { lineId: '1', buyerLineId: '10', action: 'price', price: '2.25' },
        { lineId: '2', buyerLineId: '20', action: 'delete' },
        expect.objectContaining({ buyerLineId: '30', action: 'add', quantity: '1', price: '2.5' }),
      ],
    });
  });

  it('does not mind the day the paper was written, nor names that only one of them gives', () => {
    const buyer = { role: 'buyer' as const, accountId: 'ACME', identifiers: [{ scheme: 'GLN', value: '1' }] };
    const other = order([{ ...BOLT, quantity: '11' }, NUT], {
      issuedOn: '2026-02-09',
      parties: [buyer, ...first.parties.slice(1)],
    });
    expect(copyAsChange(first, other)).toMatchObject({ ok: true, changes: [{ action: 'quantity' }] });
  });

  it('cannot be another store, by its number', () => {
    const forStore = (value: string) =>
      order([BOLT], { parties: first.parties.map((one) => ({ ...one, identifiers: [{ scheme: 'BUYER', value }] })) });
    expect(copyAsChange(forStore('7'), forStore('9'))).toMatchObject({
      ok: false,
      beyond: expect.arrayContaining(['ship to identifiers 1 value']),
    });
  });

  it.each<[string, CanonicalOrder, string]>([
    ['other goods in a line', order([{ ...BOLT, sku: 'RH-2' }, NUT]), 'line 10 item sellers item id'],
    ['another currency', order([BOLT, NUT], { currency: 'EUR' }), 'currency'],
  ])('cannot be: %s', (_what, other, place) => {
    const judged = copyAsChange(first, other);
    expect(judged.ok ? [] : judged.beyond).toContain(place);
  });
});
