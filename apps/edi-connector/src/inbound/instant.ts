import { codeTable } from '@railhead/connector-kit';
import { toDay } from './values.js';

/** Element 623. Zones of a day without a rule for summer time of their own; `LT`, local time, says nothing: UTC. */
const OFFSET_HOURS = codeTable<string, number>({
  ET: -5,
  ES: -5,
  ED: -4,
  CT: -6,
  CS: -6,
  CD: -5,
  MT: -7,
  MS: -7,
  MD: -6,
  PT: -8,
  PS: -8,
  PD: -7,
  AT: -4,
  UT: 0,
  GM: 0,
});

/**
 * A date (CCYYMMDD or YYMMDD) and a time (HHMM or HHMMSS) of X12 as an instant.
 *
 * @param time - Absent: noon, so that no zone makes another day of it.
 * @throws RangeError when they are none.
 */
export function toInstant(day: string, time?: string, zone?: string): string {
  const [hours, minutes, seconds] =
    time === undefined ? ['12'] : [time.slice(0, 2), time.slice(2, 4), time.slice(4, 6)];
  const text = `${toDay(day)}T${hours}:${minutes || '00'}:${seconds || '00'}.000Z`;
  const offset = time === undefined ? 0 : (OFFSET_HOURS[zone ?? ''] ?? 0);
  return new Date(Date.parse(text) - offset * 3_600_000).toISOString();
}
