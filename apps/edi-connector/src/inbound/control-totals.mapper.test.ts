import { describe, expect, it } from '@jest/globals';
import { BEG, LINE, orderOf, partnerWith, readFor, remarks, remarksOf } from '../testing/read-order.js';
import { isHashOf } from './control-totals.mapper.js';

describe('the totals of the sender', () => {
  it.each([
    ['CTT*1', []],
    ['CTT*2', ['error CTT01']],
    ['CTT*0', ['error CTT01']],
    ['CTT*1*10', []],
    ['CTT*1*11', ['note CTT02']],
  ])('%s', (ctt, expected) => {
    expect(remarks(BEG, LINE, ctt)).toEqual(expected);
  });

  it.each([
    ['AMT*TT*125', []],
    ['AMT*TT*125.00', []],
    ['AMT*TT*125.01', ['note AMT02']],
    ['AMT*1*125', []],
    ['AMT*1*124.99', ['note AMT02']],
    ['AMT*TT*12A', []],
  ])('%s', (amt, expected) => {
    expect(remarks(BEG, LINE, 'CTT*1', amt)).toEqual(expected);
  });

  it('may be with or without charges', () => {
    const charged = [BEG, 'SAC*C*D240***1250', LINE, 'CTT*1'];
    expect(remarks(...charged, 'AMT*TT*137.50')).toEqual([]);
    expect(remarks(...charged, 'AMT*TT*125')).toEqual([]);
    expect(remarks(...charged, 'AMT*TT*130')).toEqual(['note AMT02']);
  });

  it('stay with the order as they were said', () => {
    expect(orderOf(BEG, LINE, 'CTT*1*0010', 'AMT*TT*125.00').controlTotals).toEqual({
      lineCount: 1,
      hashTotal: '10',
      amount: '125',
    });
    expect(orderOf(BEG, LINE, 'CTT*1', 'AMT*1*9').extras).toEqual({ AMT: 'AMT*1*9' });
  });
});

describe('how far a stated total may be off', () => {
  const stated = (totalPercent: string, amt: string) => {
    const segments = [BEG, LINE, 'CTT*1', amt];
    const found = readFor(partnerWith({ tolerances: { totalPercent } }), ...segments);
    if (!found.ok) throw new Error(JSON.stringify(found.issues));
    return [remarksOf(segments, found), found.order.controlTotals?.amount, found.order.extras?.['AMT02']];
  };

  it.each([
    ['1', '125', [[], '125', undefined]],
    ['1', '126.25', [['note AMT02'], undefined, '126.25']], // to the cent
    ['1', '126.26', [['error AMT02'], '126.26', undefined]],
    ['1', '123.75', [['note AMT02'], undefined, '123.75']],
    ['1', '123.74', [['error AMT02'], '123.74', undefined]],
    ['0', '125.01', [['error AMT02'], '125.01', undefined]],
  ])('within %s per cent of 125.00 is %s: %j', (percent, amount, expected) => {
    expect(stated(percent, `AMT*TT*${amount}`)).toEqual(expected);
  });

  it('is measured from the nearest of our sums', () => {
    const charged = [BEG, 'SAC*C*D240***1250', LINE, 'CTT*1', 'AMT*TT*126'];
    const partner = partnerWith({ tolerances: { totalPercent: '1' } });
    expect(remarksOf(charged, readFor(partner, ...charged))).toEqual(['note AMT02']);
  });

  it('holds for the total of the lines as well, which is among the extras anyway', () => {
    expect(stated('1', 'AMT*1*126')).toEqual([['note AMT02'], undefined, undefined]);
    expect(stated('1', 'AMT*1*127')[0]).toEqual(['error AMT02']);
  });
});

describe('a hash total', () => {
  it.each([
    [['10', '2.5'], '12.5', true],
    [['10', '2.5'], '35', true], // the digits without dots, as the standard has it
    [['10', '2.5'], '13', false],
    [['9999999999', '2'], '1', true], // the last ten digits of the sum
    [['9999999999', '2'], '10000000001', true],
    [[], '0', true],
  ])('of %p may be %s: %p', (quantities, stated, expected) => {
    expect(isHashOf(quantities, stated)).toBe(expected);
  });
});

describe('what a partner must always send', () => {
  const required = (...requiredFields: string[]) => partnerWith({ requiredFields });
  const missing = (field: string, ...segments: string[]) => remarksOf(segments, readFor(required(field), ...segments));

  it.each([
    ['BEG04', [BEG, LINE], ['error BEG04']],
    ['BEG04', ['BEG*00*SA*PO-7*R1*20260203', LINE], []],
    ['REF*DP', [BEG, 'REF*IA*1', LINE], ['error REF']],
    ['REF*DP', [BEG, 'REF*DP*1', LINE], []],
    ['TD5', [BEG, LINE], ['error PO1']],
    ['TD503', [BEG, 'TD5**2', LINE], ['error TD503']],
    ['N1*ST/04', [BEG, 'N1*ST*DC', LINE], ['error N104']],
    ['N1*ST/04', [BEG, 'N1*ST*DC*92*1', LINE], []],
    ['PO109', [BEG, LINE, 'PO1*2*1*EA*1.00**VP*RH-2*UP*614141000036'], ['error PO1[1]/PO109']],
    ['/delivery/requestedTo', [BEG, LINE], ['error PO1']],
    ['/release', [BEG, LINE], ['error BEG04']],
    ['/delivery/requestedTo', [BEG, 'DTM*002*20260219', LINE], []],
    [
      '/lines/*/item/standardItemId',
      [BEG, 'PO1*1*1*EA*1.00**VP*A*UP*614141000036', 'SLN*1**I*1*EA****VP*B', 'PO1*2*1*EA*1.00**VP*C'],
      ['error PO1[2]/PO107'],
    ],
  ])('%s in %p', (field, segments, expected) => {
    expect(missing(field, ...segments)).toEqual(expected);
  });

  it.each([
    ['REF*DP/02', 'REF', 3],
    ['/delivery/requestedTo', 'DTM', 3],
    ['/delivery/carrier', 'TD5', 3],
    ['/paymentTerms/netDays', 'ITD', 3],
    ['/lines/*/item/name', 'PID', 4],
  ])('%s is told as a missing %s, at the place where it could stand', (field, segment, ordinal) => {
    const found = readFor(required(field), BEG, LINE);
    expect(found.issues).toMatchObject([{ code: 'segment-missing', severity: 'error', place: { segment, ordinal } }]);
  });

  it('shows no value where one is missing', () => {
    const [issue] = readFor(required('/lines/*/item/standardItemId'), BEG, LINE).issues;
    expect([issue?.code, issue?.value]).toEqual(['element-missing', undefined]);
  });
});
