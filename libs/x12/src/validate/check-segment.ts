import { many } from '../issues/counted.js';
import type { IssueList } from '../issues/issue-list.js';
import { ANY_ELEMENT } from '../schema/compile-segments.js';
import type { ElementRule, SegmentRule } from '../schema/schema.js';
import { SPACE } from '../read/bytes.js';
import { element, endOf, placeOf, startOf, type Segment } from '../segments/segment.js';
import { checkElement } from './check-element.js';
import { checkNote } from './syntax-notes.js';

/** Checks the elements of one segment against its rule: how many, which are there, what is in them. */
export function checkSegment(segment: Segment, rule: SegmentRule, issues: IssueList): void {
  const count = filledCount(segment);
  if (count < segment.elementCount && !issues.has('trailing-separators')) {
    issues.add('trailing-separators', placeOf(segment), 'separators after the last value are left out');
  }
  if (count > rule.elements.length && !rule.hasRest) addTooMany(segment, rule, issues);

  const looked =
    rule.hasRest && !HOLDS_BINARY.has(rule.id) ? Math.max(count, rule.elements.length) : rule.elements.length;
  for (let n = 0; n < looked; n++) {
    const expected = rule.elements[n] ?? ANY_ELEMENT;
    const from = n < count ? startOf(segment, n + 1) : 0;
    const to = n < count ? endOf(segment, n + 1) : 0;
    const isThere = from < to && !(expected.isMandatory && isBlank(segment, from, to));
    if (isThere) checkElement(segment, n + 1, expected, from, to, issues);
    else if (expected.isMandatory) addMissing(segment, n + 1, expected, issues);
  }
  for (const note of rule.notes) checkNote(segment, note, rule, count, issues);
}

/** Control characters are what these are for. */
const HOLDS_BINARY: ReadonlySet<string> = new Set(['BIN', 'BDS']);

/** Nothing but spaces is no value, where there must be one. */
function isBlank({ within }: Segment, from: number, to: number): boolean {
  let at = from;
  while (at < to && within.text.charCodeAt(at) === SPACE) at += 1;
  return at === to;
}

/** Elements without the empty ones at the end. */
function filledCount(segment: Segment): number {
  let count = segment.elementCount;
  while (count > 0 && startOf(segment, count) === endOf(segment, count)) count -= 1;
  return count;
}

function addMissing(segment: Segment, position: number, expected: ElementRule, issues: IssueList): void {
  const name = `${segment.id}${String(position).padStart(2, '0')}`;
  issues.add('element-missing', placeOf(segment, position), `${name} is mandatory`, { dataElement: expected.number });
}

function addTooMany(segment: Segment, rule: SegmentRule, issues: IssueList): void {
  const position = rule.elements.length + 1;
  const value = element(segment, position);
  const detail = value === undefined ? {} : { value };
  issues.add(
    'element-too-many',
    placeOf(segment, position),
    `${segment.id} has at most ${many(position - 1, 'element')}`,
    detail,
  );
}
