import { expect, it } from '@jest/globals';
import { median, mediansOf, quantile, spreadsOf } from './medians.mjs';

it('takes the middle of an odd number of values, half-way between two of an even one', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([1, 9, 5, 6])).toBe(5.5);
  expect(median([undefined, 3])).toBe(3);
  expect(median([])).toBeUndefined();
});

it('looks into nested figures and keeps of a list what the last round said', () => {
  const rounds = [
    { cpu: { node: 1 }, points: [1] },
    { cpu: { node: 3 }, points: [2] },
    { cpu: { node: 2 }, only: 7 },
  ];
  expect(mediansOf(rounds)).toEqual({ cpu: { node: 2 }, points: [2], only: 7 });
  expect(spreadsOf(rounds)).toEqual({ cpu: { node: [1, 3] }, points: [2], only: [7, 7] });
});

it('finds the value below which a share lies', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index);
  expect([0, 0.5, 0.99, 1].map((share) => quantile(hundred, share))).toEqual([0, 50, 99, 99]);
});
