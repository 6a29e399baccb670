import { describe, expect, it } from '@jest/globals';
import { runRow } from './run-row.mjs';

/** A row whose contestants note their turns; `foreign` is what others take, measure by measure. */
function rig({ foreign = [], contestants = ['ours', 'theirs'], rows = {} } = {}) {
  const turns = [];
  const closed = [];
  const row = {
    id: 'row',
    title: 'a row',
    contestants,
    goals: [{ id: 'P6', what: 'ours / theirs', better: 'less', floor: 2, target: 1 }],
    open: async () => ({
      measure: async (name) => {
        turns.push(name);
        return name === 'absent' ? undefined : { perSecond: turns.length, cpu: { node: turns.length * 10 } };
      },
      close: async () => closed.push(true),
    }),
    judge: ({ ours, theirs }) => [{ goal: 'P6', value: ours.perSecond / theirs.perSecond }],
    ...rows,
  };
  const watch = () => () => ({ foreignCores: foreign.shift() ?? 0, seconds: 1, load: 0 });
  const how = { rounds: 3, repeats: 2, short: false, options: {}, say: () => {}, keep: () => {}, watch };
  return { row, how, turns, closed };
}

describe('a row of the bench', () => {
  it('lets the contestants take turns and turns their order round each time', async () => {
    const { row, how, turns, closed } = rig();
    const { rounds, medians, spreads, noisy } = await runRow(row, how);
    expect(turns).toEqual(['ours', 'theirs', 'theirs', 'ours', 'ours', 'theirs']);
    expect(rounds).toHaveLength(3);
    expect(medians.ours).toMatchObject({ perSecond: 4, cpu: { node: 40 } });
    expect(spreads.ours.perSecond).toEqual([1, 5]);
    expect(noisy).toBe(false);
    expect(closed).toHaveLength(1);
  });

  it('repeats a noisy round, keeps it in the result and counts the quiet ones', async () => {
    const { row, how } = rig({ foreign: [0, 0.21] });
    const { rounds, medians, noisy } = await runRow(row, how);
    expect(rounds.map((round) => round.noisy)).toEqual([true, false, false, false]);
    expect(medians.ours.perSecond).toBe(5); // 4, 5, 8: the first round is not among them
    expect(noisy).toBe(false);
  });

  it('does not call a fifth of a core noise', async () => {
    const { row, how } = rig({ foreign: [0.2, 0.2, 0.2, 0.2, 0.2, 0.2] });
    expect((await runRow(row, how)).rounds).toHaveLength(3);
  });

  it('says so when no repetition was quiet enough, and counts every round', async () => {
    const { row, how } = rig({ foreign: Array.from({ length: 20 }, () => 1) });
    const { rounds, medians, noisy } = await runRow(row, how);
    expect(rounds).toHaveLength(5);
    expect(noisy).toBe(true);
    expect(medians.theirs.perSecond).toBe(6); // 2, 3, 6, 7, 10
  });

  it('leaves out a contestant that sits out, and closes what was opened when one fails', async () => {
    const quiet = rig({ contestants: ['ours', 'theirs', 'absent'] });
    expect(Object.keys((await runRow(quiet.row, quiet.how)).medians)).toEqual(['ours', 'theirs']);
    const failing = rig({ rows: {} });
    failing.row.open = async () => ({
      measure: () => Promise.reject(new Error('no port')),
      close: async () => failing.closed.push(true),
    });
    await expect(runRow(failing.row, failing.how)).rejects.toThrow('no port');
    expect(failing.closed).toHaveLength(1);
  });
});
