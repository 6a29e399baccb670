import { describe, expect, it } from '@jest/globals';
import type { GroupHeader } from '@railhead/x12';
import { Partner } from '../partners/partner.js';
import type { SetRun } from './set-numbers.js';
import {
  besideRows,
  cameBefore,
  keyOfGroup,
  RUNS_MAX,
  ruleOn,
  usedOf,
  wordOf,
  type GroupKey,
  type GroupNumbers,
} from './used-numbers.js';

const partnerWith = (duplicates: object) =>
  Partner.parse({
    name: 'buyer',
    accountId: 'BUYER',
    them: { qualifier: 'ZZ', id: 'BUYER' },
    us: { qualifier: 'ZZ', id: 'RAILHEAD' },
    duplicates,
  });

const header = (change: Partial<GroupHeader> = {}) =>
  ({
    functionalId: 'PO',
    senderCode: 'BUYER',
    receiverCode: 'RAILHEAD',
    controlNumber: '0007',
    ...change,
  }) as GroupHeader;

const key = { sender: 'BUYER', receiver: 'RAILHEAD', functionalId: 'PO', controlNumber: '7' };
const group = (change: Partial<GroupNumbers> = {}): GroupNumbers => ({
  ...key,
  ordinal: 1,
  sets: [['850', 1, 3]],
  ...change,
});
const earlier = { ...key, documentId: 'first', sets: [['850', 3, 9]] as const };
const NONE = new Map<string, readonly SetRun[]>();
const used = usedOf(cameBefore([group()], [earlier]), NONE);
const AT_GROUP = expect.objectContaining({
  code: 'CONTROL_NUMBER_REUSED',
  at: 'GS06',
  message: 'group PO 7 came before, in document first',
});
const AT_SETS = expect.objectContaining({
  code: 'CONTROL_NUMBER_REUSED',
  at: 'ST02',
  message: '850 3 of group PO 7 came before',
});

describe('the key of a group', () => {
  it('has its number as a number', () => {
    expect(keyOfGroup(header(), '261102', partnerWith({}))).toEqual(key);
    expect(keyOfGroup(header({ controlNumber: '7' }), '261103', partnerWith({}))).toEqual(key);
  });

  it('has the day of its interchange where the partner begins its numbers anew', () => {
    const daily = partnerWith({ interchange: 'with-date' });
    expect(keyOfGroup(header(), '261102', daily).controlNumber).toBe('7@261102');
    expect(keyOfGroup(header(), '261103', daily).controlNumber).toBe('7@261103');
  });

  it('is what a database can keep, whatever stands in the file', () => {
    const odd = keyOfGroup(header({ senderCode: `A\0${'B'.repeat(5_000)}` }), '261102', partnerWith({}));
    expect(odd.sender).toBe(`A ${'B'.repeat(33)}`);
  });
});

describe('what came before', () => {
  it('is told by the row of a group, and by rows of sets beside it', () => {
    expect(cameBefore([group({ controlNumber: '8' })], [earlier])).toEqual([]);
    expect(used).toMatchObject([{ documentId: 'first', sets: [['850', 3]] }]);
    const again = cameBefore([group()], [earlier]);
    const beside = (whose: GroupKey) => usedOf(again, new Map([[wordOf(whose), [['850', 1]]]]));
    expect(beside(key)).toMatchObject([
      {
        sets: [
          ['850', 1],
          ['850', 3],
        ],
      },
    ]);
    expect(beside({ ...key, functionalId: 'PC' })).toMatchObject([{ sets: [['850', 3]] }]);
  });

  it('is noted and taken, as long as nothing else was agreed upon', () => {
    const { duplicates } = partnerWith({});
    const ruling = ruleOn(used, duplicates);
    expect(ruling).toMatchObject({ issues: [], notes: [AT_GROUP, AT_SETS] });
    expect([ruling.groups.size, ruling.sets.size]).toEqual([0, 0]);
  });

  it('refuses groups where that was agreed upon, and then says nothing more of their sets', () => {
    const ruling = ruleOn(used, { group: 'refuse', set: 'refuse' });
    expect([...ruling.groups]).toEqual([1]);
    expect(ruling).toMatchObject({ issues: [AT_GROUP], notes: [] });
    expect(ruling.sets.size).toBe(0);
  });

  it('refuses sets alone where that was agreed upon', () => {
    const ruling = ruleOn(used, { group: 'note', set: 'refuse' });
    expect([...ruling.sets]).toEqual([[1, [['850', 3]]]]);
    expect(ruling).toMatchObject({ issues: [AT_SETS], notes: [AT_GROUP] });
    expect(ruling.groups.size).toBe(0);
  });

  it('is a group alone when its sets are new', () => {
    const fresh = usedOf(cameBefore([group()], [{ ...earlier, sets: [['850', 4]] }]), NONE);
    expect(ruleOn(fresh, { group: 'note', set: 'refuse' })).toMatchObject({ issues: [], notes: [AT_GROUP] });
  });

  it('is told a hundred times at most', () => {
    const many = Array.from({ length: 101 }, (_, n) => ({ ...used[0]!, group: group({ ordinal: n + 1 }) }));
    const { groups, issues } = ruleOn(many, { group: 'refuse', set: 'note' });
    expect([groups.size, issues.length]).toEqual([101, 100]);
  });
});

describe('beside the rows of groups stand', () => {
  const runs = Array.from({ length: RUNS_MAX + 1 }, (_, n) => ['850', 2 * n] as const);

  it('of a new group only what its row has no room for', () => {
    expect(besideRows([group()], [])).toMatchObject([{ sets: [] }]);
    expect(besideRows([group({ sets: runs })], [])).toMatchObject([{ sets: [['850', 2 * RUNS_MAX]] }]);
  });

  it('of one that came before all sets that are new', () => {
    expect(besideRows([group()], used)).toMatchObject([{ sets: [['850', 1, 2]] }]);
  });
});
