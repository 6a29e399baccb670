import { describe, expect, it } from '@jest/globals';
import { runFuzz } from './run-fuzz.mjs';
import { seedFiles } from './seeds.mjs';

const seeds = seedFiles(process.env.RAILHEAD_X12_SAMPLES);

describe('the X12 reader', () => {
  it('keeps its promises for 2,000 damaged files and heaps of noise', () => {
    const { failures, bytesRead } = runFuzz({ inputs: 2000, seed: 11, seeds });
    expect(failures.map(({ index, error }) => `${index}: ${error.message}`)).toEqual([]);
    expect(bytesRead).toBeGreaterThan(2_000_000);
  }, 180_000);
});

describe('a run', () => {
  it('is the same again with the same seed, and another with another', () => {
    const read = (seed) => runFuzz({ inputs: 20, seed, seeds }).bytesRead;
    expect(read(3)).toBe(read(3));
    expect(read(3)).not.toBe(read(4));
  });
});
