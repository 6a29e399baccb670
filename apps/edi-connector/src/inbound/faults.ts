import { CalendarDate, PositiveDecimal } from '@railhead/contracts';
import { element, elementRange, issue, type Issue, type IssueCode, type Segment } from '@railhead/x12';
import { toDay, toDecimal } from './values.js';

/** The faults that a mapper finds in the content of a set, each at its element. */
export class Faults {
  readonly issues: Issue[] = [];

  constructor(private readonly segments: readonly Segment[]) {}

  /** @param segment - Absent: the fault is of the set as a whole, and shown at its first segment. */
  at(segment: Segment | undefined, position: number, message: string, code: IssueCode = 'element-code'): void {
    const where = segment ?? this.segments[1] ?? this.segments[0];
    if (where === undefined) return;
    const value = element(where, position);
    const place = { segment: where.id, ordinal: where.ordinal, element: position, ...elementRange(where, position) };
    this.issues.push(issue(code, place, message, value === undefined ? {} : { value }));
  }

  /** A quantity or a price: not below zero, and no longer than ours may be. `undefined` where it is absent or neither. */
  decimal(segment: Segment | undefined, position: number): string | undefined {
    const text = element(segment, position)?.trim();
    if (text === undefined || text === '') return undefined;
    const value = decimalOf(text);
    if (value !== undefined && PositiveDecimal.safeParse(value).success) return value;
    this.at(segment, position, 'a number not below zero with up to 15 digits is needed');
    return undefined;
  }

  /** A count, which may be below zero: a warehouse that shipped what it had not counted says so. */
  count(segment: Segment, position: number): string | undefined {
    const text = element(segment, position)?.trim() ?? '';
    const value = decimalOf(text);
    if (value !== undefined && PositiveDecimal.safeParse(value.replace(/^-/, '')).success) return value;
    if (text !== '') this.at(segment, position, 'a number with up to 15 digits is needed');
    return undefined;
  }

  /** A day, as X12 writes it: a policy may have let anything through. `undefined` where it is absent or none. */
  day(segment: Segment | undefined, position: number): string | undefined {
    const text = element(segment, position)?.trim();
    if (text === undefined || text === '') return undefined;
    if (CalendarDate.safeParse(toDay(text)).success) return text;
    this.at(segment, position, 'is no day', 'element-date');
    return undefined;
  }

  /** A day that must be there. */
  neededDay(segment: Segment | undefined, position: number): string | undefined {
    return this.needed(segment, position, 'a date') && this.day(segment, position);
  }

  /** A segment that should stand behind another one. */
  missing(id: string, behind: Segment, message: string): void {
    const { to } = elementRange(behind, behind.elementCount);
    this.issues.push(issue('segment-missing', { segment: id, ordinal: behind.ordinal + 1, from: to, to }, message));
  }

  /** The value of an element that must be there. */
  needed(segment: Segment | undefined, position: number, what: string): string | undefined {
    const value = element(segment, position)?.trim();
    if (value !== undefined && value !== '') return value;
    this.at(segment, position, `${what} is needed`, 'element-missing');
    return undefined;
  }
}

function decimalOf(text: string): string | undefined {
  try {
    return toDecimal(text);
  } catch {
    return undefined;
  }
}
