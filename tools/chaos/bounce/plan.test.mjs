import { describe, expect, it } from '@jest/globals';
import { KINDS, planBounces } from './plan.mjs';

const plan = (bounces, seed = 1) => planBounces({ bounces, seed, everyMs: 6_000, processes: 3 });

describe('the plan of a run', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan(20)).toEqual(plan(20));
    expect(plan(20, 2)).not.toEqual(plan(20));
  });

  it('has every kind once before any comes again', () => {
    expect(new Set(plan(KINDS.length).map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(plan(20)).toHaveLength(20);
  });

  it('bites even when it is short', () => {
    for (let seed = 1; seed < 20; seed++) {
      const kinds = plan(3, seed).map(({ kind }) => kind);
      expect(kinds).toContain('source dies after publishing');
      expect(kinds).toContain('sink dies after its commit');
    }
  });

  it('leaves time between two bounces', () => {
    for (const { afterMs } of plan(20)) {
      expect(afterMs).toBeGreaterThanOrEqual(3_000);
      expect(afterMs).toBeLessThanOrEqual(9_000);
    }
  });

  it('is empty when nothing is to be done', () => {
    expect(plan(0)).toEqual([]);
  });
});
