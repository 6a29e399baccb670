import { describe, expect, it } from '@jest/globals';
import type { OrderChanged } from '@railhead/contracts';
import { aBillableLine, aBillableOrder } from '../../testing/builders.js';
import { changeBillable } from './change-billable.js';

const priced: OrderChanged['data']['answers'] = [{ lineId: '1', action: 'price', accepted: true }];
const line = { lineId: '1', sku: 'SKU-1', quantity: '6', unitCode: 'EA', unitPrice: '4' };

describe('what can be invoiced of an order that was changed', () => {
  it('is the new quantity at the new price, with the line’s allowance', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ adjustmentMinor: -100 })] });
    expect(changeBillable(order, { lines: [line], answers: priced }).lines).toMatchObject([
      { quantity: '6', unitPrice: '4', adjustmentMinor: -100 },
    ]);
  });

  it('bears tax by its rate', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxPercent: '10', taxMinor: 450 })] });
    expect(changeBillable(order, { lines: [line], answers: priced }).lines[0]!.taxMinor).toBe(240);
  });

  it('bears its share of a tax that was stated as an amount', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxMinor: 450 })] });
    expect(changeBillable(order, { lines: [{ ...line, unitPrice: '3.75' }], answers: [] }).lines[0]!.taxMinor).toBe(
      225,
    );
  });

  it('has the lines that were added, and nothing of those that are gone', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ adjustmentMinor: -100 })] });
    const { lines } = changeBillable(order, {
      lines: [
        { ...line, quantity: '0' },
        { ...line, lineId: '2' },
      ],
      answers: [],
    });
    expect(lines).toMatchObject([
      { lineId: '1', quantity: '0', adjustmentMinor: 0 },
      { lineId: '2', quantity: '6', taxMinor: 0 },
    ]);
  });

  it('has its old price where the change is not about that: an earlier one that was may have been refused', () => {
    const change = (answers: typeof priced) => changeBillable(aBillableOrder(), { lines: [line], answers }).lines[0];
    expect(change([{ lineId: '1', action: 'quantity', accepted: true }])).toMatchObject({
      quantity: '6',
      unitPrice: '3.75',
    });
    expect(change([{ ...priced[0]!, accepted: false }])).toMatchObject({ unitPrice: '3.75' });
    expect(change([{ ...priced[0]!, lineId: '2' }])).toMatchObject({ unitPrice: '3.75' });
    expect(change(priced)).toMatchObject({ unitPrice: '4' });
  });

  it('keeps the tax that was stated beyond its rate, for freight say', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxPercent: '10', taxMinor: 450 + 95 })] });
    expect(changeBillable(order, { lines: [line], answers: priced }).lines[0]!.taxMinor).toBe(240 + 95);
  });

  describe('taxes a line that was added', () => {
    const taxOfAdded = (lines: Parameters<typeof aBillableLine>[0][], taxPercent?: string): number =>
      changeBillable(aBillableOrder({ lines: lines.map(aBillableLine) }), {
        lines: [{ ...line, lineId: '9', ...(taxPercent !== undefined && { taxPercent }) }],
        answers: [],
      }).lines.at(-1)!.taxMinor;

    it('as the others are, whatever our product says', () => {
      expect(taxOfAdded([{ taxPercent: '10', taxMinor: 450 }])).toBe(240);
      expect(taxOfAdded([{ taxPercent: '10', taxMinor: 450 }], '20')).toBe(240);
      expect(taxOfAdded([{}], '20')).toBe(0);
    });

    it('by its own rate where those of the others differ', () => {
      expect(taxOfAdded([{ taxPercent: '10', taxMinor: 450 }, { lineId: '2' }], '20')).toBe(480);
    });

    it('with the share that the others bear of a tax that was stated as an amount', () => {
      expect(taxOfAdded([{ taxMinor: 450 }], '20')).toBe(240);
      expect(taxOfAdded([{ taxMinor: 450, quantity: '0' }])).toBe(0);
    });
  });
});
