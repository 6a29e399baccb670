import { describe, expect, it } from '@jest/globals';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';

const BEG = 'BEG*00*SA*4500017**20261102';
const PO1 = 'PO1*1*2*EA*9.95**VP*LAMP-1';
const times = (count: number, segment: string) => Array.from({ length: count }, () => segment);
const found = (segments: readonly string[], code = '850', version = '004010') =>
  issuesOf(theSet(setOf(code, segments, version)));

describe('segments of a set', () => {
  it('may come as often as the standard says, and once more is too often (AK304 5)', () => {
    expect(found([BEG, ...times(10, 'DTM*010*20261110'), PO1])).toEqual([]);
    expect(found([BEG, ...times(11, 'DTM*010*20261110'), PO1])).toEqual(['segment-over-max DTM #13']);
    expect(found([BEG, 'N1*ST*A', ...times(2, 'N3*18 Harbor Way'), PO1])).toEqual([]);
    expect(found([BEG, 'N1*ST*A', ...times(3, 'N3*18 Harbor Way'), PO1])).toEqual(['segment-over-max N3 #6']);
  });

  it('begin a loop as often as the standard says, and once more is a loop too many (AK304 4)', () => {
    expect(found([BEG, ...times(25, 'SAC*A*C310'), PO1])).toEqual([]);
    expect(found([BEG, ...times(26, 'SAC*A*C310'), PO1])).toEqual(['loop-over-max SAC #28']);
    expect(found([BEG, ...times(200, 'N1*ST*A'), PO1])).toEqual([]);
    expect(found([BEG, ...times(201, 'N1*ST*A'), PO1])).toEqual(['loop-over-max N1 #203']);
  });

  it('count anew in each turn of their loop', () => {
    const place = ['N1*ST*A', ...times(2, 'N3*18 Harbor Way')];
    expect(found([BEG, ...place, ...place, ...place, PO1])).toEqual([]);
    const line = [PO1, ...times(2, 'ITD*14*3')];
    expect(found([BEG, ...line, ...line])).toEqual([]);
    expect(found([BEG, ...line, ...line, 'ITD*14*3'])).toEqual(['segment-over-max ITD #9']);
  });

  it('take the next place that has room, when the first is full', () => {
    expect(found([BEG, PO1, 'CTT*1', 'AMT*TT*19.9', 'AMT*1*19.9'])).toEqual([]);
    expect(found([BEG, PO1, 'CTT*1', ...times(3, 'AMT*TT*19.9')])).toEqual(['segment-over-max AMT #7']);
  });

  it('are told apart: unknown (1), unexpected (2), not of this set (6), out of order (7)', () => {
    expect(found([BEG, PO1, 'QQQ*1'])).toEqual(['segment-unknown QQQ #4']);
    expect(found([BEG, 'N3*18 Harbor Way', PO1])).toEqual(['segment-unexpected N3 #3']);
    expect(found([BEG, PO1, 'BSN*00*1*20261102*0915'])).toEqual(['segment-not-in-set BSN #4']);
    expect(found([BEG, 'DTM*010*20261110', 'CUR*BY*USD', PO1])).toEqual(['segment-out-of-order CUR #4']);
  });

  it('begin their loop also when it comes late', () => {
    expect(found([BEG, 'N1*ST*A', 'SAC*A*C310', 'CUR*BY*USD', PO1])).toEqual(['segment-out-of-order SAC #4']);
  });

  it('that are mandatory are missed where they should have stood (AK304 3)', () => {
    const head = 'BSN*00*SHIP-41*20261110*0830';
    expect(found([head, 'HL*1**S', 'CTT*1'], '856')).toEqual([]);
    expect(found([head, 'CTT*1'], '856')).toEqual(['segment-missing HL #3']);
    expect(found(['HL*1**S', 'CTT*1'], '856')).toEqual(['segment-missing BSN #2']);
    expect(found(['AK1*PO*1', 'AK2*850*0001', 'AK9*A*1*1*1'], '997')).toEqual(['segment-missing AK5 #4']);
  });

  it('belong to the innermost loop that has a place for them', () => {
    expect(found([BEG, 'N1*ST*A', ...times(12, 'REF*DP*014'), PO1])).toEqual([]);
    expect(found([BEG, 'N1*ST*A', ...times(13, 'REF*DP*014'), PO1])).toEqual(['segment-over-max REF #16']);
  });

  it('may have more elements than the standard gives them, where real files do', () => {
    expect(found([BEG, 'PER*BD*Dana*TE*1*EM*2*FX*3*REF*HP*4*CP*5', PO1])).toEqual([]);
    expect(found([BEG, 'N1*ST*A*92*0012*06*ST*Z', PO1])).toEqual(['element-too-many N107 #3']);
  });

  it('are not looked at in sets that are not known', () => {
    expect(found(['B4*1'], '315')).toEqual(['set-not-supported ST01 #1']);
  });
});

describe('releases', () => {
  const withMsg = [BEG, 'N9*ZZ*NOTE', 'MSG*Ring twice', PO1];
  const withMtx = [BEG, 'N9*ZZ*NOTE', 'MTX**Ring twice', PO1];

  it('write notes as MSG in 004010 and as MTX in 005010; between, as they like', () => {
    expect(found(withMsg, '850', '004010')).toEqual([]);
    expect(found(withMsg, '850', '005010')).toEqual(['segment-not-in-set MSG #4']);
    expect(found(withMtx, '850', '005010')).toEqual([]);
    expect(found(withMtx, '850', '004010')).toEqual(['segment-unexpected MTX #4']);
    expect(found(withMsg, '850', '004060')).toEqual([]);
    expect(found(withMtx, '850', '004060')).toEqual([]);
  });

  it.each([
    ['REF*DP*', 30, 50],
    ['PER*BD*Dana*TE*', 80, 256],
    ['N1*ST*A*92*', 80, 80],
  ])('let %s be longer from 005010 on', (head, in4010, in5010) => {
    const longest = (length: number, version: string) => found([BEG, head + 'x'.repeat(length), PO1], '850', version);
    expect(longest(in4010, '004010')).toEqual([]);
    expect(longest(in4010 + 1, '004010')).toHaveLength(1);
    expect(longest(in5010, '005010')).toEqual([]);
    expect(longest(in5010 + 1, '005010')).toHaveLength(1);
  });

  it('before 004010 are read by relaxed rules: what is foreign is noted, what is nonsense is not passed', () => {
    const old = ['BEG*00*SA*4500017**261102', 'SHH*RS*38*261110', 'DTM*002*261115**20', 'PO1*1*2*EACH', 'PO1*2*x*EA'];
    const set = theSet(setOf('850', old, '003040'));
    expect(set.issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'note segment-not-in-set',
      'error element-character',
    ]);
    const misplaced = theSet(setOf('850', [BEG, 'N3*18 Harbor Way', ...times(11, 'DTM*010*261110'), PO1], '003040'));
    expect(misplaced.issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'note segment-unexpected',
      'note segment-over-max',
    ]);
    expect(found(['PO1*1*2*EA'], '850', '003040')).toEqual(['segment-missing BEG #2']);
  });

  it.each(['004010', '005010'])('let a place of %s have a city and degrees, with a note', (version) => {
    const at = (place: string) =>
      theSet(setOf('214', ['B10*4417**CARR', 'LX*1', 'AT7*X3*NS***20261102*0915*LT', place], version)).issues;
    expect(at('MS1*DAYTON*OH*US')).toEqual([]);
    expect(at('MS1****0841130*0394530*W*N')).toEqual([]);
    expect(at('MS1*DAYTON*OH*US*0841130*0394530*W*N').map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'note element-exclusion',
    ]);
    expect(at('MS1*DAYTON*OH*US*0841130')[1]).toMatchObject({ severity: 'error', code: 'element-condition' });
  });

  it('after 005010 are read as 005010', () => {
    expect(found(withMtx, '850', '007030')).toEqual([]);
    expect(found(withMsg, '850', '007030')).toEqual(['segment-not-in-set MSG #4']);
  });
});
