import { describe, expect, it } from '@jest/globals';
import { arithmeticIssues } from '@railhead/contracts';
import { element, pointer, type TransactionSet } from '@railhead/x12';
import fc from 'fast-check';
import { anyOrder850 } from '../testing/any-order-850.js';
import { interchange } from '../testing/interchanges.js';
import { mapped, setOf } from '../testing/read-order.js';

/** Codes that say how others are read, and leave no trace of their own. */
const STEERING =
  /(^|\/)(CUR01|BEG01|BEG02|DTM0[15]|SCH0[258]|SDQ0[12]|TD502|PER01|PER0[357]|PID01|CTP02|CTP09|AMT01|N901|SAC09|SAC10|PO1(05|06|08|10|12|14|16|18|20)|SLN(05|09|11))$/;

const read = (segments: readonly string[]): TransactionSet => setOf(Buffer.from(interchange({ sets: [segments] })));

function places(set: TransactionSet): string[] {
  return set.segments
    .filter(({ id }) => id !== 'ST' && id !== 'SE')
    .flatMap((segment) =>
      Array.from({ length: segment.elementCount }, (_, n) => n + 1)
        .filter((position) => element(segment, position) !== undefined)
        .map((position) => `${pointer(set.segments, segment)} ${pointer(set.segments, segment, position)}`),
    );
}

describe('any 850', () => {
  it('is an order in which nothing of it is lost, and that comes to what it says', () => {
    fc.assert(
      fc.property(anyOrder850, ({ segments, texts, payable }) => {
        const set = read(segments);
        expect(set.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
        const found = mapped(set);
        if (!found.ok) throw new Error(JSON.stringify([segments, found.issues]));
        const { order } = found;
        expect(arithmeticIssues(order)).toEqual([]);
        expect(BigInt(order.totals.payable.minor)).toBe(payable);
        expect(found.issues).toEqual([]);

        const { provenance, ...said } = order;
        const values = new Set(JSON.stringify(said).split(/[^A-Z0-9]+/));
        expect(texts.filter((text) => !values.has(text))).toEqual([]);
        const known = new Set([...Object.values(provenance.fields), ...Object.keys(order.extras ?? {})]);
        const lost = places(set).filter((place) => {
          const [segment = '', position = ''] = place.split(' ');
          return !known.has(segment) && !known.has(position) && !STEERING.test(position);
        });
        expect(lost).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
