import { describe, expect, it } from '@jest/globals';
import { toInstant } from './instant.js';

describe('a time of X12', () => {
  it.each([
    ['ET', '20260115', '2026-01-15T17:00:00.000Z'],
    ['ET', '20260715', '2026-07-15T16:00:00.000Z'],
    ['PT', '20260115', '2026-01-15T20:00:00.000Z'],
    ['PT', '20260715', '2026-07-15T19:00:00.000Z'],
    ['AT', '20260115', '2026-01-15T21:00:00.000Z'],
    ['TT', '20260715', '2026-07-15T15:00:00.000Z'],
    ['HT', '20260715', '2026-07-15T22:00:00.000Z'],
    ['NT', '20260115', '2026-01-15T15:30:00.000Z'],
    ['ES', '20260715', '2026-07-15T17:00:00.000Z'],
    ['ED', '20260115', '2026-01-15T16:00:00.000Z'],
    ['AD', '20260715', '2026-07-15T20:00:00.000Z'],
    ['UT', '20260715', '2026-07-15T12:00:00.000Z'],
    ['LT', '20260715', '2026-07-15T12:00:00.000Z'],
    ['01', '20260715', '2026-07-15T11:00:00.000Z'],
    ['12', '20260715', '2026-07-15T00:00:00.000Z'],
    ['13', '20260715', '2026-07-16T00:00:00.000Z'],
    ['24', '20260715', '2026-07-15T13:00:00.000Z'],
  ])('is that of its zone on its day: noon %s on %s', (zone, day, instant) => {
    expect(toInstant(day, '1200', zone)).toBe(instant);
  });

  it('changes to summer and back when the clocks do', () => {
    expect(toInstant('20260308', '0159', 'ET')).toBe('2026-03-08T06:59:00.000Z');
    expect(toInstant('20260308', '0300', 'ET')).toBe('2026-03-08T07:00:00.000Z');
    expect(toInstant('20261101', '0059', 'ET')).toBe('2026-11-01T04:59:00.000Z');
    expect(toInstant('20261101', '0200', 'ET')).toBe('2026-11-01T07:00:00.000Z');
  });

  it('is noon of its day where none is said, in any zone', () => {
    expect(toInstant('20260715', undefined, 'HT')).toBe('2026-07-15T12:00:00.000Z');
  });

  it('is none that is no time', () => {
    expect(() => toInstant('20261399', '1200', 'ET')).toThrow(RangeError);
  });
});
