import { expect, it } from '@jest/globals';
import { addDays, dayOf } from './calendar.js';

it('counts days over the end of months and years, leap days included', () => {
  expect(addDays('2026-02-03', 30)).toBe('2026-03-05');
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(addDays('2026-02-03', 0)).toBe('2026-02-03');
});

it('takes the day where the sun rises first only at midnight UTC', () => {
  expect(dayOf(new Date('2026-02-03T23:59:59.999Z'))).toBe('2026-02-03');
  expect(dayOf(new Date('2026-02-04T00:00:00.000Z'))).toBe('2026-02-04');
});
