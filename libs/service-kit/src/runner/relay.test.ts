import { expect, it } from '@jest/globals';
import { countWithin } from './relay.js';

it('takes as many rows as fit together, in their order', () => {
  expect(countWithin([10, 10, 10], 30)).toBe(3);
  expect(countWithin([10, 10, 11], 30)).toBe(2);
});

it('takes a row that is too large alone, so that it blocks nobody behind it by waiting', () => {
  expect(countWithin([50, 1], 30)).toBe(1);
  expect(countWithin([1, 50], 30)).toBe(1);
  expect(countWithin([], 30)).toBe(0);
});
