import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UploadCoverage } from './upload-coverage.js';

const covered = (...pieces: readonly (readonly [number, number])[]): boolean => {
  const coverage = new UploadCoverage();
  for (const [start, end] of pieces) coverage.add(start, end);
  return coverage.isWhole;
};

describe('an upload', () => {
  it('is whole without a byte, in one piece, and in pieces that touch or overlap', () => {
    expect(covered()).toBe(true);
    expect(covered([0, 10])).toBe(true);
    expect(covered([5, 10], [0, 5])).toBe(true);
    expect(covered([0, 6], [3, 9], [0, 2])).toBe(true);
  });

  it('is not whole with a byte missing at its beginning or within', () => {
    expect(covered([1, 10])).toBe(false);
    expect(covered([0, 5], [6, 10])).toBe(false);
  });

  it('is whole in whatever order its pieces come', () => {
    const orders = fc.shuffledSubarray(
      Array.from({ length: 12 }, (_, n) => n),
      { minLength: 12 },
    );
    fc.assert(
      fc.property(orders, (order) => expect(covered(...order.map((n) => [n * 3, n * 3 + 3] as const))).toBe(true)),
    );
  });

  it('is not whole after more holes than anybody makes', () => {
    expect(covered(...Array.from({ length: 3_000 }, (_, n) => [n * 2, n * 2 + 1] as const))).toBe(false);
  });
});
