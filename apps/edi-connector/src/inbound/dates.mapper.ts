import { codeTable } from '@railhead/connector-kit/code-table';
import type { Segment } from '@railhead/x12';
import { DATES, DATES_IN_RANK, type Clock } from './codes.js';
import { valueOf, type Trail } from './trail.js';
import { toDay, toDays } from './values.js';

export type Clocks = Partial<Record<Clock, string>>;

/** Where a segment has its qualifier and its date: DTM01 and DTM02, SCH05 and SCH06, SCH08 and SCH09. */
export interface DatePlace {
  readonly segment: Segment;
  readonly qualifier: number;
}

/** A period starts and ends a window. */
const WINDOWS: Partial<Record<Clock, readonly [Clock, Clock]>> = {
  requestedFrom: ['requestedFrom', 'requestedTo'],
  requestedTo: ['requestedFrom', 'requestedTo'],
  requestedDespatchOn: ['despatchFrom', 'despatchTo'],
  despatchFrom: ['despatchFrom', 'despatchTo'],
  despatchTo: ['despatchFrom', 'despatchTo'],
};
// Not from the keys of an object: those that are numbers without a zero in front would come first.
const RANKS = codeTable(Object.fromEntries(DATES_IN_RANK.map(([code], rank) => [code, rank])));
const FORMAT = 5;
const PERIOD = 6;

/**
 * The dates of an order, a line or a schedule, by what they are for. Dates for nothing we know stay unread.
 *
 * @param fieldsOf - The fields that a date becomes; none: it is not for here.
 */
export function toClocks(
  places: readonly DatePlace[],
  fieldsOf: (clock: Clock) => readonly string[],
  trail: Trail,
  line?: number,
): Clocks {
  const clocks: Clocks = {};
  for (const place of inRank(places)) {
    for (const [clock, { day, position }] of statedBy(place)) {
      const fields = fieldsOf(clock);
      if (fields.length === 0 || clocks[clock] !== undefined) continue;
      clocks[clock] = day;
      for (const field of fields) trail.mark(field, place.segment, position, line);
      trail.see(place.segment, place.qualifier);
      if (place.segment.id === 'DTM') trail.see(place.segment, FORMAT);
    }
  }
  return clocks;
}

/** DTM segments as date places. */
export const datesOf = (dtms: readonly Segment[]): DatePlace[] => dtms.map((segment) => ({ segment, qualifier: 1 }));

function inRank(places: readonly DatePlace[]): readonly DatePlace[] {
  if (places.length < 2) return places;
  const rankOf = ({ segment, qualifier }: DatePlace): number => RANKS[valueOf(segment, qualifier) ?? ''] ?? Infinity;
  return places.toSorted((left, right) => rankOf(left) - rankOf(right));
}

interface Stated {
  readonly day: string;
  readonly position: number;
}

/** A day in the next element, or a day or period in DTM06 in the format that DTM05 names. */
function statedBy({ segment, qualifier }: DatePlace): [Clock, Stated][] {
  const clock = DATES[valueOf(segment, qualifier) ?? ''];
  if (clock === undefined) return [];
  const format = segment.id === 'DTM' ? valueOf(segment, FORMAT) : undefined;
  const text = valueOf(segment, qualifier + 1);
  if (text !== undefined) return [[clock, { day: toDay(text, centuryIn(format)), position: qualifier + 1 }]];
  const period = valueOf(segment, PERIOD);
  if (period === undefined) return [];
  if (format === 'D8') return [[clock, { day: toDay(period), position: PERIOD }]];
  const days = format === 'RD8' ? toDays(period) : undefined;
  const window = WINDOWS[clock];
  if (days === undefined || window === undefined) return [];
  return [
    [window[0], { day: days[0], position: PERIOD }],
    [window[1], { day: days[1], position: PERIOD }],
  ];
}

/** Before 004010, DTM05 is the century of a date of six digits. */
const centuryIn = (format: string | undefined): string | undefined =>
  format !== undefined && /^\d\d$/.test(format) ? format : undefined;
