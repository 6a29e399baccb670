import { expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { shortReference } from './short-reference.js';

it('is the same for ever: a warehouse repeats weeks later what it was asked by', () => {
  expect(shortReference('018f0000-0000-7000-8000-00000000000a')).toBe('2XTIHYR15399ETLI');
});

it('has sixteen characters whatever it is made from, and each id has its own', () => {
  const all = Array.from({ length: 500 }, () => shortReference(randomUUID()));
  expect(all.filter((one) => !/^[0-9A-Z]{16}$/.test(one))).toEqual([]);
  expect(new Set(all).size).toBe(500);
});
