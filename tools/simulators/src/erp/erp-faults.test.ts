import { describe, expect, it } from '@jest/globals';
import { atCreation, completeErpFaults, isRefused, slownessMs } from './erp-faults.js';

const references = Array.from({ length: 10_000 }, (_, n) => `order-${n}`);

describe('the faults of the simulated ERP', () => {
  it('hit the shares that were asked for, to a hundredth', () => {
    const faults = completeErpFaults({ createThenHang: 0.3, errorAfterCreate: 0.1, drop: 0.1 });
    const fates = references.map((reference) => atCreation(faults, 7, reference, 1));
    const share = (fate: string): number => fates.filter((one) => one === fate).length / fates.length;
    expect(share('createThenHang')).toBeCloseTo(0.3, 1.7);
    expect(share('errorAfterCreate')).toBeCloseTo(0.1, 1.7);
    expect(share('drop')).toBeCloseTo(0.1, 1.7);
    expect(share('none')).toBeCloseTo(0.5, 1.7);
  });

  it('are the same for the same seed, and others for another', () => {
    const faults = completeErpFaults({ drop: 0.5 });
    const run = (seed: number): string[] => references.map((reference) => atCreation(faults, seed, reference, 1));
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  it('are thrown anew for every try, but a refusal is for good', () => {
    const faults = completeErpFaults({ drop: 0.5, refuse: 0.5 });
    const tries = Array.from({ length: 30 }, (_, n) => atCreation(faults, 1, 'order', n + 1));
    expect(new Set(tries)).toEqual(new Set(['drop', 'none']));
    const refused = references.filter((reference) => isRefused(faults, 1, reference));
    expect(refused.length / references.length).toBeCloseTo(0.5, 1.7);
  });

  it('slow only the share of the requests that was asked for', () => {
    const faults = completeErpFaults({ slow: 0.2, slowMs: 70 });
    const delays = references.map((_, n) => slownessMs(faults, 1, n));
    expect(new Set(delays)).toEqual(new Set([0, 70]));
  });

  it.each<[object]>([
    [{ crash: 1 }],
    [{ drop: 1.1 }],
    [{ drop: -0.1 }],
    [{ drop: 0.6, error: 0.6 }],
    [{ slow: Number.NaN }],
  ])('are refused when they make no sense: %j', (faults: object) => {
    expect(() => completeErpFaults(faults)).toThrow(RangeError);
  });
});
