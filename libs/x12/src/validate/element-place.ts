import { describePlace } from '../issues/issue.js';
import type { IssueCode } from '../issues/issue-codes.js';
import type { IssueList } from '../issues/issue-list.js';
import type { ElementRule } from '../schema/schema.js';
import { decoded, placeOf, type Segment } from '../segments/segment.js';

/** The value being checked: `[from, to)` of the segment's text, and where it stands. */
export interface Checked {
  readonly segment: Segment;
  readonly position: number;
  readonly from: number;
  readonly to: number;
  /** From 1; absent where the element is not cut into components. */
  readonly component?: number;
  /** From 1; absent where the element is not repeated. */
  readonly repetition?: number;
}

const SAYS: Partial<Record<IssueCode, string>> = {
  'element-missing': 'is mandatory',
  'element-too-short': 'is too short',
  'element-too-long': 'is too long',
  'element-character': 'holds a character that may not be there',
  'element-code': 'is not a code of its list',
  'element-date': 'is not a date',
  'element-time': 'is not a time',
  'element-components': 'has more components than it may',
  'element-repetitions': 'is repeated more often than it may',
};

/** Reports a value by its place. */
export function addAt(code: IssueCode, checked: Checked, rule: ElementRule, issues: IssueList): void {
  const { segment, position, from, to, component, repetition } = checked;
  const value = decoded(segment.within.text.slice(from, to));
  const place = {
    ...placeOf(segment, position),
    ...(component === undefined ? {} : { component }),
    ...(repetition === undefined ? {} : { repetition }),
  };
  const isNote = code === 'element-too-short' && rule.isShortGood;
  const detail = {
    dataElement: rule.number,
    ...(value === '' ? {} : { value }),
    ...(isNote ? ({ severity: 'note' } as const) : {}),
  };
  const spoiled = code === 'element-components' ? placeOf(segment, position) : place;
  issues.add(code, place, `${describePlace(spoiled)} ${saysOf(code, rule, value)}${boundsOf(code, rule)}`, detail);
}

/** What looks like text where a number must be is told as that; a control character by itself. */
function saysOf(code: IssueCode, { type }: ElementRule, value: string): string {
  const isNumber = code === 'element-character' && !/[\x00-\x1f\x7f]/.test(value);
  if (isNumber && type === 'R') return 'is not a number';
  if (isNumber && type === 'N') return 'is not a number without a decimal point';
  return SAYS[code] ?? 'is wrong';
}

/** Longer lists say nothing to a reader. */
const LIST_MAX = 60;

/** What would have been right, in brackets. */
function boundsOf(code: IssueCode, { lengthMin, lengthMax, codes }: ElementRule): string {
  if (code === 'element-date') return lengthMax > 6 ? ' (CCYYMMDD)' : ' (YYMMDD)';
  if (code === 'element-time') return ' (HHMM, HHMMSS)';
  if (code === 'element-too-short' || code === 'element-too-long') return ` (${lengthMin} to ${lengthMax})`;
  const list = code === 'element-code' && codes !== undefined ? [...codes].join(', ') : '';
  return list === '' || list.length > LIST_MAX ? '' : ` (${list})`;
}
