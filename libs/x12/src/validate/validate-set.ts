import type { IssueList } from '../issues/issue-list.js';
import { KNOWN_SEGMENTS } from '../schema/known-segments.js';
import type { SetSchema } from '../schema/schema.js';
import { element, placeOf, type Segment } from '../segments/segment.js';
import { checkSegment } from './check-segment.js';
import { SequenceWalk } from './sequence-walk.js';

/**
 * Checks a set against its schema: which segments, how often, what in their elements. A segment that is merely out of
 * order is a note: real files permute their headers.
 *
 * @param segments - ST first; SE last when there is one.
 * @param schema - `undefined` when we have none: the set is not supported.
 */
export function validateSet(segments: readonly Segment[], schema: SetSchema | undefined, issues: IssueList): void {
  const st = segments[0] as Segment;
  if (schema === undefined) {
    issues.add('set-not-supported', placeOf(st, 1), `no schema for transaction set ${element(st, 1) ?? ''}`);
    return;
  }
  const walk = new SequenceWalk(schema, issues);
  for (const segment of segments) {
    if (segment.id === 'ST' || segment.id === 'SE') continue;
    const rule = schema.rules.get(segment.id);
    if (rule === undefined) addUnknown(segment, issues);
    else {
      walk.take(segment);
      checkSegment(segment, rule, issues);
    }
  }
  walk.end(segments[segments.length - 1] as Segment);
}

function addUnknown(segment: Segment, issues: IssueList): void {
  const place = placeOf(segment);
  if (KNOWN_SEGMENTS.has(segment.id))
    issues.add('segment-not-in-set', place, `${segment.id} does not belong to this set`);
  else issues.add('segment-unknown', place, `${segment.id} is not a segment we know`);
}
