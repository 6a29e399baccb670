import type { IssueCode } from '../issues/issue-codes.js';
import type { IssueList } from '../issues/issue-list.js';
import { element, placeOf, type Segment } from '../segments/segment.js';

/** How many elements the segments of the envelope have. ST03 came with 005010, and some senders write it before. */
const ELEMENTS = new Map([
  ['ST', 3],
  ['SE', 2],
  ['GS', 8],
  ['GE', 2],
  ['IEA', 2],
]);

/** Tells of the first value behind the last element that a segment of the envelope has; empty ones are let be. */
export function checkSurplus(segment: Segment, code: IssueCode, issues: IssueList): void {
  const max = ELEMENTS.get(segment.id) ?? Infinity;
  for (let position = max + 1; position <= segment.elementCount; position += 1) {
    const value = element(segment, position);
    if (value === undefined) continue;
    issues.add(code, placeOf(segment, position), `${segment.id} has at most ${max} elements`, { value });
    return;
  }
}
