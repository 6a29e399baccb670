import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Gathering } from './gathering.js';

const FINE = { status: 'fulfilled', value: undefined } as const;

/** Works on groups slowly and remembers them; items named `bad` fail, a group with `worst` throws. */
function gatheringOf(sizeMax: number): { groups: string[][]; gathering: Gathering<string> } {
  const groups: string[][] = [];
  const work = async (items: readonly string[]): Promise<PromiseSettledResult<void>[]> => {
    groups.push([...items]);
    await pause(5);
    if (items.includes('worst')) throw new Error('worst');
    return items.map((item) => (item === 'bad' ? { status: 'rejected', reason: new Error('bad') } : FINE));
  };
  return { groups, gathering: new Gathering(work, sizeMax) };
}

describe('what is handed in', () => {
  it('is worked on at once when nothing runs, and gathers while something does', async () => {
    const { groups, gathering } = gatheringOf(10);
    await Promise.all(['a', 'b', 'c', 'd'].map((item) => gathering.add(item, 1)));
    await gathering.add('e', 1);
    expect(groups).toEqual([['a'], ['b', 'c', 'd'], ['e']]);
  });

  it('waits a moment after a small group, so that what follows shares a transaction; after a full one it does not', async () => {
    const { groups, gathering } = gatheringOf(10);
    await gathering.add('small', 1);
    await Promise.all([gathering.add('b', 1), pause(2).then(() => gathering.add('c', 1))]);
    await pause(40);
    await Promise.all([
      gathering.add('full', 10),
      pause(1).then(() => gathering.add('d', 1)),
      pause(9).then(() => gathering.add('e', 1)),
    ]);
    expect(groups).toEqual([['small'], ['b', 'c'], ['full'], ['d'], ['e']]);
  });

  it('makes no group larger than allowed, and a group of its own of what alone is larger', async () => {
    const { groups, gathering } = gatheringOf(10);
    const sizes = { first: 1, half: 5, other: 5, more: 1, huge: 11, last: 1 };
    await Promise.all(Object.entries(sizes).map(([item, size]) => gathering.add(item, size)));
    expect(groups).toEqual([['first'], ['half', 'other'], ['more'], ['huge'], ['last']]);
  });

  it('fails alone, and fails with its whole group only when the group does', async () => {
    const { gathering } = gatheringOf(10);
    const outcomes = await Promise.allSettled(['first', 'good', 'bad'].map((item) => gathering.add(item, 1)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await pause(40);
    const group = await Promise.allSettled(['first', 'good', 'worst'].map((item) => gathering.add(item, 1)));
    expect(group.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(gathering.add('after', 1)).resolves.toBeUndefined();
  });
});
