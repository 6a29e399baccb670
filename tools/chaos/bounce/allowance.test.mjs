import { expect, it } from '@jest/globals';
import { nextRelease } from './allowance.mjs';

const stage = { end: 1_000, share: 1_000, perTick: 50 };

it('lets messages come at the pace that is wanted, and the last of a stage in drops', () => {
  expect(nextRelease(0, stage)).toBe(50);
  expect(nextRelease(799, stage)).toBe(849);
  expect(nextRelease(800, stage)).toBe(806);
});

it('never goes beyond the end of the stage, and takes many ticks to come there', () => {
  let [released, ticks] = [0, 0];
  for (; released < stage.end; ticks++) released = nextRelease(released, stage);
  expect(released).toBe(1_000);
  expect(ticks).toBeGreaterThan(60);
  expect(nextRelease(1_000, stage)).toBe(1_000);
});

it('has no drops where nothing is waited for', () => {
  expect(nextRelease(990, { ...stage, share: 0 })).toBe(1_000);
});
