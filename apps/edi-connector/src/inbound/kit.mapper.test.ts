import { describe, expect, it } from '@jest/globals';
import type { Echo } from './echo.js';
import { BEG, faults, LINE, order, orderOf, read, remarks } from '../testing/read-order.js';

describe('a kit', () => {
  it('has its parts behind it, at no price of their own', () => {
    const found = order(
      [],
      ['PID*F****Tool box', 'SLN*1**I*2*EA*4.00***VP*RH-7', 'PID*F****Saw', 'SLN*2**I*1*EA****VP*RH-8'],
    );
    expect(found.lines).toMatchObject([
      { lineId: '1', item: { name: 'Tool box' }, lineExtensionAmount: { minor: 12_500 } },
      { lineId: '1.1', parentLineId: '1', item: { sellersItemId: 'RH-7', name: 'Saw' }, quantity: { value: '2' } },
      { lineId: '1.2', parentLineId: '1', price: { amount: '0' } },
    ]);
    expect(found.totals.payable.minor).toBe(12_500);
    expect(found.extras).toEqual({ 'SLN[1]/SLN06': '4.00' });
  });

  it('costs more where a part is added at a price', () => {
    const found = order([], ['SLN*1**A*2*EA*4.00***VP*RH-7']);
    expect(found.lines[1]).toMatchObject({ parentLineId: '1', price: { amount: '4' } });
    expect(found.totals.payable.minor).toBe(13_300);
    expect(faults(BEG, LINE, 'SLN*1**A*2*EA****VP*RH-7')).toEqual(['SLN06']);
  });

  it('is answered for the parts that are sold, in the words of their SLN', () => {
    const { echoes } = read(BEG, LINE, 'SLN*1**I*2*EA****VP*RH-7', 'SLN*2**A*1*CS*4.00***VP*RH-8*IN*A-8') as {
      echoes: readonly Echo[];
    };
    expect(echoes.slice(1)).toEqual([
      {
        lineId: '1.2',
        buyerLineId: '2',
        unit: 'CS',
        ids: [
          { qualifier: 'VP', value: 'RH-8' },
          { qualifier: 'IN', value: 'A-8' },
        ],
      },
    ]);
  });

  it('has no parts that were taken out or stand for others', () => {
    const found = order([], ['SLN*1**D*2*EA****VP*RH-7', 'SLN*2**S*1*EA****VP*RH-8']);
    expect(found.lines).toHaveLength(1);
    expect(found.extras).toEqual({ 'SLN[1]': 'SLN*1**D*2*EA****VP*RH-7', 'SLN[2]': 'SLN*2**S*1*EA****VP*RH-8' });
  });

  it('is one line where the sender counts, and for the lines that follow', () => {
    const segments = [BEG, LINE, 'SLN*1**I*2*EA****VP*RH-7', 'PO1*2*1*EA*1.00**VP*RH-2', 'CTT*2'];
    expect(remarks(...segments)).toEqual([]);
    expect(orderOf(...segments).lines.map(({ lineId }) => lineId)).toEqual(['1', '1.1', '2']);
    expect(orderOf(...segments).provenance.fields).toMatchObject({
      '/lines/1/quantity/value': 'SLN04',
      '/lines/2/quantity/value': 'PO1[2]/PO102',
    });
  });

  it('is echoed without its parts', () => {
    expect(read(BEG, LINE, 'SLN*1**I*2*EA****VP*RH-7')).toMatchObject({
      echoes: [{ lineId: '1', buyerLineId: '1', unit: 'EA', ids: [{ qualifier: 'VP', value: 'RH-1001' }] }],
    });
  });
});
