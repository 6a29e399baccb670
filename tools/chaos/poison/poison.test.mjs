import { describe, expect, it } from '@jest/globals';
import { deadLettersAre, planPoison, READERS } from './poison.mjs';

const plan = planPoison({ count: 60, seed: 1, overMs: 10_000 });
const parkedOf = ({ id, groups }) =>
  groups.map((service) => ({
    service,
    state: 'dead',
    event_id: id,
    event_type: 't',
    key: 'k',
    reason: 'r',
    last_error: '',
  }));
const announcedOf = (poisons) => new Set(poisons.flatMap(({ id, groups }) => groups.map((group) => `${id} ${group}`)));

describe('poison', () => {
  it('is of every kind and for every type, each under a key of its own, and the same for the same seed', () => {
    expect(new Set(plan.map(({ kind }) => kind)).size).toBe(5);
    expect(new Set(plan.map(({ message }) => message.headers.ce_type))).toEqual(new Set(Object.keys(READERS)));
    expect(new Set(plan.map(({ message }) => message.key)).size).toBe(60);
    expect(planPoison({ count: 60, seed: 1, overMs: 10_000 })).toEqual(plan);
    expect(plan.every(({ at }) => at >= 0 && at <= 10_000)).toBe(true);
  });

  it('is right when each reader has one dead letter of it', () => {
    expect(deadLettersAre(plan, plan.flatMap(parkedOf), announcedOf(plan))).toEqual([]);
  });

  it('is wrong when a dead letter is missing, comes twice, was not announced, or something else is dead', () => {
    const [one] = plan;
    const rows = parkedOf(one);
    const announced = announcedOf([one]);
    expect(deadLettersAre([one], rows.slice(1), announced)).toEqual([
      `lost: the poison ${one.id} ${one.groups[0]} left no dead letter`,
    ]);
    expect(deadLettersAre([one], [...rows, rows[0]], announced)[0]).toContain('left 2 dead letters');
    expect(deadLettersAre([one], rows, new Set())).toHaveLength(one.groups.length);
    const other = { ...rows[0], event_id: 'somebody-elses' };
    expect(deadLettersAre([one], [...rows, other], announced)[0]).toMatch(/^dead: /);
    expect(deadLettersAre([one], rows, new Set([...announced, 'x gateway']))[0]).toMatch(/^dead: /);
  });
});
