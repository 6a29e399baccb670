import { describe, expect, it } from '@jest/globals';
import type { LineChange, OrderChangeRequested } from '@railhead/contracts';
import type { CustomerFacts, OrderFacts, ProductFacts } from './facts.js';
import { withoutCancelled } from './line-terms.js';
import { judgeChange, type ChangeableOrder, type ChangeVerdict } from './judge-change.js';

const HAMMER: ProductFacts = { sku: 'SKU-1', name: 'Hammer', unitCode: 'EA', sellable: true, taxPercent: undefined };
const NAILS: ProductFacts = { ...HAMMER, sku: 'SKU-2', name: 'Nails' };

function facts(change: Partial<CustomerFacts> = {}): OrderFacts {
  return {
    customer: {
      accountId: 'ACME',
      currency: 'USD',
      creditLimitMinor: 10_000,
      exposureMinor: 6_000,
      netDays: 30,
      blocked: false,
      priceTolerancePercent: '10',
      ...change,
    },
    productsBy: (id) => [HAMMER, NAILS].filter(({ sku }) => sku === id),
    priceOf: (sku) => ({ amount: sku === 'SKU-1' ? '5' : '2', baseQuantity: '1' }),
  };
}

/** 10 hammers at 5.00 and 5 boxes of nails at 2.00. */
function order(change: Partial<ChangeableOrder> = {}): ChangeableOrder {
  const hammers = { lineId: '1', buyerLineId: '10', sku: 'SKU-1', quantity: '10', unitCode: 'EA', amount: '5' };
  const nails = { lineId: '2', buyerLineId: '20', sku: 'SKU-2', quantity: '5', unitCode: 'EA', amount: '2' };
  return { state: 'validated', currency: 'USD', lines: [hammers, nails], lastSequence: 0, ...change };
}

const wish = (change: Partial<LineChange>): LineChange => ({ lineId: '1', action: 'quantity', ...change });
const asked = (
  changes: readonly LineChange[],
  more: Partial<OrderChangeRequested['data']> = {},
): Pick<OrderChangeRequested['data'], 'sequence' | 'changes' | 'requestedOn'> => ({
  sequence: 0,
  changes: [...changes],
  ...more,
});
const reasonsOf = (verdict: ChangeVerdict) =>
  verdict.kind === 'refused'
    ? verdict.reasons.map(({ code }) => code)
    : verdict.answers.flatMap((one) => one.reason?.code ?? []);

describe('a change of a validated order', () => {
  it('takes a new quantity, a price within the tolerance, a new line, and takes a line away', () => {
    const verdict = judgeChange(
      order(),
      asked([
        wish({ quantity: '8.0' }),
        wish({ action: 'price', price: '5.5' }),
        wish({ lineId: '2', action: 'delete' }),
        wish({ lineId: '30', buyerLineId: '30', action: 'add', quantity: '3', item: { sellersItemId: 'SKU-2' } }),
      ]),
      facts(),
    );
    expect(verdict).toMatchObject({
      kind: 'possible',
      changed: [
        { lineId: '1', quantity: '8', amount: '5.5' },
        { lineId: '2', quantity: '0' },
        { lineId: '3', buyerLineId: '30', sku: 'SKU-2', quantity: '3', amount: '2' },
      ],
      answers: [{ accepted: true }, { accepted: true }, { accepted: true }, { accepted: true, lineId: '3' }],
    });
  });

  it('takes a price for as many as the buyer says, and for as many as before where nothing is said', () => {
    const [hammers] = order().lines!;
    const hundreds = order({ lines: [{ ...hammers!, amount: '500', baseQuantity: '100' }] });
    const changedTo = (change: Partial<LineChange>) => {
      const verdict = judgeChange(hundreds, asked([wish({ action: 'price', ...change })]), facts());
      return verdict.kind === 'possible' ? verdict.changed : reasonsOf(verdict);
    };
    expect(changedTo({ price: '510' })).toMatchObject([{ amount: '510', baseQuantity: '100' }]);
    expect(changedTo({ price: '5.1', priceBase: '1' })).toMatchObject([{ amount: '5.1', baseQuantity: '1' }]);
    expect(changedTo({ price: '5.1' })).toEqual(['PRICE_MISMATCH']);
  });

  it('adds a line at a price for as many as the buyer says', () => {
    const add = wish({ lineId: '30', action: 'add', quantity: '3', item: { sellersItemId: 'SKU-2' }, price: '200' });
    expect(judgeChange(order(), asked([{ ...add, priceBase: '100' }]), facts())).toMatchObject({
      changed: [{ sku: 'SKU-2', amount: '200', baseQuantity: '100' }],
    });
    expect(reasonsOf(judgeChange(order(), asked([add]), facts()))).toEqual(['PRICE_MISMATCH']);
  });

  it('finds a line by the buyer’s number where the door does not know ours', () => {
    expect(
      judgeChange(order(), asked([wish({ lineId: '20', buyerLineId: '20', quantity: '4' })]), facts()),
    ).toMatchObject({
      changed: [{ lineId: '2', quantity: '4' }],
    });
  });

  it('does not guess between two lines that have the same number of the buyer', () => {
    const twins = order({ lines: order().lines!.map((line) => ({ ...line, buyerLineId: '1' })) });
    const one = wish({ lineId: '', buyerLineId: '1', quantity: '4' });
    expect(reasonsOf(judgeChange(twins, asked([one]), facts()))).toEqual(['UNKNOWN_LINE']);
  });

  it('refuses a price for another unit than the ordered one', () => {
    const priced = (unitCode: string) => asked([wish({ action: 'price', price: '5.5', unitCode })]);
    expect(reasonsOf(judgeChange(order(), priced('CA'), facts()))).toEqual(['UNIT_MISMATCH']);
    expect(reasonsOf(judgeChange(order(), priced('EA'), facts()))).toEqual([]);
  });

  it('refuses of it what cannot be, and makes the rest', () => {
    const verdict = judgeChange(
      order(),
      asked([wish({ quantity: '9' }), wish({ lineId: '99', quantity: '1' })]),
      facts(),
    );
    expect(verdict).toMatchObject({
      kind: 'possible',
      answers: [{ accepted: true }, { reason: { code: 'UNKNOWN_LINE' } }],
    });
  });

  it.each([
    ['a price beyond the tolerance', wish({ action: 'price', price: '5.51' }), 'PRICE_MISMATCH'],
    ['another unit', wish({ quantity: '1', unitCode: 'CA' }), 'UNIT_MISMATCH'],
    [
      'goods we do not sell',
      wish({ action: 'add', quantity: '1', item: { sellersItemId: 'GHOST' } }),
      'UNKNOWN_PRODUCT',
    ],
    ['more that is less', wish({ quantity: '5', direction: 'increase' }), 'DIRECTION'],
    ['less that is more', wish({ quantity: '11', direction: 'decrease' }), 'DIRECTION'],
    [
      'a line added twice',
      wish({ action: 'add', buyerLineId: '10', quantity: '1', item: { sellersItemId: 'SKU-1' } }),
      'KNOWN_LINE',
    ],
    ['a day for one line', wish({ action: 'date', requestedOn: '2026-03-01' }), 'ONE_DATE'],
  ])('refuses %s', (_what, change, code) => {
    const verdict = judgeChange(order(), asked([change]), facts());
    expect([verdict.kind, reasonsOf(verdict)]).toEqual(['refused', [code]]);
  });

  it('may spend the last cent of credit, and no more', () => {
    const more = asked([wish({ quantity: '18' })]); // 8 × 5.00 more
    expect(judgeChange(order(), more, facts()).kind).toBe('possible');
    expect(reasonsOf(judgeChange(order(), more, facts({ exposureMinor: 6_001 })))).toEqual(['CREDIT_LIMIT']);
  });

  it('asks for no credit when it makes the order smaller', () => {
    expect(judgeChange(order(), asked([wish({ quantity: '9' })]), facts({ exposureMinor: 99_999 })).kind).toBe(
      'possible',
    );
  });

  it('does not take the last line away: that is a cancellation', () => {
    const all = asked([wish({ action: 'delete' }), wish({ lineId: '2', action: 'delete' })]);
    expect(reasonsOf(judgeChange(order(), all, facts()))).toEqual(['NOTHING_LEFT']);
  });

  it('moves the day of the whole order without touching a line', () => {
    expect(judgeChange(order(), asked([], { requestedOn: '2026-03-01' }), facts())).toMatchObject({
      kind: 'possible',
      changed: [],
    });
  });
});

describe('the numbers that a buyer gives to changes', () => {
  it.each([
    [4, 3, 'refused'],
    [4, 4, 'refused'],
    [4, 5, 'possible'],
    [4, 0, 'possible'],
  ] as const)('after change %i, change %i is %s', (lastSequence, sequence, kind) => {
    const verdict = judgeChange(order({ lastSequence }), asked([wish({ quantity: '1' })], { sequence }), facts());
    expect(verdict.kind).toBe(kind);
    if (kind === 'refused') expect(reasonsOf(verdict)).toEqual(['STALE']);
  });
});

describe('a change while another is under way', () => {
  const [hammers, nails] = order().lines!;
  const wanted = [{ ...hammers!, quantity: '15' }, nails!];

  it.each([
    [7, 'possible'],
    [8, 'refused'],
  ] as const)('of %i boxes of nails is %s: what the other spends is counted', (quantity, kind) => {
    const both = order({ lines: wanted, made: order().lines });
    const verdict = judgeChange(
      both,
      asked([wish({ lineId: '2', quantity: String(quantity) })]),
      facts({ exposureMinor: 7_100 }),
    );
    expect(verdict.kind).toBe(kind);
    expect(verdict).toMatchObject(kind === 'possible' ? { lines: [{ quantity: '15' }, { quantity: '7' }] } : {});
  });
});

describe('an order that cannot be changed', () => {
  it('is one of which everything was cancelled', () => {
    const lines = withoutCancelled(order().lines!, [
      { lineId: '1', quantity: '10' },
      { lineId: '2', quantity: '5' },
    ]);
    expect(reasonsOf(judgeChange(order({ lines }), asked([wish({ quantity: '1' })]), facts()))).toEqual(['CANCELLED']);
    const some = withoutCancelled(order().lines!, [{ lineId: '1', quantity: '9' }]);
    expect(judgeChange(order({ lines: some }), asked([wish({ quantity: '2' })]), facts()).kind).toBe('possible');
  });

  it('is one that was rejected, or one from before', () => {
    expect(reasonsOf(judgeChange(order({ state: 'rejected' }), asked([wish({ quantity: '1' })]), facts()))).toEqual([
      'NOT_AN_ORDER',
    ]);
    expect(reasonsOf(judgeChange(order({ lines: undefined }), asked([wish({ quantity: '1' })]), facts()))).toEqual([
      'TOO_OLD',
    ]);
  });
});
