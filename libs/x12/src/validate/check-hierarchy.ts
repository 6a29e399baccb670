import type { IssueList } from '../issues/issue-list.js';
import { controlKey } from '../read/control-number.js';
import { element, placeOf, type Segment } from '../segments/segment.js';

/**
 * Notes levels (HL) that have the number of another, and those that name a parent which does not stand before them. Both
 * are right by the letter; but what belongs to what cannot be told.
 */
export function checkHierarchy(segments: readonly Segment[], issues: IssueList): void {
  const known = new Set<string>();
  for (const segment of segments) {
    if (segment.id !== 'HL') continue;
    const [id, parent] = [element(segment, 1), element(segment, 2)];
    if (parent !== undefined && !known.has(controlKey(parent))) note(segment, 2, 'names no level before it', issues);
    if (id === undefined) continue;
    if (known.has(controlKey(id))) note(segment, 1, 'is the number of another level', issues);
    known.add(controlKey(id));
  }
}

function note(hl: Segment, position: number, says: string, issues: IssueList): void {
  const place = { ...placeOf(hl, position), loop: 'HL' };
  const dataElement = position === 1 ? '628' : '734';
  issues.add('hierarchy-parent', place, `HL0${position} ${says}`, { dataElement, value: element(hl, position) ?? '' });
}
