import { expect, it } from '@jest/globals';
import { judgeDeal, type DealFacts, type KnownDeal } from './judge-deal.js';
import { pauseBeforeNextRead } from './read-again.js';

const at = (second: number): Date => new Date(Date.UTC(2026, 1, 3, 10, 0, second));
const deal = (change: Partial<DealFacts> = {}): DealFacts => ({
  isWon: true,
  revision: at(10),
  orderId: 'o',
  contentHash: 'a',
  ...change,
});
const known = (change: Partial<KnownDeal> = {}): KnownDeal => ({
  orderId: 'o',
  revision: at(10),
  contentHash: 'a',
  ...change,
});

it('captures a won deal once, and again when its content changed', () => {
  expect(judgeDeal(deal(), undefined, [])).toBe('capture');
  expect(judgeDeal(deal({ revision: at(11) }), known(), [])).toBe('same');
  expect(judgeDeal(deal({ contentHash: 'b' }), known(), [])).toBe('capture');
});

it('leaves an older copy alone, whatever it says', () => {
  for (const copy of [deal({ revision: at(9), contentHash: 'b' }), deal({ revision: at(9), isWon: false })])
    expect(judgeDeal(copy, known(), [])).toBe('stale');
});

it('ignores a deal that is not won, and reports one that was captured', () => {
  expect(judgeDeal(deal({ isWon: false }), undefined, [])).toBe('ignore');
  expect(judgeDeal(deal({ isWon: false }), known(), [])).toBe('refuse-reopened');
});

it('takes another deal of the same order for the same only if it says the same', () => {
  expect(judgeDeal(deal(), undefined, ['a'])).toBe('same');
  expect(judgeDeal(deal(), undefined, ['b'])).toBe('capture');
});

it('refuses what would become a second order, and what cannot be mapped', () => {
  expect(judgeDeal(deal({ orderId: 'p' }), known(), [])).toBe('refuse-moved');
  expect(judgeDeal(deal({ orderId: undefined, contentHash: undefined }), known(), [])).toBe('refuse-unreadable');
});

it('waits longer each time, five minutes at most, and as long as it was asked to', () => {
  expect([1, 2, 9, 10, 1000].map((attempts) => pauseBeforeNextRead(attempts))).toEqual([
    1000, 2000, 256_000, 300_000, 300_000,
  ]);
  expect(pauseBeforeNextRead(1, 400_000)).toBe(400_000);
});
