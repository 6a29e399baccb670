import { describe, expect, it } from '@jest/globals';
import type { Party } from '@railhead/contracts';
import { linesOf, partnerWith, readBack } from '../testing/read-back.js';
import { toShippingOrder } from './warehouse-order.mapper.js';

const ids = { orderId: '018f0000-0000-7000-8000-000000000001', shipmentId: '018f0000-0000-7000-8000-00000000000b' };
const asked = (shipTo: Partial<Party>, unitCode = 'EA') => {
  const partner = partnerWith({ role: 'warehouse', warehouse: 'WEST', units: { CS: 'CA' } });
  const lines = [{ lineId: '1', sku: 'RH-1', quantity: '10', unitCode }];
  const place: Party = { role: 'shipTo', identifiers: [], ...shipTo };
  const request = { ...ids, warehouse: 'WEST', purchaseOrderNumber: 'PO-1', shipTo: place, lines };
  return readBack('940', toShippingOrder(request, partner), partner);
};
const address = (postalAddress: Partial<NonNullable<Party['postalAddress']>>) => {
  const set = asked({ name: 'Acme', postalAddress: { lines: [], ...postalAddress } });
  return [...linesOf(set, 'N3'), ...linesOf(set, 'N4')];
};

describe('the place in a 940', () => {
  it.each([
    ['NY', 'Reno*NY'],
    ['ny', 'Reno*NY'],
    ['US-NY', 'Reno*NY'],
    ['Nevada', 'Reno****SP*Nevada'],
    ['NSW', 'Reno****SP*NSW'],
    ['AU-NSW', 'Reno****SP*NSW'],
    ['New York', 'Reno****SP*New York'],
  ])('has its state as a code of two characters, or in words, and never a part of the word: %s', (subdivision, n4) => {
    expect(address({ city: 'Reno', subdivision })).toEqual([n4]);
  });

  it('has what no element of N4 takes in a line of the address', () => {
    expect(address({ lines: ['1 Rue'], city: 'Y', postalCode: '80' })).toEqual(['1 Rue*Y', '80']);
    expect(address({ lines: ['', ' '], city: 'Ay', postalCode: '801' })).toEqual(['Ay**801']);
  });

  it('has all of its address, broken between words', () => {
    const long = `${'Gate '.repeat(12)}4`;
    expect(address({ lines: [long, 'b'] })).toEqual([`${'Gate '.repeat(11).trim()}*Gate 4`, 'b']);
    expect(address({ lines: ['a', 'b', 'c', 'd', 'e', 'f'] })).toEqual(['a b c d e f']);
  });

  it.each([
    ['X12-54', '54'],
    ['X12-ZZ', 'ZZ'],
    ['X12-', '92'],
    ['GLN', 'UL'],
  ])('has its number, whoever gave it: %s', (scheme, qualifier) => {
    expect(linesOf(asked({ identifiers: [{ scheme, value: '0042' }] }), 'N1')[0]).toBe(
      `ST*SEE ORDER*${qualifier}*0042`,
    );
  });

  it('is named by a number that X12 has no room for', () => {
    expect(linesOf(asked({ identifiers: [{ scheme: 'BUYER', value: '7' }] }), 'N1')[0]).toBe('ST*7');
  });

  it('is named by the person there, else by the order', () => {
    expect(linesOf(asked({ contact: { name: 'Ada' } }), 'N1')[0]).toBe('ST*Ada');
    expect(linesOf(asked({ name: ' ' }), 'N1')[0]).toBe('ST*SEE ORDER');
    expect(linesOf(asked({ name: 'x'.repeat(120) }), 'N1')[0]).toBe(`ST*${'x'.repeat(60)}`);
  });
});

describe('the unit in a 940', () => {
  it.each([
    ['CA', 'CS'],
    ['KGM', 'KG'],
    ['C62', 'EA'],
    ['EA', 'EA'],
  ])('is the warehouse’s own, or X12’s: %s', (ours, theirs) => {
    expect(linesOf(asked({}, ours), 'W01')).toEqual([`10*${theirs}**VN*RH-1`]);
  });
});
