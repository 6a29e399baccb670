import { describe, expect, it } from '@jest/globals';
import { hashOf, victims } from './dice.js';
import { readFaults } from './faults.js';
import { decimalOf, expectedGross } from './goods.js';
import { awayFor, planOutages } from './outages.js';

describe('what an order comes to', () => {
  it.each([
    ['a whole price', '3.75', 4, 1500],
    ['half a cent and less than that', '0.0375', 1, 4],
    ['exactly half a cent, rounded up', '0.0375', 2, 8],
    ['less than half a cent', '0.0001', 49, 0],
    ['a price without decimals', '12', 3, 3600],
  ])('is rounded per line: %s', (_what, price, quantity, cents) => {
    expect(expectedGross([{ sku: 'X', price, quantity }])).toBe(cents);
  });

  it('is written with two decimals', () => {
    expect([5, 50, 500, 12_345].map(decimalOf)).toEqual(['0.05', '0.50', '5.00', '123.45']);
  });
});

describe('faults on the command line', () => {
  it('are read as shares', () => {
    expect(readFaults('duplicates=0.05, reorder=1')).toEqual({ duplicates: 0.05, reorder: 1 });
    expect(readFaults('')).toEqual({});
  });

  it.each(['colour=0.1', 'duplicates', 'duplicates=', 'duplicates=x', 'duplicates=2', 'duplicates=-1'])(
    '%s is refused',
    (text) => {
      expect(() => readFaults(text)).toThrow(RangeError);
    },
  );
});

describe('outages', () => {
  const options = { seed: 3, share: 0.2, horizonMs: 60_000, parties: ['shop', 'payer'] };
  const outages = planOutages(options);

  it('take the share of the time from every party, in windows that do not overlap', () => {
    for (const party of options.parties) {
      const windows = outages.filter((outage) => outage.party === party);
      expect(windows).toHaveLength(6);
      expect(windows.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBeCloseTo(12_000, -2);
      expect(windows.every(({ fromMs }, at) => at === 0 || fromMs >= windows[at - 1]!.toMs)).toBe(true);
      expect(windows.at(-1)!.toMs).toBeLessThanOrEqual(60_000);
    }
    expect(planOutages(options)).toEqual(outages);
  });

  it('are none without a share, and one in a run of a moment', () => {
    expect(planOutages({ ...options, share: 0 })).toEqual([]);
    expect(planOutages({ ...options, horizonMs: 100 })).toHaveLength(2);
  });

  it('keep only their own party away, from the first moment up to the last', () => {
    const [{ party, fromMs, toMs }] = outages as [(typeof outages)[number]];
    expect(awayFor(outages, party, fromMs)).toBe(toMs - fromMs);
    expect(awayFor(outages, party, fromMs - 1)).toBe(0);
    expect(awayFor(outages, party, toMs)).toBe(0);
    expect(awayFor([{ party: 'shop', fromMs: 0, toMs: 10 }], 'payer', 5)).toBe(0);
  });
});

describe('dice', () => {
  it('spread neighbours far apart', () => {
    const hashes = Array.from({ length: 1000 }, (_, n) => hashOf(`seed|${n}`) % 10);
    const counts = Array.from({ length: 10 }, (_, digit) => hashes.filter((hash) => hash === digit).length);
    expect(Math.min(...counts)).toBeGreaterThan(60);
  });

  it('choose nobody for nothing and everybody for all', () => {
    expect(victims(1, 'x', [1, 2, 3], 0).size).toBe(0);
    expect(victims(1, 'x', [1, 2, 3], 1).size).toBe(3);
    expect(victims(1, 'x', [], 1).size).toBe(0);
  });
});
