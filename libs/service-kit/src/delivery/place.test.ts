import { beforeEach, describe, expect, it } from '@jest/globals';
import { AWAY_MS_MAX, Place } from './place.js';

const SLOWEST = 1; // the pause is not shortened by chance
let place: Place;

beforeEach(() => {
  place = new Place(4, { delayMsFirst: 500 });
});

describe('a place that deliveries go to', () => {
  it('takes as many calls as it bears', () => {
    expect(place.room(0)).toBe(4);
  });

  it('that is away is left alone, then tried with one call, and open again once it answers', () => {
    place.away(0, 0, SLOWEST);
    expect(place.room(499)).toBe(0);
    expect(place.room(500)).toBe(1);
    place.answered();
    expect(place.room(500)).toBe(4);
  });

  it('is tried less and less often, but every half minute at least', () => {
    let nowMs = 0;
    const waits = Array.from({ length: 9 }, () => {
      place.away(nowMs, 0, SLOWEST);
      const from = nowMs;
      while (place.room(nowMs) === 0) nowMs += 100;
      return nowMs - from;
    });
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, AWAY_MS_MAX, AWAY_MS_MAX, AWAY_MS_MAX]);
  });

  it('that several calls found away at once counts as away once', () => {
    for (let n = 0; n < 4; n += 1) place.away(10, 0, SLOWEST);
    expect(place.room(510)).toBe(1);
  });

  it('that names a time is left alone until then, even when later answers name none', () => {
    place.away(0, 90_000, SLOWEST);
    place.away(5, 0, SLOWEST);
    expect(place.room(89_999)).toBe(0);
    expect(place.room(90_000)).toBe(1);
  });

  it('that asks for a day is asked again after an hour', () => {
    place.away(0, 86_400_000, SLOWEST);
    expect(place.room(3_600_000)).toBe(1);
  });

  it('that loses twenty answers in a row is away; nineteen may be the deliveries own trouble', () => {
    for (let n = 0; n < 19; n += 1) place.lost(0, SLOWEST);
    expect(place.room(0)).toBe(4);
    place.lost(0, SLOWEST);
    expect(place.room(0)).toBe(0);
  });

  it('that answers now and then is never away for the answers it loses', () => {
    for (let n = 0; n < 100; n += 1) {
      place.lost(0, SLOWEST);
      if (n % 10 === 9) place.answered();
    }
    expect(place.room(0)).toBe(4);
  });
});
