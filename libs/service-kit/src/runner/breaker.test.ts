import { expect, it } from '@jest/globals';
import { Breaker } from './breaker.js';

const fail = (breaker: Breaker, times: number): boolean[] => Array.from({ length: times }, () => breaker.failed());

it('opens with the eleventh failure of fifty, not with the tenth', () => {
  const breaker = new Breaker();
  breaker.succeeded(39);
  expect(fail(breaker, 10)).toEqual(Array.from({ length: 10 }, () => false));
  expect(breaker.isOpen).toBe(false);
  expect(breaker.failed()).toBe(true);
});

it('forgets failures that fifty successes lie behind', () => {
  const breaker = new Breaker();
  fail(breaker, 10);
  breaker.succeeded(1_000);
  expect(fail(breaker, 10)).not.toContain(true);
});

it('starts anew once it is closed', () => {
  const breaker = new Breaker();
  fail(breaker, 11);
  expect(breaker.isOpen).toBe(true);
  breaker.close();
  expect(breaker.isOpen).toBe(false);
  expect(breaker.failed()).toBe(false);
});
