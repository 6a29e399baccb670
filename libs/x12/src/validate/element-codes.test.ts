import { describe, expect, it } from '@jest/globals';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import { exponentialLength } from './numeric.js';

const BEG = 'BEG*00*SA*4500017**20261102';
const PO1 = 'PO1*1*2*EA*9.95**VP*LAMP-1';
/** An 850 with this segment in its header. */
const header = (segment: string, version = '004010') => issuesOf(theSet(setOf('850', [BEG, segment, PO1], version)));
const line = (segment: string, version = '004010') => issuesOf(theSet(setOf('850', [BEG, segment], version)));

describe('what is in an element', () => {
  it.each([
    ['REF**014', ['element-missing REF01 #3']],
    ['REF*DP*014', []],
    ['N4*Portland*O', ['segment-unexpected N4 #3', 'element-too-short N402 #3']],
  ])('1, 4: %s', (segment, issues) => expect(header(segment)).toEqual(issues));

  it.each([
    ['CUR*BY*US', ['element-too-short CUR02 #3']],
    ['CUR*BY*USD', []],
    ['CUR*BY*USDX', ['element-too-long CUR02 #3']],
    [`N1*ST*${'x'.repeat(60)}`, []],
    [`N1*ST*${'x'.repeat(61)}`, ['element-too-long N102 #3']],
  ])('4, 5: %s is measured in characters', (segment, issues) => expect(header(segment)).toEqual(issues));

  it('5: counts letters, not the bytes they are written in', () => {
    expect(header(`N1*ST*${'é'.repeat(60)}`)).toEqual([]);
    expect(header(`N1*ST*${'é'.repeat(61)}`)).toEqual(['element-too-long N102 #3']);
    expect(header('CUR*BY*é')).toEqual(['element-too-short CUR02 #3']);
  });

  it.each([
    ['PID*F****Lamp\x07', ['element-character PID05 #4']],
    ['PID*F****Lamp\x00', ['element-character PID05 #4']],
    ['PID*F****Lamp\x7f', ['element-character PID05 #4']],
    ['PID*F****Lamp !', []],
    ['TD3*AB*\x07', ['element-character TD302 #4']],
  ])('6: control characters are no text', (segment, issues) => {
    expect(issuesOf(theSet(setOf('850', [BEG, PO1, segment])))).toEqual(issues);
  });

  it.each([
    ['7', []],
    ['0007', []],
    ['-7', []],
    ['.5', []],
    ['7.', []],
    ['12345678901234.5', []],
    ['-123456789012345', []],
    ['1234567890123456', ['element-too-long PO102 #3']],
    ['+7', ['element-character PO102 #3']],
    ['7-', ['element-character PO102 #3']],
    ['1,5', ['element-character PO102 #3']],
    ['1E5', ['element-character PO102 #3']],
    ['.', ['element-character PO102 #3']],
    ['1 ', ['element-character PO102 #3']],
  ])('6: the decimal number %s', (value, issues) => expect(line(`PO1*1*${value}*EA`)).toEqual(issues));

  it.each([
    ['1.5E3', []],
    ['-15E-1', []],
    ['.5E1', []],
    ['1E-10', []],
    ['1234567890123E12', []],
    ['1234567890123E123', ['element-too-long PO102 #3']],
    ['1E', ['element-character PO102 #3']],
    ['E3', ['element-character PO102 #3']],
    ['1E+3', ['element-character PO102 #3']],
    ['1e3', ['element-character PO102 #3']],
    ['1E3E3', ['element-character PO102 #3']],
    ['1E.5', ['element-character PO102 #3']],
  ])('6: %s is a number from 005010 on, in which the digits of the exponent count', (value, issues) => {
    expect(line(`PO1*1*${value}*EA`, '005010')).toEqual(issues);
    expect(line(`PO1*1*${value}*EA`)).toEqual(['element-character PO102 #3']);
  });

  it('6: says at once that a million digits with a letter behind are no number', () => {
    // a pattern that can divide the digits in several ways would take days
    expect(exponentialLength(`${'1'.repeat(1_000_000)}X`, 0, 1_000_001)).toBe(-1);
  });

  it('6: has no exponent where decimals are implied', () => {
    expect(header('SAC*C*D240***12E2', '005010')).toEqual(['element-character SAC05 #3']);
  });

  it.each([
    ['1.1', 'note'],
    ['.92', 'note'],
    ['1.0875', undefined],
    ['12345678901', 'error'],
  ])('4: an exchange rate of %s is worth %s', (rate, severity) => {
    const { issues } = theSet(setOf('850', [BEG, `CUR*BY*USD*${rate}`, PO1]));
    expect(issues.map((issue) => issue.severity)).toEqual(severity === undefined ? [] : [severity]);
  });

  it.each([
    ['1250', []],
    ['-1250', []],
    ['123456789012345', []],
    ['1234567890123456', ['element-too-long SAC05 #3']],
    ['12.50', ['element-character SAC05 #3']],
  ])('6: %s, where the decimals are implied', (value, issues) => {
    expect(header(`SAC*C*D240***${value}`)).toEqual(issues);
  });

  it.each([
    ['SAC*A*C310', []],
    ['SAC*X*C310', ['element-code SAC01 #3']],
    ['SAC*a*C310', ['element-code SAC01 #3']],
  ])('7: the code in %s', (segment, issues) => expect(header(segment)).toEqual(issues));

  it.each([
    ['00', []],
    ['77', []],
    ['ZZ', []],
    ['99', ['element-code BEG01 #2']],
    ['XX', ['element-code BEG01 #2']],
  ])('7: the purpose %s of a document', (purpose, issues) => {
    expect(issuesOf(theSet(setOf('850', [BEG.replace('*00*', `*${purpose}*`), PO1])))).toEqual(issues);
  });

  it.each([
    ['20280229', []],
    ['20270229', ['element-date DTM02 #3']],
    ['20000229', []],
    ['19000229', ['element-date DTM02 #3']],
    ['20261131', ['element-date DTM02 #3']],
    ['20261231', []],
    ['20260001', ['element-date DTM02 #3']],
    ['2026110x', ['element-date DTM02 #3']],
    ['2026110', ['element-too-short DTM02 #3']],
    ['202611022', ['element-too-long DTM02 #3']],
  ])('8: the date %s', (value, issues) => expect(header(`DTM*010*${value}`)).toEqual(issues));

  it.each([
    ['0000', []],
    ['2359', []],
    ['2400', ['element-time DTM03 #3']],
    ['2360', ['element-time DTM03 #3']],
    ['235959', []],
    ['235960', ['element-time DTM03 #3']],
    ['23595', ['element-time DTM03 #3']],
    ['2359591', []],
    ['23595912', []],
    ['2359591x', ['element-time DTM03 #3']],
    ['235', ['element-too-short DTM03 #3']],
    ['235959123', ['element-too-long DTM03 #3']],
  ])('9: the time %s', (value, issues) => expect(header(`DTM*010*20261110*${value}`)).toEqual(issues));

  it.each([
    ['P', 'PER*BD*Dana*TE', ['element-condition PER04 #3']],
    ['P', 'PER*BD*Dana**5035550188', ['element-condition PER03 #3']],
    ['P', 'PER*BD*Dana*TE*5035550188', []],
    ['R', 'REF*DP', ['element-condition REF02 #3']],
    ['R', 'REF*DP**Housewares', []],
    ['C', 'FOB*CC**Portland', ['element-condition FOB02 #3']],
    ['C', 'FOB*CC*OR', []],
    ['L', 'ITD*14*3*2', ['element-condition ITD04 #3']],
    ['L', 'ITD*14*3*2***20261202', ['element-condition ITD04 #3']],
    ['L', 'ITD*14*3*2**10', []],
    ['L', 'ITD*14*3*2*20261112', []],
  ])('2: a condition of kind %s in %s', (_, segment, issues) => expect(header(segment)).toEqual(issues));

  it('10: only one of two that exclude each other', () => {
    const withQuantity = (segment: string) => issuesOf(theSet(setOf('850', [BEG, PO1, segment])));
    expect(withQuantity('QTY*33*1')).toEqual([]);
    expect(withQuantity('QTY*33***x')).toEqual([]);
    expect(withQuantity('QTY*33*1**x')).toEqual(['element-exclusion QTY04 #4']);
  });

  it('2: a condition that good partners break is a note', () => {
    const set = theSet(setOf('855', ['BAK*00*AC*1*20261102', PO1, 'ACK*IQ*20']));
    expect(set.errors).toBe(0);
    expect(set.issues).toMatchObject([{ code: 'element-condition', severity: 'note' }]);
  });

  it('3: no more elements than there are', () => {
    expect(line('PO1*1*2*EA')).toEqual([]);
    expect(header('CUR*BY*USD*1')).toEqual(['element-too-short CUR03 #3']);
    expect(header('N2*A*B*C')).toEqual(['segment-unexpected N2 #3', 'element-too-many N203 #3']);
  });
});

describe('components and repetitions', () => {
  it('13: no more components than the composite has, and none where it has none', () => {
    expect(header('REF*DP*1**PO>1>DP>1>DP>1', '005010')).toEqual([]);
    expect(header('REF*DP*1**PO>1>DP>1>DP>1>X', '005010')).toEqual(['element-components REF04-7 #3']);
    expect(line('PO1*1*2>3*EA', '005010')).toEqual(['element-components PO102 #3']);
    expect(line('PO1*1*2*EA>CA', '005010')).toEqual(['element-components PO103 #3']);
    expect(header('DTM*010*20261110>1', '005010')).toEqual(['element-components DTM02 #3']);
  });

  it('before there were repetitions, a component separator in a number is a wrong character', () => {
    expect(line('PO1*1*2>3*EA')).toEqual(['element-character PO102 #3']);
  });

  it('12: no more repetitions than the element may have, and none where it may not be repeated', () => {
    const report = (context: string) =>
      issuesOf(
        theSet(
          setOf(
            '999',
            ['AK1*PO*1', 'AK2*850*0001', 'IK3*PO1*3**8', `CTX*${context}`, 'IK5*R*5', 'AK9*R*1*1*0'],
            '005010',
          ),
        ),
      );
    const many = (count: number) => Array.from({ length: count }, () => 'PO101>1').join('^');
    expect(report(many(10))).toEqual([]);
    expect(report(many(11))).toEqual(['element-repetitions CTX01 #5']);
    expect(line('PO1*1*2^3*EA', '005010')).toEqual(['element-repetitions PO102 #3']);
    expect(line('PO1*1*2*EA^CA', '005010')).toEqual(['element-repetitions PO103 #3']);
    expect(header('REF*DP*1**PO>1^DP>1', '005010')).toEqual(['element-repetitions REF04 #3']);
  });

  it('say which component and which repetition is wrong', () => {
    const segments = ['AK1*PO*1', 'AK2*850*0001', 'IK3*PO1*3**8', 'CTX*PO101>1^>2', 'IK5*R*5', 'AK9*R*1*1*0'];
    const [issue] = theSet(setOf('999', segments, '005010')).issues;
    expect(issue).toMatchObject({
      code: 'element-missing',
      dataElement: '9999',
      place: { segment: 'CTX', element: 1, component: 1, repetition: 2 },
    });
  });

  it('1: are missed where they are mandatory, also when the composite ends before them', () => {
    expect(header('REF*DP*1**PO>1')).toEqual([]);
    expect(header('REF*DP*1**PO>')).toEqual(['element-missing REF04-2 #3']);
    expect(header('REF*DP*1**PO')).toEqual(['element-missing REF04-2 #3']);
  });

  it('2: come in pairs where the composite says so', () => {
    expect(header('REF*DP*1**PO>1>DP>2')).toEqual([]);
    expect(header('REF*DP*1**PO>1>>>DP>2')).toEqual([]);
    expect(header('REF*DP*1**PO>1>DP')).toEqual(['element-condition REF04-4 #3']);
    expect(header('REF*DP*1**PO>1>DP>2>>3')).toEqual(['element-condition REF04-5 #3']);
    const [issue] = theSet(setOf('850', [BEG, 'REF*DP*1**PO>1>DP', PO1])).issues;
    expect(issue?.message).toBe('REF04-04 is missing: REF04-03 and REF04-04 come together (P0304)');
    expect(issue?.dataElement).toBe('127');
  });

  it('are not looked for in free text, nor in a value that makes sense as it is', () => {
    expect(header('N1*ST*Bright > Home ^ Co', '005010')).toEqual([]);
    const dashes = setOf('850', [BEG, 'N1*ST*A', 'N4*Portland*OR*97201-0020', PO1], '005010').toString();
    const bytes = Buffer.from(dashes.replace('*^*00501*', '*-*00501*'));
    expect(issuesOf(theSet(bytes))).toEqual([]);
  });
});

describe('what would have been right', () => {
  const says = (...segments: string[]) =>
    theSet(setOf('850', [BEG, ...segments])).issues.map(({ message }) => message.slice(message.indexOf(' ') + 1));

  it('is said with a length and with a short list', () => {
    expect(says('CUR*BY*US', PO1)).toEqual(['is too short (3 to 3)']);
    expect(says('CUR*BY*USDX', PO1)).toEqual(['is too long (3 to 3)']);
    expect(says(PO1, 'PID*Q****Lamp')).toEqual(['is not a code of its list (F, S, X)']);
  });

  it('is said of numbers, days and times', () => {
    expect(says('PO1*1*TEN*EA')).toEqual(['is not a number']);
    expect(says('SAC*C*D240***12.50', PO1)).toEqual(['is not a number without a decimal point']);
    expect(says('PO1*1*1\x072*EA')).toEqual(['holds a character that may not be there']);
    expect(says('DTM*010*20261131*2400', PO1)).toEqual(['is not a date (CCYYMMDD)', 'is not a time (HHMM, HHMMSS)']);
  });

  it.each([
    ['N1*ST*Shop*92', 'N104 is missing: N103 and N104 come together (P0304)'],
    ['REF*DP', 'REF02 or REF03 must be there (R0203)'],
    ['FOB*CC**Portland', 'FOB02 is missing: FOB03 asks for it (C0302)'],
    ['ITD*14*3*2', 'ITD04, ITD05 or ITD13 is missing: ITD03 asks for it (L03040513)'],
  ])('is said with a condition: %s', (segment, message) => {
    expect(theSet(setOf('850', [BEG, segment, PO1])).issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('is said of what excludes each other', () => {
    const [issue] = theSet(setOf('850', [BEG, PO1, 'QTY*33*1**x'])).issues;
    expect(issue?.message).toBe('only one of QTY02 and QTY04 may be there (E0204)');
  });

  it('is said of a segment outside its loop, and of an id in lower case', () => {
    const [outside, lower] = theSet(setOf('850', [BEG, 'N3*1 Mill Road', 'ref*DP*1', PO1])).issues;
    expect(outside?.message).toBe('N3 is not expected here: it belongs in loop N1');
    expect(lower?.message).toBe('ref is not a segment we know: ids are in upper case');
  });
});
