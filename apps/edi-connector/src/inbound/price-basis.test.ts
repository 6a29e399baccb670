import { describe, expect, it } from '@jest/globals';
import { faults, order, BEG } from '../testing/read-order.js';
import { priceBasisOf } from './price-basis.js';

const line = (quantity: string, unit: string, price: string, basis: string) =>
  `PO1*1*${quantity}*${unit}*${price}*${basis}*VP*RH-1`;
const payable = (...args: Parameters<typeof line>) => order([], [], line(...args)).totals.payable.minor;

describe('what a price of an 850 is for', () => {
  it.each([
    ['one', 'PE', '240000'],
    ['ten', 'PN', '24000'],
    ['a dozen', 'PD', '20000'],
    ['a dozen, from the contract', 'TD', '20000'],
    ['a hundred', 'HP', '2400'],
    ['a hundred, as quoted', 'QH', '2400'],
    ['a hundred, from the contract', 'TC', '2400'],
    ['a thousand', 'TP', '240'],
    ['a thousand, from the catalogue', 'LM', '240'],
    ['ten thousand', 'TT', '24'],
  ])('may be %s', (_what, basis, minor) => {
    expect(payable('2400', 'EA', '1.00', basis)).toBe(Number(minor));
  });

  it('is one dozen where dozens are ordered', () => {
    expect(payable('24', 'DZ', '1.00', 'PD')).toBe(2400);
  });

  it('is so much of a measure: it gives no amount for goods in another', () => {
    expect(payable('300', 'FT', '1.00', 'HF')).toBe(300);
    expect(payable('3', 'KG', '1.00', 'PK')).toBe(300);
    expect(faults(BEG, line('300', 'EA', '1.00', 'HF'))).toEqual(['PO105']);
    expect(priceBasisOf('HF', 'EA')).toBe('a price for 100 FT gives no amount for goods in EA');
  });

  it('stands in CTP09 where CTP has the price, and counts from PO105 where both are there', () => {
    const ctp = (basis: string) => order([], ['CTP*WH*NET*1.00******HP'], `PO1*1*2400*EA**${basis}*VP*RH-1`);
    expect(ctp('').totals.payable.minor).toBe(2400);
    expect(ctp('').provenance.fields['/lines/0/price/baseQuantity']).toBe('CTP09');
  });

  it('comes from a contract where the code says so, and is kept as it is where the code says nothing that counts', () => {
    expect(order([], [], line('1', 'EA', '1.00', 'CT')).lines[0]!.price).toEqual({ amount: '1', source: 'contract' });
    const quoted = order([], [], line('1', 'EA', '1.00', 'QT'));
    expect([quoted.lines[0]!.price, quoted.extras]).toEqual([{ amount: '1' }, { PO105: 'QT' }]);
  });

  it('is for as many as CTP11 says: three for 10.00', () => {
    const found = order([], ['CTP**UCP*10.00********3'], 'PO1*1*12*EA***VP*RH-1');
    expect(found.totals.payable.minor).toBe(4000);
    expect(found.lines[0]!.price).toEqual({ amount: '10', baseQuantity: '3' });
    expect(found.provenance.fields['/lines/0/price/baseQuantity']).toBe('CTP11');
    expect(order([], ['CTP**UCP*10.00********1'], 'PO1*1*12*EA***VP*RH-1').lines[0]!.price).toEqual({ amount: '10' });
  });

  it('gives no amount where CTP05 names another unit than the ordered one', () => {
    const priced = (unit: string) => [BEG, 'PO1*1*12*EA***VP*RH-1', `CTP**UCP*120.00*1*${unit}`] as const;
    expect(faults(...priced('CA'))).toEqual(['CTP05']);
    expect(faults(...priced('EA'))).toEqual([]);
  });
});
