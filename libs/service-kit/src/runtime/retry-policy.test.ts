import { describe, expect, it } from '@jest/globals';
import { Failure } from './failure.js';
import { nextStep } from './retry-policy.js';

const policy = { attemptsMax: 4, delayMsFirst: 100, delayMsMax: 300 };

describe('what follows a throw', () => {
  it('tries again later and later, up to a longest pause', () => {
    const waits = [1, 2, 3].map((attempt) => nextStep(new Error('x'), attempt, policy, 1));
    expect(waits).toEqual([
      { do: 'retry', afterMs: 100 },
      { do: 'retry', afterMs: 200 },
      { do: 'retry', afterMs: 300 },
    ]);
  });

  it('spreads the tries over the second half of the pause', () => {
    expect(nextStep(new Error('x'), 1, policy, 0)).toEqual({ do: 'retry', afterMs: 50 });
  });

  it('gives up at the last attempt and not one before', () => {
    expect(nextStep(new Error('x'), 3, policy, 1).do).toBe('retry');
    expect(nextStep(new Error('x'), 4, policy, 1)).toEqual({ do: 'die', reason: 'UNEXPECTED' });
    expect(nextStep(Failure.transient('RATE_LIMITED', 'x'), 4, policy, 1)).toEqual({
      do: 'die',
      reason: 'RATE_LIMITED',
    });
  });

  it('is three times as patient with what the database ended because it took too long', () => {
    const ended = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
    expect(nextStep(ended, 11, policy, 1)).toEqual({ do: 'retry', afterMs: 300 });
    expect(nextStep(ended, 12, policy, 1)).toEqual({ do: 'die', reason: 'TOOK_TOO_LONG' });
  });

  it('gives up at once what cannot change by itself', () => {
    expect(nextStep(Failure.permanent('PARTNER_REJECTED', 'x'), 1, policy, 1)).toEqual({
      do: 'die',
      reason: 'PARTNER_REJECTED',
    });
  });

  it('waits as long as the other side asked, when that is longer', () => {
    const asked = (retryAfterMs: number) =>
      nextStep(Failure.transient('RATE_LIMITED', 'x', { retryAfterMs }), 1, policy, 1);
    expect(asked(30_000)).toEqual({ do: 'retry', afterMs: 30_000 });
    expect(asked(1)).toEqual({ do: 'retry', afterMs: 100 });
  });
});
