import { describe, expect, it } from '@jest/globals';
import { countsFor, leastMs, lengthOf, planFaults } from './plan.mjs';

const services = ['gateway', 'billing', 'validation'];
const plan = (change = {}) =>
  planFaults({ seed: 1, counts: countsFor(50), services, overMs: leastMs(countsFor(50)), ...change });
const count = (faults, kind) => faults.filter((fault) => fault.kind === kind).length;

describe('the plan of faults', () => {
  it('has the proportions of the long run', () => {
    const faults = plan();
    expect(count(faults, 'kill')).toBe(50);
    expect(count(faults, 'pause')).toBe(10);
    expect(count(faults, 'database crash')).toBe(5);
    expect(count(faults, 'broker outage')).toBe(5);
    expect(count(faults, 'rebalance')).toBe(20);
    expect(faults.filter(({ kind }) => kind.endsWith(' cut')).length).toBe(10);
    expect(faults.filter(({ kind }) => kind.endsWith(' blackhole')).length).toBe(5);
  });

  it('has at least one of each kind as soon as there is a kill, none without, and what is asked for', () => {
    expect(Object.values(countsFor(1)).every((number) => number === 1)).toBe(true);
    expect(Object.values(countsFor(0)).every((number) => number === 0)).toBe(true);
    expect(countsFor(50, { pauses: 0, cuts: 3, blackholes: undefined })).toMatchObject({
      pauses: 0,
      cuts: 3,
      blackholes: 5,
    });
  });

  it('is the same for the same seed and another for another', () => {
    expect(plan()).toEqual(plan());
    expect(plan({ seed: 2 })).not.toEqual(plan());
  });

  it('stops the broker both ways: in good order and by kill -9', () => {
    expect(new Set(plan().map(({ how }) => how))).toEqual(new Set([undefined, 'stop', 'kill', 'cut', 'reset']));
  });

  it('lets nothing begin in a lane before what was there is over, and all is over in time', () => {
    const overMs = leastMs(countsFor(50));
    for (let seed = 1; seed <= 50; seed++) {
      for (const inLane of Map.groupBy(plan({ seed }), ({ lane }) => lane).values()) {
        inLane.forEach((fault, at) => {
          const next = inLane[at + 1]?.at ?? overMs;
          expect(fault.at + lengthOf(fault)).toBeLessThanOrEqual(next + 1);
        });
      }
    }
  });
});
