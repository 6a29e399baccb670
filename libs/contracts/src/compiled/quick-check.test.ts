import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { EVENTS } from '../catalogue.js';
import { isCanonicalOrder } from '../is-canonical-order.js';
import { CanonicalOrder } from '../order.js';
import { anOrder } from '../testing/an-order.js';
import { arbitraryOf } from '../testing/arbitrary-of.js';
import { CalendarDate, CurrencyCode, Decimal, Instant, PositiveDecimal } from '../values.js';
import { quickCheckOf } from './quick-check.js';

type Path = readonly (string | number)[];

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...at, name]))];
}

/** The value with one of its parts put in place of another, or left out. */
function changed(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) return to;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  (copy as Record<string | number, unknown>)[step] = changed(
    (value as Record<string | number, unknown>)[step],
    rest,
    to,
  );
  return copy;
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    ' ',
    '0',
    '-1',
    '1e3',
    '2026-02-30',
    'USD',
    'XQQ',
    0,
    -1,
    0.5,
    Number.NaN,
    true,
    [],
    {},
  ),
  fc.constantFrom<unknown>('x'.repeat(61), 'x'.repeat(2001), ['x'], [undefined], { a: '1' }, new Date(0), 2 ** 53),
  fc.string({ maxLength: 4 }),
);

/** Zod and the quick check say the same: what the quick check takes, zod takes and gives back unchanged. */
function agree(schema: z.ZodType, isQuick: (value: unknown) => boolean, value: unknown): boolean {
  const parsed = schema.safeParse(value);
  if (isQuick(value)) {
    expect(parsed.success).toBe(true);
    expect(parsed.data).toStrictEqual(value);
    return true;
  }
  // it may leave a value to zod only when zod refuses it or changes it
  if (parsed.success) expect(JSON.stringify(parsed.data)).not.toBe(JSON.stringify(value));
  return false;
}

describe('the quick check', () => {
  it.each([...EVENTS.values()].map(({ type, schema }) => [type, schema] as const))(
    'agrees with zod on any %s',
    (_type, schema) => {
      const isQuick = quickCheckOf(schema);
      fc.assert(
        fc.property(arbitraryOf(schema), fc.nat(), odd, (value, pick, other) => {
          agree(schema, isQuick, value);
          const paths = pathsIn(value);
          agree(schema, isQuick, changed(value, paths[pick % paths.length]!, other));
        }),
        { numRuns: 30 },
      );
    },
  );

  it('agrees with zod on any canonical order, whole or spoilt anywhere', () => {
    fc.assert(
      fc.property(arbitraryOf(CanonicalOrder), fc.nat(), odd, (value, pick, other) => {
        agree(CanonicalOrder, isCanonicalOrder, value);
        const paths = pathsIn(value);
        agree(CanonicalOrder, isCanonicalOrder, changed(value, paths[pick % paths.length]!, other));
      }),
      { numRuns: 300 },
    );
  });

  it('takes an order as completeOrder makes it', () => {
    expect(isCanonicalOrder(anOrder())).toBe(true);
  });

  it.each([
    ['a field that nobody knows', { ...anOrder(), surprise: 1 }],
    ['a missing field', { ...anOrder(), currency: undefined }],
    ['no lines', { ...anOrder(), lines: [] }],
    ['something else', 'an order'],
    ['nothing', null],
    ['a list', [anOrder()]],
    ['an object of a class', Object.assign(new (class Order {})(), anOrder())],
  ])('leaves %s to zod', (_what, value) => {
    expect(isCanonicalOrder(value)).toBe(false);
  });

  it('takes a field that is there and undefined, as zod does', () => {
    expect(agree(CanonicalOrder, isCanonicalOrder, { ...anOrder(), release: undefined })).toBe(true);
  });

  it('leaves what it does not know to zod', () => {
    const even = z.strictObject({ n: z.int().refine((n) => n % 2 === 0), when: z.union([z.string(), z.int()]) });
    const isQuick = quickCheckOf(even);
    expect(isQuick({ n: 2, when: 'now' })).toBe(true);
    expect(isQuick({ n: 3, when: 'now' })).toBe(false);
    expect(isQuick({ n: 2, when: true })).toBe(false);
  });
});

describe('values that are checked by hand', () => {
  const texts = fc.oneof(
    fc.stringMatching(/^-?[0-9]{0,17}(\.[0-9]{0,12})?$/),
    fc.constantFrom('', '.', '-', '-0', '0', '00', '1.', '.5', '1..2', '1.2.3', ' 1', '1 ', '+1', '١'),
    fc.string({ maxLength: 5 }),
  );
  const order = anOrder();
  it.each([
    [Decimal, ['lines', 0, 'taxPercent']],
    [PositiveDecimal, ['lines', 0, 'quantity', 'value']],
  ] as const)('are decimals exactly when zod says so', (schema, path) => {
    fc.assert(
      fc.property(texts, (text) => {
        expect([text, isCanonicalOrder(changed(order, path, text))]).toEqual([text, schema.safeParse(text).success]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['USD', 'usd', 'XQQ', 'US', 'USDX', ''])('are currencies exactly when zod says so: %p', (text) => {
    expect(isCanonicalOrder(changed(order, ['currency'], text))).toBe(CurrencyCode.safeParse(text).success);
  });

  it.each(['2026-02-28', '2026-02-29', '2024-02-29', '2026-13-01', '20260228', '2026-2-8', '2026-02-28T00:00:00Z'])(
    'are days and instants exactly when zod says so: %p',
    (text) => {
      expect(isCanonicalOrder(changed(order, ['issuedOn'], text))).toBe(CalendarDate.safeParse(text).success);
      const at = ['provenance', 'receivedAt'];
      expect(isCanonicalOrder(changed(order, at, text))).toBe(Instant.safeParse(text).success);
    },
  );
});
