import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IssueList } from '../issues/issue-list.js';
import type { SetSchema } from '../schema/schema.js';
import { STANDARD_SCHEMAS } from '../schema/standard-schemas.js';
import { anyChoice, anyCleanSet } from '../testing/any-set.js';
import { theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import { checkSegment } from './check-segment.js';
import { cutsOf, looksClean } from './quick-look.js';

const CASES = STANDARD_SCHEMAS.setCodes.map(
  (code) => [code, STANDARD_SCHEMAS.find(code, '005010') as SetSchema] as const,
);
const DAMAGE = [
  '',
  'x',
  '-',
  '.',
  '>',
  '^',
  '1>2',
  '1^2',
  '0',
  '20261341',
  '9999',
  '\x07',
  'é',
  'A'.repeat(40),
  '1'.repeat(20),
];

/** What the quick look and the thorough check say of each segment. */
function opinions(code: string, schema: SetSchema, segments: readonly string[]) {
  const set = theSet(setOf(code, segments, '005010'), { schemas: undefined });
  const cuts = cutsOf(set.interchange.delimiters);
  return set.segments.slice(1, -1).map((segment) => {
    const id = schema.tables.numbers.get(segment.id) ?? 0;
    const plan = schema.tables.plansById[id] as (typeof schema.tables.plansById)[number];
    const issues = new IssueList(10);
    checkSegment(segment, plan.rule, issues);
    return { segment: segment.id, quick: looksClean(segment, plan, cuts), thorough: issues.items.length === 0 };
  });
}

describe('the quick look', () => {
  it('never passes a segment in which the thorough check finds something', () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.constantFrom(...DAMAGE)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...CASES), anyChoice, damage, ([code, schema], choose, places) => {
        const segments = anyCleanSet(choose, schema);
        for (const [at, position, value] of places) {
          const n = at % segments.length;
          const values = (segments[n] ?? '').split('*');
          values[1 + (position % Math.max(1, values.length))] = value;
          segments[n] = values.map((text) => text ?? '').join('*');
        }
        expect(opinions(code, schema, segments).filter(({ quick, thorough }) => quick && !thorough)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('passes most good segments on its own', () => {
    const all = fc
      .sample(fc.tuple(fc.constantFrom(...CASES), anyChoice), { numRuns: 100, seed: 7 })
      .flatMap(([[code, schema], choose]) => opinions(code, schema, anyCleanSet(choose, schema)));
    const good = all.filter(({ thorough }) => thorough);
    expect(good.length).toBe(all.length);
    expect(good.filter(({ quick }) => quick).length / good.length).toBeGreaterThan(0.8);
  });
});
