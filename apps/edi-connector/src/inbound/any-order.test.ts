import { describe, expect, it } from '@jest/globals';
import { arithmeticIssues, CanonicalOrder } from '@railhead/contracts';
import { element, pointer, type TransactionSet } from '@railhead/x12';
import fc from 'fast-check';
import { anyOrder850 } from '../testing/any-order-850.js';
import { interchange } from '../testing/interchanges.js';
import { mapped, setOf } from '../testing/read-order.js';

/** Codes that say how others are read, and leave no trace of their own. */
const STEERING =
  /(^|\/)(CUR01|BEG01|BEG02|DTM0[15]|SCH0[258]|SDQ0[12]|TD502|PER01|PER0[357]|PID01|CTP02|CTP09|AMT01|N901|SAC09|SAC10|PO1(05|06|08|10|12|14|16|18|20)|SLN(05|09|11))$/;

const read = (segments: readonly string[]): TransactionSet => setOf(Buffer.from(interchange({ sets: [segments] })));

interface Wrong {
  readonly at: number;
  readonly element: number;
  readonly value: string;
}

const spoilt: fc.Arbitrary<readonly Wrong[]> = fc.array(
  fc.record({
    at: fc.nat(60),
    element: fc.integer({ min: 1, max: 16 }),
    value: fc.oneof(
      ...[fc.constantFrom('', ' ', '0', '-1', '-0', '.', '1e5', '00.00', '999999999999999', '0.00000000001')],
      ...[fc.constantFrom('20260230', '2026', 'A', 'C', 'ST', 'CA', 'HP', 'DZ', 'VN', '>', 'x'.repeat(300))],
      fc.string({ maxLength: 6 }).map((text) => text.replaceAll(/[~*]/g, '')),
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

function spoil(segments: readonly string[], { at, element: position, value }: Wrong): readonly string[] {
  const place = at % segments.length;
  const values = segments[place]!.split('*');
  while (values.length <= position) values.push('');
  return segments.with(place, values.with(position, value).join('*'));
}

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

  it('is an order that adds up, or has its faults at their places, whatever is wrong in it', () => {
    fc.assert(
      fc.property(anyOrder850, spoilt, ({ segments }, wrong) => {
        const set = read(wrong.reduce(spoil, segments));
        const found = mapped(set);
        if (!found.ok) return expect(found.issues.every(({ place }) => place.segment !== undefined)).toBe(true);
        expect(CanonicalOrder.safeParse(found.order).error).toBeUndefined();
        expect(arithmeticIssues(found.order)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
