import { IssueList } from '../issues/issue-list.js';
import { KNOWN_SEGMENTS } from '../schema/known-segments.js';
import type { SetNode, SetSchema } from '../schema/schema.js';
import type { SegmentPlan } from '../schema/set-tables.js';
import { element, placeOf, type Segment } from '../segments/segment.js';
import { checkHierarchy } from './check-hierarchy.js';
import { checkSegment } from './check-segment.js';
import { nodeAt } from './node-at.js';
import { cutsOf, looksClean } from './quick-look.js';
import { NOWHERE, SequenceWalk } from './sequence-walk.js';

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
  const { numbers, plans, plansById, loopNames } = schema.tables;
  const walk = new SequenceWalk(schema, issues);
  const cuts = cutsOf(st.within.delimiters);
  for (let n = 0; n < segments.length; n++) {
    const segment = segments[n] as Segment;
    const id = numbers.get(segment.id);
    if (id === undefined) {
      if (!isEnvelope(segment)) addUnknown(segment, schema, issues);
      continue;
    }
    const node = walk.take(segment, id);
    const plan = (node === NOWHERE ? plansById[id] : plans[node]) as SegmentPlan;
    if (looksClean(segment, plan, cuts)) continue;
    issues.loop = loopNames[node];
    checkSegment(segment, plan.rule, issues);
    issues.loop = undefined;
  }
  walk.end(segments[segments.length - 1] as Segment);
  if (numbers.has('HL')) checkHierarchy(segments, issues);
}

/**
 * Where each segment stands in its schema: which loops it is in, and at which place. `undefined` for ST, SE and what has
 * no place.
 */
export function placesIn(segments: readonly Segment[], schema: SetSchema): readonly (SetNode | undefined)[] {
  const walk = new SequenceWalk(schema, new IssueList(0));
  return segments.map((segment) => {
    const id = schema.tables.numbers.get(segment.id);
    const node = id === undefined ? NOWHERE : walk.take(segment, id);
    return node === NOWHERE ? undefined : nodeAt(schema.root, node);
  });
}

/** By segment: the loop it stands in, as the schema calls it; `undefined` outside loops and for what has no place. */
export function loopsOf(segments: readonly Segment[], schema: SetSchema): readonly (string | undefined)[] {
  const { loopNames } = schema.tables;
  return placesIn(segments, schema).map((place) => (place === undefined ? undefined : loopNames[place.index]));
}

function isEnvelope({ id }: Segment): boolean {
  return id === 'ST' || id === 'SE';
}

function addUnknown(segment: Segment, { isRelaxed }: SetSchema, issues: IssueList): void {
  const place = placeOf(segment);
  const isKnown = KNOWN_SEGMENTS.has(segment.id);
  const isNote = isRelaxed && (isKnown || /^[A-Z][A-Z0-9]{1,2}$/.test(segment.id));
  const detail = isNote ? ({ severity: 'note' } as const) : {};
  if (isKnown) issues.add('segment-not-in-set', place, `${segment.id} does not belong to this set`, detail);
  else issues.add('segment-unknown', place, `${segment.id} is not a segment we know${hintFor(segment.id)}`, detail);
}

function hintFor(id: string): string {
  return KNOWN_SEGMENTS.has(id.toUpperCase()) ? ': ids are in upper case' : '';
}
