import { describe, expect, it } from '@jest/globals';
import { lagOf } from './lag.js';

const ends = (low: string, high: string) => [{ partition: 0, low, high }];
const lag = (low: string, high: string, committed?: string): bigint | undefined =>
  lagOf('billing', 'orders', ends(low, high), committed === undefined ? [] : [{ partition: 0, offset: committed }])[0]
    ?.lag;

describe('lag', () => {
  it('is what lies between the committed position and the end', () => {
    expect(lag('0', '30', '29')).toBe(1n);
    expect(lag('0', '30', '30')).toBe(0n);
  });

  it('is everything that is still there for a group that never committed', () => {
    expect(lag('10', '30', '-1')).toBe(20n);
    expect(lag('10', '30')).toBe(20n);
  });

  it('does not count what retention has deleted', () => {
    expect(lag('10', '30', '4')).toBe(20n);
  });

  it('is zero, not negative, when the topic was made anew below the committed position', () => {
    expect(lag('0', '3', '9')).toBe(0n);
  });

  it('is exact beyond the numbers a double can hold', () => {
    expect(lag('0', '9007199254740995', '9007199254740993')).toBe(2n);
  });

  it('lists partitions in order and tells a group without a position from one at the start', () => {
    const both = [
      { partition: 1, low: '0', high: '1' },
      { partition: 0, low: '0', high: '1' },
    ];
    const lags = lagOf('billing', 'orders', both, [{ partition: 1, offset: '0' }]);
    expect(lags.map(({ partition, committed }) => [partition, committed])).toEqual([
      [0, undefined],
      [1, 0n],
    ]);
  });
});
