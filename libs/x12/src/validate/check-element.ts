import type { IssueCode } from '../issues/issue-codes.js';
import type { IssueList } from '../issues/issue-list.js';
import type { ElementRule } from '../schema/schema.js';
import { decoded, HAS_CONTROL, HAS_HIGH, placeOf, type Segment } from '../segments/segment.js';
import { isDate, isTime } from './calendar.js';
import { numericLength } from './numeric.js';

/** What an issue inside a composite adds to the place. */
interface Part {
  readonly component?: number;
}

/** Checks the value in `[from, to)` of the segment's text, which is not empty. Adds at most one issue for each value. */
export function checkElement(
  segment: Segment,
  position: number,
  rule: ElementRule,
  from: number,
  to: number,
  issues: IssueList,
): void {
  if (rule.type === 'composite') {
    checkComposite(segment, position, rule, from, to, issues);
    return;
  }
  const code = faultOf(segment, rule, from, to);
  if (code !== undefined) add(code, segment, position, rule, segment.within.text.slice(from, to), {}, issues);
}

/** Only elements that are defined as composites are split: `>` in free text is just a character. */
function checkComposite(
  segment: Segment,
  position: number,
  rule: ElementRule,
  from: number,
  to: number,
  issues: IssueList,
): void {
  const separator = segment.within.delimiters.component;
  let start = from;
  for (let n = 0; start <= to; n++) {
    const next = separator === undefined ? -1 : segment.within.text.indexOf(separator, start);
    const end = next < 0 || next > to ? to : next;
    const part = { component: n + 1 };
    const expected = rule.components[n];
    const value = segment.within.text.slice(start, end);
    if (expected === undefined) {
      if (value !== '') return add('element-components', segment, position, rule, value, part, issues);
    } else if (value === '') {
      if (expected.isMandatory) add('element-missing', segment, position, expected, undefined, part, issues);
    } else {
      const code = faultOf(segment, expected, start, end);
      if (code !== undefined) add(code, segment, position, expected, value, part, issues);
    }
    start = end + 1;
  }
}

function faultOf(segment: Segment, rule: ElementRule, from: number, to: number): IssueCode | undefined {
  const { text } = segment.within;
  if (segment.flags & HAS_CONTROL && hasControl(text, from, to)) return 'element-character';
  switch (rule.type) {
    case 'any':
    case 'composite':
      return undefined;
    case 'N':
    case 'R': {
      const digits = numericLength(text, from, to, rule.type === 'R');
      return digits < 0 ? 'element-character' : lengthFault(digits, rule);
    }
    case 'DT':
      return lengthFault(to - from, rule) ?? (isDate(text.slice(from, to)) ? undefined : 'element-date');
    case 'TM':
      return lengthFault(to - from, rule) ?? (isTime(text.slice(from, to)) ? undefined : 'element-time');
    default:
      return textFault(segment, rule, from, to);
  }
}

function textFault(segment: Segment, rule: ElementRule, from: number, to: number): IssueCode | undefined {
  const { text } = segment.within;
  const length = segment.flags & HAS_HIGH ? decoded(text.slice(from, to)).length : to - from;
  const fault = lengthFault(length, rule);
  if (fault !== undefined) return fault;
  return rule.codes === undefined || rule.codes.has(text.slice(from, to)) ? undefined : 'element-code';
}

function lengthFault(length: number, rule: ElementRule): IssueCode | undefined {
  if (length < rule.lengthMin) return 'element-too-short';
  return length > rule.lengthMax ? 'element-too-long' : undefined;
}

function hasControl(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x7f) return true;
  }
  return false;
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
};

function add(
  code: IssueCode,
  segment: Segment,
  position: number,
  rule: ElementRule,
  value: string | undefined,
  part: Part,
  issues: IssueList,
): void {
  const name = `${segment.id}${String(position).padStart(2, '0')}`;
  const detail = { dataElement: rule.number, ...(value === undefined ? {} : { value: decoded(value) }) };
  issues.add(code, { ...placeOf(segment, position), ...part }, `${name} ${SAYS[code] ?? 'is wrong'}`, detail);
}
