import { describe, expect, it } from '@jest/globals';
import { acknowledgmentsOf, groupsOf850 } from '../testing/fixtures.js';
import type { GroupAcknowledgment } from './acknowledge-group.js';
import { DEFAULT_POLICY, type AcknowledgmentPolicy } from './acknowledgment-policy.js';
import { refuseGroupNumber, refuseSetNumbers, type UsedSets } from './refuse-used-numbers.js';

const GOOD = ['BEG*00*SA*1**20261102', 'PO1*1*2*EA'];
const BAD = ['BEG*00*SA*1**20261302', 'PO1*1*2*EA'];
const FIRST = numbers('0001');

function numbers(...used: string[]): UsedSets {
  return { count: used.length, has: ({ controlNumber }) => used.includes(controlNumber) };
}

function groupOf(sets: string[][], policy: Partial<AcknowledgmentPolicy> = {}): GroupAcknowledgment {
  const [group] = acknowledgmentsOf(groupsOf850([sets]), policy)[0]?.groups ?? [];
  if (group === undefined) throw new Error('no answer');
  return group;
}

const told = ({ segments }: GroupAcknowledgment): string[] =>
  segments.map((values) => values.map((value) => (Array.isArray(value) ? value.join(':') : (value ?? ''))).join('*'));

describe('a group whose number was used before', () => {
  it('is refused with code 6, and nothing of it counts as accepted', () => {
    const refused = refuseGroupNumber(groupOf([GOOD, GOOD]));
    expect(refused.verdict).toBe('R');
    expect(told(refused)).toEqual(['AK1*PO*1*', 'AK2*850*0001*', 'AK5*A', 'AK2*850*0002*', 'AK5*A', 'AK9*R*2*2*0*6']);
  });

  it('keeps the codes that it had, five at most', () => {
    const counted = groupOf([GOOD]);
    const refusedAfter = (...codes: string[]) => {
      const segments: GroupAcknowledgment['segments'] = [['AK1'], ['AK9', 'E', '9', '1', '1', ...codes]];
      return told(refuseGroupNumber({ ...counted, segments })).at(-1);
    };
    expect(refusedAfter('4', '5')).toBe('AK9*R*9*1*0*6*4*5');
    expect(refusedAfter('1', '2', '3', '4', '5')).toBe('AK9*R*9*1*0*6*1*2*3*4');
  });
});

describe('a set whose number was used before', () => {
  it('is refused with code 7, and the others of its group are not', () => {
    const refused = refuseSetNumbers(groupOf([GOOD, GOOD]), FIRST, DEFAULT_POLICY);
    expect(refused.sets.map(({ verdict }) => verdict)).toEqual(['R', 'A']);
    expect(told(refused)).toEqual(['AK1*PO*1*', 'AK2*850*0001*', 'AK5*R*7', 'AK2*850*0002*', 'AK5*A', 'AK9*P*2*2*1']);
  });

  it('and no other beside it refuses the group', () => {
    expect(told(refuseSetNumbers(groupOf([GOOD]), FIRST, DEFAULT_POLICY)).slice(-2)).toEqual([
      'AK5*R*7',
      'AK9*R*1*1*0',
    ]);
    const withBad = refuseSetNumbers(groupOf([GOOD, BAD]), FIRST, DEFAULT_POLICY);
    expect([withBad.verdict, told(withBad).at(-1)]).toEqual(['R', 'AK9*R*2*2*0']);
  });

  it('is named where accepted sets are not, and keeps what was wrong with it', () => {
    const quiet = { listAcceptedSets: false };
    expect(told(refuseSetNumbers(groupOf([GOOD, GOOD], quiet), FIRST, quiet))).toEqual([
      'AK1*PO*1*',
      'AK2*850*0001*',
      'AK5*R*7',
      'AK9*P*2*2*1',
    ]);
    const lenient = { setWithErrors: 'E' } as const;
    const refused = refuseSetNumbers(groupOf([BAD, GOOD], lenient), FIRST, DEFAULT_POLICY);
    expect(told(refused).filter((segment) => segment.startsWith('AK5'))).toEqual(['AK5*R*7*5', 'AK5*A']);
  });

  it('says IK5 in a 999', () => {
    const refused = refuseSetNumbers(groupOf([GOOD, GOOD], { format: '999' }), FIRST, DEFAULT_POLICY);
    expect(told(refused)).toContain('IK5*R*7');
  });

  it('refuses the whole group where the answer has no room to name it', () => {
    const narrow = groupOf([GOOD, GOOD, GOOD], { groupSegmentsMax: 4 });
    const refused = refuseSetNumbers(narrow, numbers('0001', '0003'), DEFAULT_POLICY);
    expect([refused.verdict, told(refused).at(-1)]).toEqual(['R', 'AK9*R*3*3*0']);
    expect(refuseSetNumbers(narrow, FIRST, DEFAULT_POLICY).verdict).toBe('P');
  });
});
