import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyChoice, anyCleanSet } from '../testing/any-set.js';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { setOf } from '../testing/set-of.js';
import type { SetSchema } from './schema.js';
import { STANDARD_SCHEMAS } from './standard-schemas.js';

const VERSIONS = ['004010', '004020', '005010'];

describe('any set that is made by the rules of its schema', () => {
  it.each(STANDARD_SCHEMAS.setCodes.flatMap((code) => VERSIONS.map((version) => [code, version] as const)))(
    'of %s in %s is found clean',
    (code, version) => {
      const schema = STANDARD_SCHEMAS.find(code, version) as SetSchema;
      fc.assert(
        fc.property(anyChoice, (choose) => {
          const segments = anyCleanSet(choose, schema, version > '004010');
          expect(issuesOf(theSet(setOf(code, segments, version)))).toEqual([]);
        }),
        { numRuns: 20 },
      );
    },
  );
});
