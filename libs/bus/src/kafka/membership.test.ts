import { describe, expect, it } from '@jest/globals';
import { Membership } from './membership.js';

function member(): Membership {
  const membership = new Membership({ sessionTimeoutMs: 10_000, rebalanceTimeoutMs: 15_000 });
  membership.joined(0);
  return membership;
}

describe('a member of a consumer group', () => {
  it('owns nothing before it has joined', () => {
    expect(new Membership({ sessionTimeoutMs: 1, rebalanceTimeoutMs: 1 }).isStale(0)).toBe(true);
  });

  it('believes in its partitions for one session without an answer, and not a millisecond longer', () => {
    const membership = member();
    expect(membership.isStale(10_000)).toBe(false);
    expect(membership.isStale(10_001)).toBe(true);
  });

  it('goes on believing as long as the coordinator answers', () => {
    const membership = member();
    membership.proven(9_000);
    expect(membership.isStale(19_000)).toBe(false);
  });

  it('may finish its work during a rebalance, but only until the others stop waiting', () => {
    const membership = member();
    for (let atMs = 1_000; atMs <= 16_000; atMs += 1_000) membership.refused('REBALANCE_IN_PROGRESS', atMs);
    expect(membership.isAskedToRejoin).toBe(true);
    expect(membership.isStale(16_000)).toBe(false);
    expect(membership.isStale(16_001)).toBe(true);
  });

  it('stops at once when it was expelled, until it has joined again', () => {
    const membership = member();
    membership.refused('UNKNOWN_MEMBER_ID', 1);
    expect(membership.isStale(1)).toBe(true);
    membership.joined(2);
    expect(membership.isStale(2)).toBe(false);
    expect(membership.isAskedToRejoin).toBe(false);
  });

  it('does not give up because a connection broke', () => {
    const membership = member();
    membership.refused(undefined, 1);
    expect(membership.isStale(1)).toBe(false);
  });
});
