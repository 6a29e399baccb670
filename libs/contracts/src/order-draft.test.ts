import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arithmeticIssues } from './arithmetic.js';
import { completeOrder, type DraftLine, type OrderDraft } from './order-draft.js';
import { contentHash, orderIdOf } from './order-id.js';
import { aDraft, anOrder } from './testing/an-order.js';

function issuesOf(change: Partial<OrderDraft>): string[] {
  const completed = completeOrder(aDraft(change));
  return completed.ok ? [] : completed.issues.map(({ code, at }) => `${code} ${at}`);
}

const line = (change: Partial<DraftLine>): DraftLine[] => [{ ...aDraft().lines[0]!, ...change }];

describe('completeOrder', () => {
  it('gives the order id of the business key', () => {
    expect(anOrder().orderId).toBe(orderIdOf({ buyerAccountId: 'ACME', purchaseOrderNumber: '4711' }));
  });

  it('computes lines, tax and totals', () => {
    expect(anOrder().lines.map(({ lineExtensionAmount }) => lineExtensionAmount.minor)).toEqual([4500, 1500]);
    expect(anOrder().totals).toMatchObject({ tax: { minor: 450 }, payable: { currency: 'USD', minor: 6750 } });
  });

  it('knows one notation for numbers, so that doors which write them differently agree', () => {
    const written = (value: string, amount: string, baseQuantity?: string): ReturnType<typeof anOrder> =>
      anOrder({ lines: line({ quantity: { value, unitCode: 'EA' }, price: { amount, baseQuantity } }) });
    expect(contentHash(written('0012.00', '3.750', '1'))).toBe(contentHash(written('12', '3.75')));
    expect(written('0.50', '10', '100.0').lines[0]).toMatchObject({
      quantity: { value: '0.5' },
      price: { amount: '10', baseQuantity: '100' },
    });
  });

  it('takes a blank release for none, as the business key does', () => {
    expect(contentHash(anOrder({ release: ' ' }))).toBe(contentHash(anOrder()));
    expect(anOrder({ release: '' }).release).toBeUndefined();
    expect(anOrder({ release: '7' }).release).toBe('7');
  });

  it('takes the tax that the sender states', () => {
    expect(anOrder({ tax: { currency: 'USD', minor: 451 } }).totals.payable.minor).toBe(6751);
  });

  it('takes off what is prepaid', () => {
    expect(anOrder({ prepaid: { currency: 'USD', minor: 6750 } }).totals.payable.minor).toBe(0);
  });

  it('rounds a line half away from zero', () => {
    expect(
      anOrder({ lines: line({ quantity: { value: '1', unitCode: 'EA' }, price: { amount: '0.005' } }) }).lines[0]
        ?.lineExtensionAmount.minor,
    ).toBe(1);
    expect(
      anOrder({ lines: line({ quantity: { value: '1', unitCode: 'EA' }, price: { amount: '0.0049' } }) }).lines[0]
        ?.lineExtensionAmount.minor,
    ).toBe(0);
  });

  it('keeps the arithmetic rules whatever is ordered', () => {
    const decimal = fc.tuple(fc.nat(9_999), fc.nat(9_999)).map(([whole, part]) => `${whole}.${part}`);
    const property = fc.property(decimal, decimal, fc.nat(50), (quantity, price, percent) => {
      const order = anOrder({
        lines: line({
          quantity: { value: quantity, unitCode: 'EA' },
          price: { amount: price },
          taxPercent: `${percent}`,
        }),
      });
      expect(arithmeticIssues(order)).toEqual([]);
    });
    fc.assert(property);
  });
});

describe('completeOrder refuses', () => {
  it('an order without a buyer that we know', () => {
    expect(issuesOf({ parties: [{ role: 'buyer', name: 'somebody' }] })).toEqual(['BUYER_UNKNOWN /parties']);
  });

  it('a currency that does not exist, naming it', () => {
    const completed = completeOrder(aDraft({ currency: 'XQQ', allowanceCharges: [] }));
    const issue = completed.ok ? undefined : completed.issues.find(({ at }) => at === '/currency');
    expect(issue?.message).toContain('XQQ');
  });

  it('a quantity that is no decimal, at its place', () => {
    expect(issuesOf({ lines: line({ quantity: { value: 'a dozen', unitCode: 'EA' } }) })).toEqual([
      'BAD_VALUE /lines/0/quantity/value',
    ]);
  });

  it('a number that consists of blanks', () => {
    expect(issuesOf({ purchaseOrderNumber: ' \t' })).toEqual(['BAD_VALUE /purchaseOrderNumber']);
    expect(issuesOf({ purchaseOrderNumber: '' })).toEqual(['BAD_VALUE /purchaseOrderNumber']);
    expect(issuesOf({ purchaseOrderNumber: ' 1 ' })).toEqual([]);
  });

  it.each([
    [{ quantity: { value: '999999999999999', unitCode: 'EA' }, price: { amount: '999999999999999' } }, '/lines/0'],
    [{ taxPercent: '999999999999999' }, '/lines/0'],
    [{ price: { amount: '1', baseQuantity: '0.0' } }, '/lines/0/price/baseQuantity'],
  ])('values that give no amount together, and takes no order at zero instead: %j', (change, at) => {
    const completed = completeOrder(aDraft({ lines: line(change) }));
    expect(completed.ok ? completed.order.totals : completed.issues.map((issue) => issue.at)).toEqual([at]);
  });

  it('lines that together come to more than an amount holds', () => {
    const huge = { quantity: { value: '1', unitCode: 'EA' }, price: { amount: '89999999999999' } };
    const lines = ['1', '2'].map((lineId) => ({ ...line(huge)[0]!, lineId, taxPercent: '0' }));
    expect(issuesOf({ lines })).toEqual(['OUT_OF_RANGE /lines']);
    expect(issuesOf({ lines: lines.slice(1) })).toEqual([]);
  });

  it('an order without lines', () => {
    expect(issuesOf({ lines: [] })).toEqual(['BAD_VALUE /lines']);
  });

  it('a number where a decimal string belongs, so that no fraction is lost', () => {
    expect(issuesOf({ lines: line({ price: { amount: 3.75 as unknown as string } }) })).toEqual([
      'BAD_VALUE /lines/0/price/amount',
    ]);
  });

  it('several faults at once, all of them named', () => {
    const issues = issuesOf({ issuedOn: '2026-02-30', lines: line({ quantity: { value: '-1', unitCode: 'EA' } }) });
    expect(issues.toSorted()).toEqual(['BAD_VALUE /issuedOn', 'BAD_VALUE /lines/0/quantity/value']);
  });
});
