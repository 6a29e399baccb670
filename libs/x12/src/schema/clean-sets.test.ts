import { describe, expect, it } from '@jest/globals';
import { CLEAN_SETS } from '../testing/clean-sets.js';
import { issuesOf, theSet } from '../testing/fixtures.js';
import { in5010, setOf } from '../testing/set-of.js';
import { placesIn } from '../validate/validate-set.js';
import type { SetNode } from './schema.js';
import { STANDARD_SCHEMAS } from './standard-schemas.js';

const CODES = Object.keys(CLEAN_SETS);
const clean = (code: string) => CLEAN_SETS[code] as readonly string[];
const found = (code: string, segments: readonly string[], version?: string) =>
  issuesOf(theSet(setOf(code, segments, version)));

/** Where the segments of the clean set stand, ST and SE left out. */
function placed(code: string): readonly (SetNode | undefined)[] {
  const { segments } = theSet(setOf(code, clean(code)));
  const schema = STANDARD_SCHEMAS.find(code, '004010');
  return schema === undefined ? [] : placesIn(segments, schema).slice(1, -1);
}

describe('the sets we know', () => {
  it('each have a clean example', () => {
    expect(STANDARD_SCHEMAS.setCodes).toEqual(CODES);
  });

  it.each(CODES)(
    'find nothing wrong with a good %s in 004010, in 005010 and in the releases between and before',
    (code) => {
      expect(found(code, clean(code))).toEqual([]);
      expect(found(code, in5010(clean(code)), '005010')).toEqual([]);
      expect(found(code, clean(code), '004030VICS')).toEqual([]);
      expect(found(code, in5010(clean(code)), '004060')).toEqual([]);
      expect(found(code, clean(code), '003040')).toEqual([]);
    },
  );

  it.each(CODES)('miss each mandatory segment of a %s that is left out', (code) => {
    const nodes = placed(code);
    const told: string[] = [];
    nodes.forEach((node, at) => {
      if (node?.isMandatory !== true || nodes.filter((other) => other === node).length > 1) return;
      const end = nodes.findIndex(
        (other, n) => n > at && !((other?.index ?? 0) > node.index && (other?.index ?? 0) <= node.last),
      );
      const rest = [...clean(code).slice(0, at), ...clean(code).slice(end < 0 ? nodes.length : end)];
      told.push(node.id);
      expect(found(code, rest)).toContain(`segment-missing ${node.id} #${at + 2}`);
    });
    expect(told.length).toBeGreaterThan(0);
  });

  it.each(CODES)('miss each mandatory element of a %s that is left empty, and not one of the others alone', (code) => {
    placed(code).forEach((node, at) => {
      const [id = '', ...values] = (clean(code)[at] ?? '').split('*');
      node?.rule.elements.slice(0, values.length).forEach(({ isMandatory }, n) => {
        if (values[n] === '') return;
        const less = values.map((value, other) => (other === n ? '' : value));
        const segments = clean(code).map((segment, other) => (other === at ? [id, ...less].join('*') : segment));
        const missing = `element-missing ${id}${String(n + 1).padStart(2, '0')} #${at + 2}`;
        const issues = found(code, segments);
        if (isMandatory) expect(issues).toContain(missing);
        else expect(issues).not.toContain(missing);
      });
    });
  });
});
