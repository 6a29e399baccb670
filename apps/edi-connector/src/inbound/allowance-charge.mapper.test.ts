import { describe, expect, it } from '@jest/globals';
import { BEG, faults, LINE, order } from '../testing/read-order.js';

const usd = (minor: number) => ({ currency: 'USD', minor });

/** 10 × 12.50 = 125.00, whether the SAC stands with the order or with the line. */
const CASES: readonly [string, string, object, number][] = [
  ['an amount in hundredths', 'SAC*C*D240***1250', { isCharge: true, reasonCode: 'D240', amount: usd(1250) }, 13_750],
  ['an allowance in hundredths', 'SAC*A*C310***500', { isCharge: false, amount: usd(500) }, 12_000],
  [
    'a percentage of the goods',
    'SAC*A*C310****3*5.00',
    { isCharge: false, percent: '5', base: usd(12_500), amount: usd(625) },
    11_875,
  ],
  ['half a cent of a percentage', 'SAC*C*C310****3*0.012', { amount: usd(2) }, 12_502],
  ['a rate for each of a quantity', 'SAC*C*D240******0.25*EA*8', { amount: usd(200) }, 12_700],
  ['a rate for all that is ordered', 'SAC*A*C310******0.25', { amount: usd(250) }, 12_250],
  ['a reason in words', 'SAC*C****300**********Pallet fee', { reason: 'Pallet fee', amount: usd(300) }, 12_800],
];

describe('an allowance or charge', () => {
  it.each(CASES)('of the order is read from %s', (_what, sac, expected, payable) => {
    const found = order([sac]);
    expect(found.allowanceCharges).toMatchObject([expected]);
    expect(found.totals.payable.minor).toBe(payable);
  });

  it.each(CASES)('of a line is read from %s', (_what, sac, expected, payable) => {
    const found = order([], [sac]);
    expect(found.lines[0]!.allowanceCharges).toMatchObject([expected]);
    expect(found.totals.payable.minor).toBe(payable);
    expect(found.lines[0]!.lineExtensionAmount.minor).toBe(payable);
  });

  it('is not taken from the invoice when it is settled elsewhere', () => {
    const billBack = order(['SAC*A*C310***500*******01']);
    expect(billBack.allowanceCharges).toEqual([]);
    expect(billBack.extras).toEqual({ SAC: 'SAC*A*C310***500*******01' });
    expect(order(['SAC*A*C310***500*******02']).totals.payable.minor).toBe(12_000);
  });

  it.each(['SAC*N*D240***1250', 'SAC*S*D240***1250', 'SAC*C*D240**********06***Freight collect'])(
    'that owes nothing is kept word for word: %s',
    (sac) => {
      const found = order([sac]);
      expect(found.totals.payable.minor).toBe(12_500);
      expect(found.extras).toEqual({ SAC: sac });
    },
  );

  it('is refused, at its place, for a rate that is no number', () => {
    expect(faults(BEG, 'SAC*A*C310******x*EA*8', LINE)).toEqual(['SAC08']);
  });

  it.each([
    ['SAC*C*D240***-500', 'SAC05'],
    ['SAC*A*C310***-500', 'SAC05'],
    ['SAC*A*C310****3*-5.00', 'SAC07'],
    ['SAC*C*D240******-0.25*EA*8', 'SAC08'],
    ['SAC*C*D240******0.25*EA*-8', 'SAC10'],
  ])('below zero is refused, at its place, of the order and of a line: %s', (sac, at) => {
    expect(faults(BEG, sac, LINE)).toEqual([at]);
    expect(faults(BEG, LINE, sac)).toEqual([at]);
  });

  it('of nothing may have a minus', () => {
    expect(order(['SAC*C*D240***-0']).totals.payable.minor).toBe(12_500);
  });

  it('keeps the percentage beside an amount that is stated', () => {
    const found = order(['SAC*A*C310***500*3*4.00']);
    expect(found.allowanceCharges).toEqual([{ isCharge: false, reasonCode: 'C310', amount: usd(500) }]);
    expect(found.extras).toEqual({ SAC06: '3', SAC07: '4.00' });
  });

  it('has no rate for all that is ordered when that is in two units', () => {
    const more = ['PO1*2*1*CA*1.00**VP*RH-2'];
    expect(order(['SAC*A*C310******0.25'], more, LINE).extras).toEqual({ SAC: 'SAC*A*C310******0.25' });
  });
});
