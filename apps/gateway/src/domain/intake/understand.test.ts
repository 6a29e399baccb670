import { describe, expect, it } from '@jest/globals';
import { anIntake } from '../../testing/client.js';
import { understandOrder, type Arrival } from './understand.js';

const arrival: Arrival = {
  documentId: 'd-1',
  rawSha256: '0'.repeat(64),
  receivedAt: '2026-02-03T10:00:00.000Z',
  sender: 'rk_1',
};

function issuesOf(change: Record<string, unknown>, as: Partial<Arrival> = {}): { at: string }[] {
  const understood = understandOrder(anIntake(change), { ...arrival, ...as });
  return understood.ok ? [] : understood.issues.map(({ at }) => ({ at }));
}

describe('a JSON order', () => {
  it('becomes a canonical order with amounts to the cent and a place for every field', () => {
    const understood = understandOrder(
      anIntake({
        shipTo: { name: 'Acme DC 7', postalAddress: { lines: ['1 Main St'], country: 'US' } },
        lines: [
          {
            sku: 'RH-1003',
            gtin: '12345670',
            quantity: '1000',
            price: '0.0375',
            taxPercent: '8',
            allowanceCharges: [{ isCharge: false, reason: 'promo', amount: '1.25' }],
          },
        ],
        allowanceCharges: [{ isCharge: true, reason: 'freight', amount: '10' }],
        notes: ['handle with care'],
      }),
      arrival,
    );
    if (!understood.ok) throw new Error(JSON.stringify(understood.issues));
    const { order } = understood;
    expect(order.totals).toMatchObject({
      lineExtension: { minor: 3625 },
      charges: { minor: 1000 },
      tax: { minor: 290 },
      payable: { minor: 4915 },
    });
    expect(order.lines[0]).toMatchObject({
      lineId: '1',
      item: { sellersItemId: 'RH-1003', standardItemId: '12345670' },
      quantity: { unitCode: 'EA' },
    });
    expect(order.provenance.fields).toMatchObject({
      '/parties/1/postalAddress/lines/0': '/shipTo/postalAddress/lines/0',
      '/lines/0/quantity/value': '/lines/0/quantity',
      '/lines/0/allowanceCharges/0/amount/minor': '/lines/0/allowanceCharges/0/amount',
      '/notes/0/text': '/notes/0',
    });
  });

  it('points into the order with every place it names', () => {
    const understood = understandOrder(anIntake({ shipTo: { name: 'x' }, tax: '1', notes: ['a'] }), arrival);
    if (!understood.ok) throw new Error('not understood');
    for (const place of Object.keys(understood.order.provenance.fields)) {
      const found = place
        .slice(1)
        .split('/')
        .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], understood.order);
      expect([place, found === undefined]).toEqual([place, false]);
    }
  });

  it('is dated today where it does not say, and belongs to the account of the key', () => {
    const understood = understandOrder(anIntake({ issuedOn: undefined, buyer: undefined }), {
      ...arrival,
      accountId: 'BOLT',
    });
    expect(understood).toMatchObject({
      ok: true,
      order: { issuedOn: '2026-02-03', parties: [{ role: 'buyer', accountId: 'BOLT' }] },
    });
  });

  it('names every fault at once, each in the sender’s own places', () => {
    expect(issuesOf({ currency: 'QQQ', lines: [{ sku: 'A', quantity: 1, price: '1' }] })).toEqual([
      { at: '/currency' },
      { at: '/lines/0/quantity' },
    ]);
    expect(issuesOf({ purchaseOrderNumber: '' })).toEqual([{ at: '/purchaseOrderNumber' }]);
    expect(issuesOf({ lines: [] })).toEqual([{ at: '/lines' }]);
    expect(issuesOf({ buyer: { name: 'Nobody' } })).toEqual([{ at: '/buyer/accountId' }]);
    expect(issuesOf({}, { accountId: 'BOLT' })).toEqual([{ at: '/buyer/accountId' }]);
  });

  it('is refused at the line whose amount cannot be computed, and not taken for an order at zero', () => {
    const huge = '999999999999999';
    expect(issuesOf({ lines: [{ sku: 'A', quantity: huge, price: huge }] })).toEqual([{ at: '/lines/0' }]);
    expect(issuesOf({ lines: [{ sku: 'A', quantity: '1', price: '1', baseQuantity: '0' }] })).toEqual([
      { at: '/lines/0/baseQuantity' },
    ]);
    expect(issuesOf({ purchaseOrderNumber: ' ' })).toEqual([{ at: '/purchaseOrderNumber' }]);
  });

  it('is for one item a line: two numbers of ours that differ are refused', () => {
    const of = (change: object) => issuesOf({ lines: [{ sku: 'A', quantity: '1', price: '1', ...change }] });
    expect(of({ item: { sellersItemId: 'B' } })).toEqual([{ at: '/lines/0/item/sellersItemId' }]);
    expect(of({ gtin: '12345670', item: { standardItemId: '40123455' } })).toEqual([
      { at: '/lines/0/item/standardItemId' },
    ]);
    expect(of({ item: { sellersItemId: 'A', standardItemId: '40123455' } })).toEqual([]);
  });

  it('takes an amount as fine as its currency, and not finer', () => {
    expect(issuesOf({ tax: '1.25' })).toEqual([]);
    expect(issuesOf({ tax: '1.250' })).toEqual([]);
    expect(issuesOf({ tax: '1.255' })).toEqual([{ at: '/tax' }]);
    expect(issuesOf({ currency: 'KWD', tax: '1.255' })).toEqual([]);
  });

  it('is not said to be paid by the partner who is to pay it', () => {
    expect(issuesOf({ prepaid: '125.00' })).toEqual([]);
    expect(issuesOf({ prepaid: '125.00' }, { accountId: 'ACME' })).toEqual([{ at: '/prepaid' }]);
  });

  it('is refused when it is no object at all', () => {
    for (const body of [null, 1, 'x', [], {}]) expect(understandOrder(body, arrival).ok).toBe(false);
  });
});
