import { describe, expect, it } from '@jest/globals';
import { an850, issuesOf, theSet } from '../testing/fixtures.js';

const BEG = 'BEG*00*SA*4500017**20261102';
const PO1 = 'PO1*1*2*EA*9.95**VP*LAMP-1';
const found = (...segments: string[]) => issuesOf(theSet(an850(...segments)));
const withLine = (...segments: string[]) => found(BEG, PO1, ...segments);

describe('checking an 850', () => {
  it('finds nothing wrong with a good one', () => {
    expect(found(BEG, PO1, 'CTT*1')).toEqual([]);
  });

  it.each([
    ['a purpose that is two letters of nothing', 'BEG*0*SA*1**20261102', 'element-too-short BEG01 #2'],
    ['no purchase order number', 'BEG*00*SA***20261102', 'element-missing BEG03 #2'],
    ['a number of 23 characters', `BEG*00*SA*${'1'.repeat(23)}**20261102`, 'element-too-long BEG03 #2'],
    ['a thirteenth month', 'BEG*00*SA*1**20261302', 'element-date BEG05 #2'],
    ['30 February', 'BEG*00*SA*1**20260230', 'element-date BEG05 #2'],
    ['a date of six digits', 'BEG*00*SA*1**260203', 'element-too-short BEG05 #2'],
    ['a code that is not in its list', 'BEG*00*SA*1**20261102**XX', 'element-code BEG07 #2'],
  ])('finds %s', (_, beg, issue) => {
    expect(found(beg, PO1)).toEqual([issue]);
  });

  it('takes a number of 22 characters and 29 February of a leap year', () => {
    expect(found(`BEG*00*SA*${'1'.repeat(22)}**20280229`, PO1)).toEqual([]);
  });

  it.each([
    ['PO1*1*-2.5*EA', []],
    ['PO1*1*0008*EA', []],
    ['PO1*1*123456789012345*EA', []],
    ['PO1*1*1234567890123456*EA', ['element-too-long PO102 #3']],
    ['PO1*1*-12345678901234.5*EA', []],
    ['PO1*1*+2*EA', ['element-character PO102 #3']],
    ['PO1*1*1,000*EA', ['element-character PO102 #3']],
    ['PO1*1*1.2.3*EA', ['element-character PO102 #3']],
    ['PO1*1*-*EA', ['element-character PO102 #3']],
    ['PO1*1**EA', ['element-condition PO102 #3']],
    ['PO1*1*2*EA*1**VP', ['element-condition PO107 #3']],
    ['PO1*1*2*EA*1****VP*X', []],
  ])('reads the numbers and pairs of %s', (line, issues) => {
    expect(found(BEG, line)).toEqual(issues);
  });

  it('reads a composite by its components', () => {
    expect(withLine('REF*DP*1**PO>1>DP>2')).toEqual([]);
    expect(withLine('REF*DP*1**PO>1>LONG>2')).toEqual(['element-too-long REF04-3 #4']);
    expect(withLine('REF*DP*1**>1')).toEqual(['element-missing REF04-1 #4']);
    expect(withLine('REF*DP*1**PO>1>DP>1>DP>1>DP')).toEqual(['element-components REF04-7 #4']);
  });

  it('tells a time of day from other digits', () => {
    expect(found(BEG, 'DTM*002*20261120*2359', PO1)).toEqual([]);
    expect(found(BEG, 'DTM*002*20261120*2400', PO1)).toEqual(['element-time DTM03 #3']);
  });

  it('counts elements, not the separators behind the last one', () => {
    expect(withLine('N3*18 Harbor Way***')[0]).toBe('segment-unexpected N3 #4');
    expect(found(BEG, 'N1*ST*A', 'N3*18 Harbor Way***', PO1)).toEqual(['trailing-separators N3 #4']);
    expect(found(BEG, 'N1*ST*A', 'N3*18 Harbor Way*B*C', PO1)).toEqual(['element-too-many N303 #4']);
  });

  it('finds a line that is missing where it should have been', () => {
    expect(found(BEG, 'CTT*0')).toEqual(['segment-missing PO1 #3']);
    expect(found(PO1, 'CTT*1')).toEqual(['segment-missing BEG #2']);
  });

  it('tells a segment nobody knows from one that belongs elsewhere', () => {
    expect(withLine('QQQ*1', 'BIG*20261102*1')).toEqual(['segment-unknown QQQ #4', 'segment-not-in-set BIG #5']);
    expect(found(BEG, 'po1*1*2*EA', PO1)).toEqual(['segment-unknown po1 #3']);
  });

  it('counts repeats: a fourth PER is one too many, also in a second loop', () => {
    const per = 'PER*BD*Dana*TE*1';
    expect(found(BEG, per, per, per, PO1)).toEqual([]);
    expect(found(BEG, per, per, per, per, PO1)).toEqual(['segment-over-max PER #6']);
    expect(found(BEG, PO1, per, per, per, PO1, per, per, per)).toEqual([]);
  });

  it('lets a header segment stand behind its place, and notes it', () => {
    expect(found(BEG, 'N1*ST*A', 'CUR*BY*USD', PO1)).toEqual(['segment-out-of-order CUR #4']);
  });

  it('keeps a hundred issues and counts the rest', () => {
    const set = theSet(an850(BEG, ...Array.from({ length: 150 }, () => 'PO1*1*x*EA')));
    expect(set.errors).toBe(150);
    expect(set.issues).toHaveLength(101);
    expect(set.issues[100]).toMatchObject({ code: 'issues-dropped', message: '50 further issues are not listed' });
  });

  it('finds the exclusions and conditions of other segments', () => {
    expect(withLine('PID*F', 'CTT*1')).toEqual(['element-condition PID04 #4']);
    expect(withLine('QTY*33*1**2', 'CTT*1')).toEqual(['element-exclusion QTY04 #4']);
    expect(found(BEG, 'ITD*14*3*2', PO1)).toEqual(['element-condition ITD04 #3']);
  });
});
