import { describe, expect, it } from '@jest/globals';
import { judgeCopy, type KnownOrder } from './judge-copy.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 1, 3, 10, 0, seconds));
const known = (change: Partial<KnownOrder> = {}): KnownOrder => ({
  orderId: 'o',
  revision: at(10),
  contentHash: 'a',
  cancelled: false,
  ...change,
});

describe('a copy of an order', () => {
  it('is captured when it is the first', () => {
    expect(judgeCopy(undefined, { revision: at(1), contentHash: 'a', cancelled: false })).toBe('capture');
  });

  it('is the same when the content is, at the same time or later', () => {
    for (const second of [10, 11])
      expect(judgeCopy(known(), { revision: at(second), contentHash: 'a', cancelled: false })).toBe('same');
  });

  it('is captured again when its content is another, even within the same second', () => {
    for (const second of [10, 11])
      expect(judgeCopy(known(), { revision: at(second), contentHash: 'b', cancelled: false })).toBe('capture');
  });

  it('is stale a second before the newest copy, whatever it says', () => {
    expect(judgeCopy(known(), { revision: at(9), contentHash: 'b', cancelled: false })).toBe('stale');
    expect(judgeCopy(known(), { revision: at(9), contentHash: 'a', cancelled: true })).toBe('stale');
    expect(judgeCopy(known(), { revision: at(9), cancelled: false })).toBe('stale');
  });

  it('cancels once, also when no quantity is left to map', () => {
    expect(judgeCopy(known(), { revision: at(11), cancelled: true })).toBe('cancel');
    expect(judgeCopy(known({ cancelled: true }), { revision: at(11), cancelled: true })).toBe('same');
  });

  it('is not captured when it came cancelled, nor is the older copy that comes after it', () => {
    expect(judgeCopy(undefined, { revision: at(10), contentHash: 'a', cancelled: true })).toBe('refuse-cancelled');
    const seen = known({ orderId: undefined, cancelled: true });
    expect(judgeCopy(seen, { revision: at(5), contentHash: 'a', cancelled: false })).toBe('stale');
  });

  it('cancels when nothing is left of it, once; when there is something again, a person decides', () => {
    const empty = { contentHash: '0', cancelled: false, isEmpty: true };
    expect(judgeCopy(known(), { revision: at(11), ...empty })).toBe('cancel');
    expect(judgeCopy(known({ contentHash: '0' }), { revision: at(12), ...empty })).toBe('same');
    expect(judgeCopy(known({ contentHash: '0' }), { revision: at(13), contentHash: 'a', cancelled: false })).toBe(
      'capture',
    );
    expect(judgeCopy(undefined, { revision: at(11), ...empty })).toBe('refuse-unreadable');
  });

  it('is not captured when the shop has sent it before we saw it; what it sends later is news once', () => {
    const sent = { revision: at(11), contentHash: 'a', cancelled: false, isSent: true };
    expect(judgeCopy(undefined, sent)).toBe('refuse-sent');
    expect(judgeCopy(known(), sent)).toBe('sent');
    expect(judgeCopy(known({ sentByShop: true }), sent)).toBe('same');
    expect(judgeCopy(known({ cancelled: true }), sent)).toBe('same');
    expect(judgeCopy(known(), { ...sent, revision: at(9) })).toBe('stale');
  });

  it('is refused when it is new and cannot be mapped', () => {
    expect(judgeCopy(undefined, { revision: at(1), cancelled: false })).toBe('refuse-unreadable');
    expect(judgeCopy(known(), { revision: at(11), cancelled: false })).toBe('refuse-unreadable');
  });
});
