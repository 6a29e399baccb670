import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.mjs';

describe('the command line', () => {
  it('without anything is the long run', () => {
    expect(readOptions([])).toMatchObject({
      orders: 10_000,
      seed: 1,
      counts: { kills: 50, pauses: 10, databaseCrashes: 5, brokerOutages: 5, rebalances: 20 },
      shares: { duplicates: 0.05, reorder: 0.05, createThenHang: 0.1 },
      poison: 0.01,
    });
  });

  it('keeps the long run under 18 minutes, and gives faults the time they need in a short one', () => {
    expect(readOptions([]).overMs).toBeLessThan(18 * 60_000);
    expect(readOptions(['--orders', '50', '--kills', '5']).overMs).toBeGreaterThanOrEqual(45_000);
    expect(readOptions(['--orders', '50', '--kills', '0']).overMs).toBe(15_000);
    expect(readOptions(['--seconds', '7']).overMs).toBe(7_000);
  });

  it('takes a count for each kind of fault', () => {
    expect(readOptions(['--kills', '10', '--pauses', '0', '--cuts', '3']).counts).toMatchObject({
      kills: 10,
      pauses: 0,
      cuts: 3,
      rebalances: 4,
    });
  });

  it('refuses what is no number or no option', () => {
    expect(() => readOptions(['--orders', 'many'])).toThrow('--orders is a number, not "many"');
    expect(() => readOptions(['--order', '5'])).toThrow('--order');
  });
});
