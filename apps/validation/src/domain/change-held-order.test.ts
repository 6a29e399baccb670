import { describe, expect, it } from '@jest/globals';
import type { CanonicalOrder } from '@railhead/contracts';
import { aLine, anOrder } from '@railhead/testing';
import { changeHeldOrder } from './change-held-order.js';
import type { LineTerms } from './line-terms.js';

const part = (scheduleId: string, value: string, days: object = {}) => ({
  scheduleId,
  quantity: { value, unitCode: 'EA' },
  ...days,
});
const orderWith = (schedules: ReturnType<typeof part>[], delivery?: CanonicalOrder['delivery']): CanonicalOrder =>
  anOrder({ lines: [aLine({ schedules })], ...(delivery && { delivery }) });
const changed = (order: CanonicalOrder, quantity = '12', requestedOn?: string) => {
  const line: LineTerms = { lineId: '1', sku: 'SKU-1', quantity, unitCode: 'EA', amount: '3.75' };
  return changeHeldOrder(order, [line], requestedOn);
};

describe('a held order that is changed', () => {
  it('keeps the days of its parts while their line keeps its size', () => {
    const parts = [part('1', '8', { requestedTo: '2026-02-10' }), part('2', '4', { requestedTo: '2026-03-10' })];
    expect(changed(orderWith(parts))?.lines[0]?.schedules).toEqual(parts);
  });

  it('keeps the day of a line of another size that has one, and none of several', () => {
    const [early, late] = [{ requestedTo: '2026-02-10' }, { requestedTo: '2026-03-10' }];
    expect(changed(orderWith([part('1', '12', early)]), '10')?.lines[0]?.schedules).toEqual([part('1', '10', early)]);
    expect(changed(orderWith([part('1', '8', early), part('2', '4', late)]), '10')?.lines[0]?.schedules).toEqual([]);
  });

  it('taxes a line that is added as its others are, and by the rate of the product where theirs differ', () => {
    const totalOf = (...rates: (string | undefined)[]) => {
      const lines = rates.map((taxPercent, n) => aLine({ lineId: String(n + 1), ...(taxPercent && { taxPercent }) }));
      const terms = [...lines, { lineId: '9' }].map(({ lineId }): LineTerms => {
        return { lineId, sku: 'SKU-1', quantity: '12', unitCode: 'EA', amount: '3.75' };
      });
      const ownRateOf = (lineId: string) => (lineId === '9' ? '20' : undefined);
      return changeHeldOrder(anOrder({ lines }), terms, undefined, false, ownRateOf)?.totals.tax.minor;
    };
    expect(totalOf(undefined)).toBe(0);
    expect(totalOf('10')).toBe(450 + 450);
    expect(totalOf('10', undefined)).toBe(450 + 900);
  });

  it('is wanted on one day when its buyer says so, whatever days it named before', () => {
    const before = orderWith([part('1', '12', { requestedDespatchOn: '2026-02-09' })], {
      requestedFrom: '2026-02-08',
      carrier: 'UPSN',
    });
    const after = changed(before, '12', '2026-04-01');
    expect(after?.delivery).toEqual({ requestedTo: '2026-04-01', carrier: 'UPSN' });
    expect(after?.lines[0]?.schedules).toEqual([part('1', '12')]);
    const line: LineTerms = { lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA', amount: '3.75' };
    expect(changeHeldOrder(before, [line], '2026-04-01', true)?.delivery).toEqual({
      requestedDespatchOn: '2026-04-01',
      carrier: 'UPSN',
    });
  });
});
