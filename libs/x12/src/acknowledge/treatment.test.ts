import { describe, expect, it } from '@jest/globals';
import { acknowledgmentsOf, an850, answerTo, fixture, groupsOf850, theSet } from '../testing/fixtures.js';
import { DEFAULT_POLICY } from './acknowledgment-policy.js';
import { judgeSet } from './treatment.js';

const GOOD = ['BEG*00*SA*1**20261102', 'PO1*1*2*EA'];
const BAD_DATE = ['BEG*00*SA*1**20261302', 'PO1*1*2*EA'];
const AK4 = ['AK3*BEG*2**8', 'AK4*5*373*8*20261302'];
const LATE = ['BEG*00*SA*1**20261102', 'N1*ST*A', 'CUR*BY*USD', 'PO1*1*2*EA'];

describe('what a partner wants done about a fault', () => {
  it.each([
    ['accept', ['TA1 A 000', 'AK5*A', 'AK5*A', 'AK9*A*2*2*2']],
    ['accept-with-note', ['TA1 A 000', ...AK4, 'AK5*E*5', 'AK5*A', 'AK9*E*2*2*2']],
    ['reject-set', ['TA1 A 000', ...AK4, 'AK5*R*5', 'AK5*A', 'AK9*P*2*2*1']],
    ['reject-interchange', ['TA1 R 024', ...AK4, 'AK5*R*5', 'AK5*A', 'AK9*P*2*2*1']],
  ] as const)('%s: a bad date', (treatment, said) => {
    expect(answerTo(groupsOf850([[BAD_DATE, GOOD]]), { severities: { 'element-date': treatment } })).toEqual(said);
  });

  it('is known for this fault only; others are treated as ever', () => {
    const both = ['BEG*00*SA*1**20261302', 'PO1*1*x*EA'];
    expect(answerTo(an850(...both), { severities: { 'element-date': 'accept' } })).toEqual([
      'TA1 A 000',
      'AK3*PO1*3**8',
      'AK4*2*330*6*x',
      'AK5*R*5',
      'AK9*R*1*1*0',
    ]);
  });

  it('may be more than usual: what is otherwise a note is told, and may refuse', () => {
    expect(answerTo(an850(...LATE))).toEqual(['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1']);
    expect(answerTo(an850(...LATE), { severities: { 'segment-out-of-order': 'reject-set' } }).slice(1)).toEqual([
      'AK3*CUR*4**7',
      'AK5*R*5',
      'AK9*R*1*1*0',
    ]);
  });

  it('wins over the general rule for sets with errors, both ways', () => {
    const policy = { setWithErrors: 'E', severities: { 'element-date': 'reject-set' } } as const;
    expect(answerTo(an850(...BAD_DATE), policy).slice(-2)).toEqual(['AK5*R*5', 'AK9*R*1*1*0']);
    const lenient = { setWithErrors: 'R', severities: { 'element-date': 'accept-with-note' } } as const;
    expect(answerTo(an850(...BAD_DATE), lenient).slice(-2)).toEqual(['AK5*E*5', 'AK9*E*1*1*1']);
  });

  it.each([
    ['malformed/08_GE01_wrong.edi', 'ge-count', 'reject-set', ['TA1 A 000', 'AK5*A', 'AK9*R*3*1*0*5']],
    ['malformed/08_GE01_wrong.edi', 'ge-count', 'accept', ['TA1 A 000', 'AK5*A', 'AK9*A*3*1*1']],
    ['malformed/08_GE01_wrong.edi', 'ge-count', 'reject-interchange', ['TA1 R 024', 'AK5*A', 'AK9*R*3*1*0*5']],
    ['malformed/12_missing_GE.edi', 'ge-missing', 'accept-with-note', ['TA1 A 000', 'AK5*A', 'AK9*E*1*1*1*3']],
    ['malformed/10_IEA01_wrong.edi', 'iea-count', 'accept', ['TA1 A 000', 'AK5*A', 'AK9*A*1*1*1']],
    ['malformed/10_IEA01_wrong.edi', 'iea-count', 'reject-interchange', ['TA1 R 021', 'AK5*A', 'AK9*A*1*1*1']],
    ['malformed/06_SE02_ST02.edi', 'se-control-number', 'accept-with-note', ['TA1 A 000', 'AK5*E*3', 'AK9*E*1*1*1']],
  ] as const)('%s, %s: %s', (name, code, treatment, said) => {
    expect(answerTo(fixture(name), { severities: { [code]: treatment } })).toEqual(said);
  });

  it('is asked for faults beyond the listed ones too', () => {
    const lines = Array.from({ length: 120 }, () => 'PO1*1*x*EA');
    const many = theSet(an850('BEG*00*SA*1**20261102', ...lines, 'PID*F****A\0'));
    expect(many.unlisted).toEqual(['element-character']);
    const accepts = { ...DEFAULT_POLICY, severities: { 'element-character': 'accept' } } as const;
    expect(judgeSet(many, accepts).verdict).toBe('A');
    const mixed = theSet(an850('BEG*00*SA*1**20261102', ...lines, 'PID*F****A', 'DTM*002*20261399'), { issuesMax: 1 });
    expect(mixed.unlisted).toEqual(['element-character', 'element-date']);
    expect(judgeSet(mixed, accepts).verdict).toBe('R');
  });

  it('counts for a set without a group too, but not for the next interchange', () => {
    const text = groupsOf850([[BAD_DATE]]).toString();
    const alone = text
      .replace(/GS.*?~/, '')
      .replace(/GE.*?~/, '')
      .replace('IEA*1', 'IEA*0');
    const next = groupsOf850([[GOOD]])
      .toString()
      .replaceAll('000000001', '000000002');
    const severities = { 'element-date': 'reject-interchange', 'gs-missing': 'accept' } as const;
    const answers = acknowledgmentsOf(Buffer.from(alone + next), { severities });
    expect(answers.map(({ verdict, note }) => [verdict, note])).toEqual([
      ['R', '024'],
      ['A', '000'],
    ]);
  });

  it('does not reach from one interchange into the next', () => {
    const bytes = Buffer.concat([
      groupsOf850([[BAD_DATE]]),
      Buffer.from(
        groupsOf850([[GOOD]])
          .toString()
          .replaceAll('000000001', '000000002'),
      ),
    ]);
    const answers = acknowledgmentsOf(bytes, { severities: { 'element-date': 'reject-interchange' } });
    expect(answers.map(({ verdict }) => verdict)).toEqual(['R', 'A']);
  });
});
