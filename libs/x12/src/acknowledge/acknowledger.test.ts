import { describe, expect, it } from '@jest/globals';
import { acknowledgmentsOf, an850, answerTo, fixture, groupsOf850 } from '../testing/fixtures.js';
import type { AcknowledgmentPolicy } from './acknowledgment-policy.js';

const GOOD = ['BEG*00*SA*1**20261102', 'PO1*1*2*EA'];
const BAD = ['BEG*00*SA*1**20261302', 'PO1*1*2*EA'];
const segmentsOf = (bytes: Uint8Array, policy?: Partial<AcknowledgmentPolicy>) =>
  acknowledgmentsOf(bytes, policy)[0]?.groups.map(({ segments }) => segments);

describe('answering an interchange', () => {
  it('lists every set of a good group', () => {
    expect(segmentsOf(groupsOf850([[GOOD, GOOD]]))).toEqual([
      [
        ['AK1', 'PO', '1', undefined],
        ['AK2', '850', '0001', undefined],
        ['AK5', 'A'],
        ['AK2', '850', '0002', undefined],
        ['AK5', 'A'],
        ['AK9', 'A', '2', '2', '2'],
      ],
    ]);
  });

  it('leaves out the accepted sets for a partner who wants it so', () => {
    expect(segmentsOf(groupsOf850([[GOOD, GOOD]]), { listAcceptedSets: false })).toEqual([
      [
        ['AK1', 'PO', '1', undefined],
        ['AK9', 'A', '2', '2', '2'],
      ],
    ]);
  });

  it('accepts the good sets of a group that has a bad one', () => {
    expect(answerTo(groupsOf850([[GOOD, BAD, GOOD]]))).toEqual([
      'TA1 A 000',
      'AK5*A',
      'AK3*BEG*2**8',
      'AK4*5*373*8*20261302',
      'AK5*R*5',
      'AK5*A',
      'AK9*P*3*3*2',
    ]);
  });

  it('answers each group on its own', () => {
    const answers = acknowledgmentsOf(groupsOf850([[GOOD], [BAD]]))[0]?.groups;
    expect(answers?.map(({ group, verdict }) => [group.controlNumber, verdict])).toEqual([
      ['1', 'A'],
      ['2', 'R'],
    ]);
  });

  it('takes a set with bad elements all the same for a partner who wants it so', () => {
    expect(answerTo(an850(...BAD), { setWithErrors: 'E' }).slice(-2)).toEqual(['AK5*E*5', 'AK9*E*1*1*1']);
  });

  it('rejects a set whose envelope is wrong whatever the partner wants', () => {
    const bytes = fixture('malformed/06_SE02_ST02.edi');
    expect(answerTo(bytes, { setWithErrors: 'E' }).slice(-2)).toEqual(['AK5*R*3', 'AK9*R*1*1*0']);
  });

  it('never answers a group of acknowledgements', () => {
    expect(acknowledgmentsOf(groupsOf850([[GOOD]], '004010', 'FA'))[0]?.groups).toEqual([]);
    expect(answerTo(fixture('good/ta1-and-997.edi'))).toEqual(['TA1 A 000']);
  });

  it('tells of the elements of a segment from left to right', () => {
    const odd = an850('BEG*00*SA***20261302********X', 'PO1*1*2*EA');
    expect(answerTo(odd).filter((line) => line.startsWith('AK4'))).toEqual([
      'AK4*3*324*1*',
      'AK4*5*373*8*20261302',
      'AK4*13**3*X',
    ]);
  });

  it('names the version from 5010 on', () => {
    expect(segmentsOf(groupsOf850([[GOOD]], '005010'))?.[0]?.[0]).toEqual(['AK1', 'PO', '1', '005010']);
  });

  it('does not answer acknowledgements that call themselves something else', () => {
    const text = fixture('good/ta1-and-997.edi').toString().replace('GS*FA', 'GS*PO');
    expect(answerTo(Buffer.from(text))).toEqual(['TA1 A 000']);
  });

  it('lets the partner decide whether a wrong IEA01 rejects', () => {
    const bytes = fixture('malformed/10_IEA01_wrong.edi');
    expect(answerTo(bytes)[0]).toBe('TA1 E 021');
    expect(answerTo(bytes, { rejectInterchangeFor: ['iea-count'] })[0]).toBe('TA1 R 021');
  });

  it('does not let a wrong GE02 spoil the TA1', () => {
    const bytes = Buffer.from(fixture('malformed/00_good.edi').toString().replace('GE*1*1', 'GE*1*2'));
    expect(answerTo(bytes)).toEqual(['TA1 A 000', 'AK5*A', 'AK9*E*1*1*1*4']);
  });

  it.each([
    ['SE*8*0001', 'SE*9*0001', 'AK5*R*4'],
    ['SE*8*0001~', '', 'AK5*R*2'],
    ['ST*850*0001', 'ST*859*0001', 'AK5*R*1'],
    ['ST*850*0001', 'ST*85*0001', 'AK5*R*6*1'],
  ])('tells %s as %j by %s', (from, to, answer) => {
    const bytes = Buffer.from(fixture('malformed/00_good.edi').toString().replace(from, to));
    expect(answerTo(bytes)).toContain(answer);
  });

  it.each([
    ['IEA*1*000000905', 'IEA*1*000000906', 'TA1 R 001'],
    ['IEA*1*000000905~', '', 'TA1 R 023'],
    ['*260101*', '*261301*', 'TA1 E 014'],
    ['*1253*U', '*2553*U', 'TA1 E 015'],
    ['*0*T*', '*7*T*', 'TA1 E 019'],
    ['*0*T*', '*0*X*', 'TA1 E 020'],
    ['IEA*1*000000905', 'IEA*1*905', 'TA1 A 000'],
  ])('tells %s as %j by %s', (from, to, answer) => {
    const bytes = Buffer.from(fixture('malformed/00_good.edi').toString().replace(from, to));
    expect(answerTo(bytes)[0]).toBe(answer);
  });

  it('does not tell of a set that stands in no group as if it were of the next one', () => {
    const text = groupsOf850([[GOOD]]).toString();
    const orphan = text.slice(text.indexOf('ST*'), text.indexOf('GE*')).replaceAll('0001', '0009');
    const bytes = Buffer.from(text.replace('GS*', `${orphan}GS*`));
    for (const treatment of ['accept', 'accept-with-note'] as const) {
      const [answer] = acknowledgmentsOf(bytes, { severities: { 'gs-missing': treatment } });
      expect(answer?.groups[0]?.segments.slice(1)).toEqual([
        ['AK2', '850', '0001', undefined],
        ['AK5', 'A'],
        ['AK9', 'A', '1', '1', '1'],
      ]);
    }
    const cut = Buffer.from(bytes.toString().replace('GE*1*1~', ''));
    expect(answerTo(cut)).toEqual(['TA1 R 024', 'AK5*A', 'AK9*R*1*1*0*3']);
  });

  it('refuses what is cut off, however much else is wrong with its groups', () => {
    const text = groupsOf850(Array.from({ length: 30 }, () => [GOOD])).toString();
    const odd = text.replaceAll('GS*PO*BUYER*SELLER*20261102*0915*', 'GS*PO*****');
    expect(answerTo(Buffer.from(odd))[0]).toBe('TA1 E 024');
    expect(answerTo(Buffer.from(odd.replace(/IEA.*/, '')))[0]).toBe('TA1 R 023');
    expect(answerTo(Buffer.from(odd.replace('IEA*30*000000001', 'IEA*30*000000002')))[0]).toBe('TA1 R 001');
  });

  it('refuses a group without a GE, however many segments stand outside its sets', () => {
    const [GS, SE] = ['GS*PO*BUYER*SELLER*20261102*0915*1*X*004010', 'SE*4*'];
    const sets = Array.from({ length: 101 }, (_, n) => ['ST*850*' + (1000 + n), ...GOOD, SE + (1000 + n), 'ZZ*1']);
    const text = groupsOf850([[GOOD]]).toString();
    const bytes = Buffer.from([text.slice(0, text.indexOf('~GS*')), GS, ...sets.flat(), 'IEA*1*000000001~'].join('~'));
    expect(answerTo(bytes, { severities: { 'st-missing': 'accept' } }).at(-1)).toBe('AK9*R*101*101*0*3');
  });

  it.each(['A-01', 'AB 1', "7/8'A", '0001'])('names a set %s as its sender does', (number) => {
    const bytes = Buffer.from(
      groupsOf850([[GOOD]])
        .toString()
        .replaceAll('*0001~', `*${number}~`),
    );
    expect(segmentsOf(bytes)?.[0]?.slice(1)).toEqual([
      ['AK2', '850', number, undefined],
      ['AK5', 'A'],
      ['AK9', 'A', '1', '1', '1'],
    ]);
  });

  it.each(['    ', '1234567890', 'A\u00e9'])('refuses a set that is numbered %j', (number) => {
    const bytes = Buffer.from(
      groupsOf850([[GOOD]])
        .toString()
        .replaceAll('*0001~', `*${number}~`),
    );
    expect(answerTo(bytes).slice(1)).toEqual(['AK5*R*7', 'AK9*R*1*1*0']);
  });

  it('quotes a bad value only where it does no harm', () => {
    const quoted = (value: string) => answerTo(an850(GOOD[0] as string, `PO1*1*${value}*EA`))[2];
    expect(quoted('1,5')).toBe('AK4*2*330*6*1,5');
    expect(quoted('1>5')).toBe('AK4*2*330*6*');
    expect(quoted('1\n5')).toBe('AK4*2*330*6*');
  });
});
