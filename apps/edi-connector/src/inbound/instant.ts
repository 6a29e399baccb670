import { codeTable } from '@railhead/connector-kit/code-table';
import { toDay } from './values.js';

/** Element 623, zones of one offset, in hours. Local time (`LT`) says nothing: UTC. */
const FIXED = codeTable<string, number>({
  ...{ UT: 0, GM: 0, ES: -5, ED: -4, CS: -6, CD: -5, MS: -7, MD: -6, PS: -8, PD: -7 },
  ...{ AS: -9, AD: -8, HS: -10, HD: -9, TS: -4, TD: -3, NS: -3.5, ND: -2.5 },
});
/** Element 623, zones with a summer time, in which the day decides. */
const SEASONAL = codeTable<string, string>({
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
  AT: 'America/Anchorage',
  HT: 'Pacific/Honolulu',
  TT: 'America/Halifax',
  NT: 'America/St_Johns',
});
/** `01` to `24` are hours too: those up to here ahead of UTC, the others, up to 24, behind it. */
const LAST_AHEAD = 12;
const HOUR = 3_600_000;

/**
 * A date (CCYYMMDD or YYMMDD) and a time (HHMM or HHMMSS) of X12 as an instant.
 *
 * @param time - Absent: noon, so that no zone makes another day of it.
 * @throws RangeError when they are none.
 */
export function toInstant(day: string, time?: string, zone?: string): string {
  const [hours, minutes, seconds] =
    time === undefined ? ['12'] : [time.slice(0, 2), time.slice(2, 4), time.slice(4, 6)];
  const wall = Date.parse(`${toDay(day)}T${hours}:${minutes || '00'}:${seconds || '00'}.000Z`);
  const offset = time === undefined ? 0 : offsetOf(zone ?? '', wall);
  return new Date(wall - offset * HOUR).toISOString();
}

/** In hours. @param wall - What the clock shows there, as if it were UTC. */
function offsetOf(zone: string, wall: number): number {
  const place = SEASONAL[zone];
  if (place !== undefined) return offsetIn(place, wall - offsetIn(place, wall) * HOUR);
  const hours = /^\d\d$/.test(zone) ? Number(zone) : 0;
  if (hours >= 1 && hours <= 24) return hours <= LAST_AHEAD ? hours : hours - 25;
  return FIXED[zone] ?? 0;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** In hours. */
function offsetIn(place: string, instant: number): number {
  const clock = clocks.get(place) ?? new Intl.DateTimeFormat('en-US', { timeZone: place, timeZoneName: 'longOffset' });
  clocks.set(place, clock);
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(clock.format(instant)) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) + Number(minutes ?? 0) / 60);
}
