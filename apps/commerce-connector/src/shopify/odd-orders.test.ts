import { expect, it } from '@jest/globals';
import { arithmeticIssues, CanonicalOrder } from '@railhead/contracts';
import fc from 'fast-check';
import { toOrder } from './order.mapper.js';
import { readOrder } from './read-order.js';
import { anOrderText, SHOP } from './testing.js';

const ORIGIN = { shop: SHOP, topic: 'orders/updated', receivedAt: '2026-02-03T10:00:00.000Z', sha256: '0'.repeat(64) };

/** What may stand in a document in the place of anything. */
const ODD = [
  ...[
    'null',
    'true',
    '0',
    '-1',
    '1e21',
    '5.0e-05',
    '12345678901234567890',
    '0.1000000000000000055',
    '{}',
    '[]',
    '[null]',
  ],
  ...['""', '" "', '"0"', '"-0.00"', '"1"', '"-5.00"', '"999999999999999"', '"0.0000000001"', '"12.345"', '"1,50"'],
  ...['"😀"', '"\\ud83d"', '"constructor"', '"__proto__"', '"fulfilled"', '"JPY"', '"KWD"', '"2026-02-30T00:00:00Z"'],
  JSON.stringify('long '.repeat(600)),
];

/** The places of all values in a document. */
function placesIn(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (value === null || typeof value !== 'object') return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...at, name]))];
}

function withOdd(text: string, changes: readonly (readonly [readonly string[], string])[]): string {
  const document = { order: JSON.parse(text) as unknown };
  for (const [place, odd] of changes) {
    const path = ['order', ...place];
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((value, step) => (value as Record<string, unknown> | null)?.[step], document);
    if (parent !== null && typeof parent === 'object' && Object.isExtensible(parent))
      (parent as Record<string, unknown>)[path.at(-1)!] = asWritten(odd);
  }
  return JSON.stringify(document.order);
}

/** A value that is written with the very digits of a text. */
function asWritten(text: string): unknown {
  const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };
  return /^[[{]/.test(text) ? (JSON.parse(text) as unknown) : rawJSON(text);
}

it.each(['two-lines-discount', 'tax-included'] as const)(
  'an order with odd values in it is refused at its faults, or is an order that adds up: %s',
  (fixture) => {
    const text = anOrderText(fixture);
    const change = fc.tuple(fc.constantFrom(...placesIn(JSON.parse(text))), fc.constantFrom(...ODD));
    const property = fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
      const read = readOrder(Buffer.from(withOdd(text, changes)));
      if (read.kind !== 'order') return;
      const results = ([undefined, 'name', 'id'] as const).map((release) =>
        toOrder(read.order, { ...ORIGIN, release }),
      );
      expect(new Set(results.map(({ ok }) => ok)).size).toBe(1); // a number that is taken is no fault of the order
      for (const result of results) {
        if (!result.ok) expect(result.issues).not.toEqual([]);
        else {
          expect(CanonicalOrder.safeParse(result.order).error).toBeUndefined();
          expect(arithmeticIssues(result.order)).toEqual([]);
        }
      }
    });
    fc.assert(property, { numRuns: 500 });
  },
);
