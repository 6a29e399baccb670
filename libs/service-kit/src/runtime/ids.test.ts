import { expect, it, jest } from '@jest/globals';
import { uuidv7 } from './ids.js';

const SHAPE = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('makes ids of version 7, all different, each above the one before', () => {
  const ids = Array.from({ length: 20_000 }, uuidv7);
  expect(ids.every((id) => SHAPE.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

it('carries the time of its making', () => {
  const before = Date.now();
  const ms = Number.parseInt(uuidv7().replace('-', '').slice(0, 12), 16);
  expect(ms).toBeGreaterThanOrEqual(before);
  expect(ms - Date.now()).toBeLessThan(100); // many in one millisecond run ahead of it
});

it('stays in order when the clock steps back', () => {
  const last = uuidv7();
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() - 7_200_000);
  try {
    expect(uuidv7() > last).toBe(true);
  } finally {
    clock.mockRestore();
  }
});
