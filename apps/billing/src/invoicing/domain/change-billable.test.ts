import { describe, expect, it } from '@jest/globals';
import { aBillableLine, aBillableOrder } from '../../testing/builders.js';
import { changeBillable } from './change-billable.js';

const line = { lineId: '1', sku: 'SKU-1', quantity: '6', unitCode: 'EA', unitPrice: '4' };

describe('what can be invoiced of an order that was changed', () => {
  it('is the new quantity at the new price, with the line’s allowance', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ adjustmentMinor: -100 })] });
    expect(changeBillable(order, { lines: [line] }).lines).toMatchObject([
      { quantity: '6', unitPrice: '4', adjustmentMinor: -100 },
    ]);
  });

  it('bears tax by its rate', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxPercent: '10', taxMinor: 450 })] });
    expect(changeBillable(order, { lines: [line] }).lines[0]!.taxMinor).toBe(240);
  });

  it('bears its share of a tax that was stated as an amount', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ taxMinor: 450 })] });
    expect(changeBillable(order, { lines: [{ ...line, unitPrice: '3.75' }] }).lines[0]!.taxMinor).toBe(225);
  });

  it('has the lines that were added, and nothing of those that are gone', () => {
    const order = aBillableOrder({ lines: [aBillableLine({ adjustmentMinor: -100 })] });
    const { lines } = changeBillable(order, {
      lines: [
        { ...line, quantity: '0' },
        { ...line, lineId: '2' },
      ],
    });
    expect(lines).toMatchObject([
      { lineId: '1', quantity: '0', adjustmentMinor: 0 },
      { lineId: '2', quantity: '6', taxMinor: 0 },
    ]);
  });
});
