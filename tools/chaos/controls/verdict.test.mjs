import { describe, expect, it } from '@jest/globals';
import { sentenceOf, verdictOf } from './verdict.mjs';

const clean = { faults: [], said: 'all well' };
const red = { faults: ['1 of 3 lost', 'one unknown'], said: 'all well' };
const broken = { error: 'waited in vain' };

describe('a guard', () => {
  it('is proved when its run is clean, and red without it', () => {
    expect(verdictOf(clean, red)).toEqual({ proved: true, verdict: 'RED as it must' });
  });

  it('is not proved when nothing happens without it', () => {
    expect(verdictOf(clean, clean)).toEqual({ proved: false, verdict: 'GREEN: THE GUARD IS NOT PROVED' });
  });

  it('is not proved when things go wrong with it as well', () => {
    expect(verdictOf(red, red).proved).toBe(false);
  });

  it('is not proved by a run that broke down', () => {
    expect(verdictOf(clean, broken).proved).toBe(false);
    expect(verdictOf(broken, red).proved).toBe(false);
  });
});

it('tells a half by its faults, or by what went well', () => {
  expect([clean, red, broken].map(sentenceOf)).toEqual(['all well', '1 of 3 lost; one unknown', 'waited in vain']);
});
