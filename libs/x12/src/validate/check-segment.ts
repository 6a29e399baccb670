import type { IssueList } from '../issues/issue-list.js';
import type { ElementRule, SegmentRule } from '../schema/schema.js';
import { endOf, placeOf, startOf, type Segment } from '../segments/segment.js';
import { checkElement } from './check-element.js';
import { checkNote } from './syntax-notes.js';

/** Checks the elements of one segment against its rule: how many, which are there, what is in them. */
export function checkSegment(segment: Segment, rule: SegmentRule, issues: IssueList): void {
  if (rule.isOpen) return;
  const count = filledCount(segment);
  if (count < segment.elementCount && !issues.has('trailing-separators')) {
    issues.add('trailing-separators', placeOf(segment), 'separators after the last value are left out');
  }
  if (count > rule.elements.length) addTooMany(segment, rule, issues);

  const { elements } = rule;
  for (let n = 0; n < elements.length; n++) {
    const expected = elements[n] as ElementRule;
    if (n >= count) {
      if (expected.isMandatory) addMissing(segment, n + 1, expected, issues);
      continue;
    }
    const from = startOf(segment, n + 1);
    const to = endOf(segment, n + 1);
    if (from < to) checkElement(segment, n + 1, expected, from, to, issues);
    else if (expected.isMandatory) addMissing(segment, n + 1, expected, issues);
  }
  for (const note of rule.notes) checkNote(segment, note, rule, count, issues);
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
  issues.add('element-too-many', placeOf(segment, position), `${segment.id} has at most ${position - 1} elements`);
}
