import { describe, expect, it } from '@jest/globals';
import { aLine, anOrder } from '@railhead/testing';
import fc from 'fast-check';
import type { CustomerFacts, OrderFacts, ProductFacts } from './facts.js';
import { judgeCaptures } from './judge-captures.js';
import { validateOrder } from './validate-order.js';

const WIDGET: ProductFacts = { sku: 'SKU-1', name: 'Widget', unitCode: 'EA', sellable: true, taxPercent: undefined };

function facts(change: Partial<CustomerFacts> = {}, products: readonly ProductFacts[] = [WIDGET]): OrderFacts {
  return {
    customer: {
      accountId: 'ACME',
      currency: 'USD',
      creditLimitMinor: 4_500, // exactly one default order: 12 × 3.75 USD
      exposureMinor: 0,
      netDays: 30,
      blocked: false,
      priceTolerancePercent: '0',
      ...change,
    },
    productsBy: (id) => products.filter((product) => product.sku === id),
    priceOf: () => ({ amount: '3.75', baseQuantity: '1' }),
  };
}

describe('a document that speaks of another one', () => {
  it.each(['duplicate', 'confirmation', 'change'] as const)(
    'is held when it is a %s of an order we do not have',
    (purpose) => {
      expect(validateOrder(anOrder({ purpose }), facts())).toMatchObject({
        kind: 'held',
        reasons: [{ code: 'ORIGINAL_UNKNOWN' }],
      });
    },
  );

  it.each(['original', 'replace'] as const)('is an order when it is complete by itself: %s', (purpose) => {
    expect(validateOrder(anOrder({ purpose }), facts())).toMatchObject({ kind: 'validated' });
  });
});

describe('an order whose allowances are more than its goods', () => {
  const less = (minor: number) =>
    anOrder({ allowanceCharges: [{ isCharge: false, reason: 'promo', amount: { currency: 'USD', minor } }] });

  it('is held, however large the credit: it would make us pay for what we ship', () => {
    expect(validateOrder(less(4_500), facts())).toMatchObject({ kind: 'validated', spendsMinor: 0 });
    expect(validateOrder(less(4_501), facts())).toMatchObject({
      kind: 'held',
      reasons: [{ code: 'TOTALS_MISMATCH', detail: 'the allowances are more than the goods: the total is -0.01 USD' }],
    });
  });
});

describe('an order that takes something off its goods', () => {
  const off = (minor: number, isCharge = false) => ({
    isCharge,
    reason: 'promo',
    amount: { currency: 'USD', minor },
  });
  /** 12 × 3.75 USD: 45.00. */
  const of = (head: number[], line: number[]) =>
    anOrder({
      allowanceCharges: [off(9_999, true), ...head.map((minor) => off(minor))],
      lines: [aLine({ allowanceCharges: [off(700, true), ...line.map((minor) => off(minor))] })],
    });
  const rich = { creditLimitMinor: 1_000_000 };

  it.each([
    [[4_500], [], undefined],
    [[1_125], [], '25'],
    [[], [1_125], '25'],
    [[1_000], [125], '25'],
    [[], [], '0'],
    [[1], [], '0.1'],
    [[4_500], [], '100'],
  ])('goes on with %j off the order and %j off a line where %s %% are agreed', (head, line, agreed) => {
    const change = agreed === undefined ? rich : { ...rich, allowancePercentMax: agreed };
    expect(validateOrder(of(head, line), facts(change))).toMatchObject({ kind: 'validated' });
    expect(validateOrder(of(head, line), facts({ ...rich, allowancePercentMax: null }))).toMatchObject({
      kind: 'validated',
    });
  });

  it.each([
    [[1_126], [], '25', '11.26'],
    [[], [1_126], '25', '11.26'],
    [[1_000], [126], '25', '11.26'],
    [[1], [], '0', '0.01'],
    [[5], [], '0.1', '0.05'],
  ])('is held with %j off the order and %j off a line where %s %% are agreed', (head, line, agreed, taken) => {
    const detail = `allowances of ${taken} USD on goods of 45.00 USD; at most ${agreed} % are agreed`;
    expect(validateOrder(of(head, line), facts({ ...rich, allowancePercentMax: agreed }))).toEqual({
      kind: 'held',
      reasons: [{ code: 'TOTALS_MISMATCH', detail, path: '/allowanceCharges' }],
    });
  });
});

describe('an order that asks for nothing', () => {
  const of = (...values: string[]) =>
    anOrder({ lines: values.map((value, n) => aLine({ lineId: String(n + 1), quantity: { value, unitCode: 'EA' } })) });

  it('is rejected, for nobody could ever ship it', () => {
    expect(validateOrder(of('0', '0.0'), facts())).toEqual({
      kind: 'rejected',
      reasons: [{ code: 'NOTHING_ORDERED', detail: 'every quantity is 0', path: '/lines' }],
    });
  });

  it('is an order where one line asks for something', () => {
    expect(validateOrder(of('0', '12'), facts()).kind).toBe('validated');
  });

  it('is held where it is a blanket order: releases call its goods off', () => {
    expect(validateOrder(anOrder({ orderTypeCode: '221' }), facts())).toMatchObject({
      kind: 'held',
      reasons: [{ code: 'ORIGINAL_UNKNOWN', path: '/orderTypeCode' }],
    });
    expect(validateOrder(anOrder({ orderTypeCode: '226' }), facts()).kind).toBe('validated');
  });
});

describe('a kit', () => {
  const part = (amount: string, sku: string) =>
    aLine({ lineId: '1.1', parentLineId: '1', price: { amount }, item: { sellersItemId: sku } });

  it('is judged without what is in its price', () => {
    const judged = validateOrder(anOrder({ lines: [aLine(), part('0', 'SCREW')] }), facts());
    expect(judged).toMatchObject({ kind: 'validated', lines: [{ line: { lineId: '1' } }] });
  });

  it('of which none is wanted asks for nothing, whatever it would be made of', () => {
    const none = aLine({ quantity: { value: '0', unitCode: 'EA' } });
    expect(validateOrder(anOrder({ lines: [none, part('0', 'SCREW')] }), facts())).toMatchObject({
      kind: 'rejected',
      reasons: [{ code: 'NOTHING_ORDERED' }],
    });
  });

  it('is judged with what is added at a price', () => {
    const judged = validateOrder(anOrder({ lines: [aLine(), part('1', 'SCREW')] }), facts());
    expect(judged).toMatchObject({ kind: 'rejected', reasons: [{ code: 'UNKNOWN_PRODUCT' }] });
  });
});

describe('an order in the smallest of prices', () => {
  it('is judged as any other: a hundredth of a per cent of nothing much is still a number', () => {
    const tiny = {
      ...facts({ priceTolerancePercent: '0.5' }),
      priceOf: () => ({ amount: '0.00012345', baseQuantity: '1' }),
    };
    const at = (amount: string) => validateOrder(anOrder({ lines: [aLine({ price: { amount } })] }), tiny).kind;
    expect(at('0.00012406')).toBe('validated'); // 0.0001240672… is the edge
    expect(at('0.00012407')).toBe('held');
  });
});

describe('credit', () => {
  it('is not lent anew by an order that is paid for more than it comes to', () => {
    const prepaid = { currency: 'USD', minor: 9_000 };
    const [paid, next] = judgeCaptures(
      [anOrder({ prepaid }), anOrder({ lines: [aLine({ quantity: { value: '13', unitCode: 'EA' } })] })].map(
        (order) => ({ order, contentHash: '', known: undefined }),
      ),
      () => facts(),
    );
    expect(paid!.judgement).toMatchObject({ verdict: { kind: 'validated', spendsMinor: 0 } });
    expect(next!.judgement).toMatchObject({ verdict: { kind: 'held', reasons: [{ code: 'CREDIT_LIMIT' }] } });
  });

  it('validates an order that spends the last cent of credit', () => {
    expect(validateOrder(anOrder(), facts())).toMatchObject({ kind: 'validated', spendsMinor: 4_500 });
  });

  it('holds an order one cent over the credit limit', () => {
    expect(validateOrder(anOrder(), facts({ creditLimitMinor: 4_499 }))).toMatchObject({
      kind: 'held',
      reasons: [{ code: 'CREDIT_LIMIT' }],
    });
  });

  it('counts what other orders use already', () => {
    expect(validateOrder(anOrder(), facts({ creditLimitMinor: 9_000, exposureMinor: 4_501 }))).toMatchObject({
      kind: 'held',
    });
    expect(validateOrder(anOrder(), facts({ creditLimitMinor: 9_000, exposureMinor: 4_500 }))).toMatchObject({
      kind: 'validated',
    });
  });

  it('never validates more than the limit, whatever order the captures come in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
        fc.integer({ min: 0, max: 30_000 }),
        (quantities, limit) => {
          const captures = quantities.map((quantity) => {
            const order = anOrder({ lines: [aLine({ quantity: { value: String(quantity), unitCode: 'EA' } })] });
            return { order, contentHash: '', known: undefined };
          });
          const judged = judgeCaptures(captures, () => facts({ creditLimitMinor: limit }));
          const spent = judged.reduce(
            (sum, { judgement }) =>
              judgement.kind === 'judged' && judgement.verdict.kind === 'validated'
                ? sum + judgement.verdict.spendsMinor
                : sum,
            0,
          );
          expect(spent).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('products', () => {
  it('rejects, and does not also hold, an order for goods we do not know', () => {
    const order = anOrder({ lines: [aLine({ item: { sellersItemId: 'GHOST' } })] });
    expect(validateOrder(order, facts({ creditLimitMinor: 0 }))).toEqual({
      kind: 'rejected',
      reasons: [{ code: 'UNKNOWN_PRODUCT', detail: 'line 1: no product GHOST', path: '/lines/0/item' }],
    });
  });

  it('rejects what is not sold any more and a buyer without an account', () => {
    expect(validateOrder(anOrder(), facts({}, [{ ...WIDGET, sellable: false }]))).toMatchObject({
      reasons: [{ code: 'NOT_SELLABLE' }],
    });
    expect(validateOrder(anOrder(), { ...facts(), customer: undefined })).toMatchObject({
      reasons: [{ code: 'UNKNOWN_CUSTOMER' }],
    });
  });

  it('does not guess which of two products an id means', () => {
    expect(validateOrder(anOrder(), facts({}, [WIDGET, WIDGET]))).toMatchObject({
      reasons: [{ code: 'UNKNOWN_PRODUCT' }],
    });
  });
});

describe('prices, units and terms', () => {
  const priced = (amount: string, baseQuantity?: string): ReturnType<typeof anOrder> =>
    anOrder({ lines: [aLine({ price: { amount, baseQuantity } })] });

  it('accepts a price at the edge of the tolerance and holds one beyond it, up or down', () => {
    const tolerant = facts({ priceTolerancePercent: '2', creditLimitMinor: 1_000_000 });
    expect(validateOrder(priced('3.825'), tolerant).kind).toBe('validated');
    expect(validateOrder(priced('3.675'), tolerant).kind).toBe('validated');
    expect(validateOrder(priced('3.8251'), tolerant)).toMatchObject({
      kind: 'held',
      reasons: [{ code: 'PRICE_MISMATCH' }],
    });
    expect(validateOrder(priced('3.6749'), tolerant)).toMatchObject({
      kind: 'held',
      reasons: [{ code: 'PRICE_MISMATCH' }],
    });
  });

  it('compares prices for different base quantities', () => {
    expect(validateOrder(priced('375', '100'), facts()).kind).toBe('validated');
  });

  it('holds a product without a price, another unit, longer terms, and a blocked customer, all at once', () => {
    const order = anOrder({
      lines: [aLine({ quantity: { value: '1', unitCode: 'CA' } })],
      paymentTerms: { netDays: 31 },
    });
    const verdict = validateOrder(order, { ...facts({ blocked: true }), priceOf: () => undefined });
    expect(verdict.kind === 'held' && verdict.reasons.map((reason) => reason.code)).toEqual([
      'CUSTOMER_BLOCKED',
      'UNIT_MISMATCH',
      'PRICE_MISMATCH',
      'TERMS_MISMATCH',
    ]);
  });

  it('holds an order whose stated total is not what the lines say, and accepts one that is', () => {
    expect(validateOrder(anOrder({ controlTotals: { amount: '45.01' } }), facts())).toMatchObject({
      reasons: [{ code: 'TOTALS_MISMATCH' }],
    });
    expect(validateOrder(anOrder({ controlTotals: { amount: '45' } }), facts()).kind).toBe('validated');
  });
});
