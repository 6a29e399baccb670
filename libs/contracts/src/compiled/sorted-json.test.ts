import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hash } from 'node:crypto';
import { contentHash } from '../order-id.js';
import { CanonicalOrder } from '../order.js';
import { anOrder } from '../testing/an-order.js';
import { arbitraryOf } from '../testing/arbitrary-of.js';
import { sortedJsonOf } from './sorted-json.js';

/** Of the order of the tests, as it was when the first orders were stored. */
const FINGERPRINT = 'dda312d60301be93b5824e6780d0ac551b429dd367577fead978ccd09ce2d7db';

/** The plain way: JSON of the value with every object's fields sorted. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]));
}

describe('sorted JSON', () => {
  const write = sortedJsonOf(CanonicalOrder);

  it('is what JSON.stringify makes of the sorted value, for any order and any text', () => {
    fc.assert(
      fc.property(arbitraryOf(CanonicalOrder), (order) => {
        expect(write(order)).toBe(JSON.stringify(sorted(order)));
      }),
      { numRuns: 300 },
    );
  });

  it.each(['"', '\\', '\n', '\u0000', '\u007f', '\u2028', '\ud800', '\udc00x', '😀', 'ä', '\uffff'])(
    'writes the character %p as JSON does',
    (text) => {
      const order = { ...anOrder(), customerReference: text };
      expect(write(order)).toBe(JSON.stringify(sorted(order)));
    },
  );

  it('leaves out what is undefined', () => {
    expect(write({ ...anOrder(), release: undefined })).toBe(write(anOrder()));
  });
});

describe('the content hash', () => {
  it('keeps the value that stored orders have', () => {
    expect(contentHash(anOrder())).toBe(FINGERPRINT);
  });

  it('is SHA-256 over the sorted JSON of what was ordered', () => {
    const { provenance: _p, channel: _c, schemaVersion: _s, ...commercial } = anOrder();
    expect(contentHash(anOrder())).toBe(hash('sha256', JSON.stringify(sorted(commercial)), 'hex'));
  });

  it.each(['replace', 'change', 'confirmation', 'duplicate'] as const)(
    'is that of the original for a %s',
    (purpose) => {
      expect(contentHash(anOrder({ purpose }))).toBe(contentHash(anOrder()));
    },
  );

  it('is another one for a wish to cancel', () => {
    expect(contentHash(anOrder({ purpose: 'cancel' }))).not.toBe(contentHash(anOrder()));
  });
});
