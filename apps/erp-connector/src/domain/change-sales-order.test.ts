import { describe, expect, it } from '@jest/globals';
import type { OrderChanged, ValidatedLine } from '@railhead/contracts';
import { changeSalesOrder, type ChangeOfOrder } from './change-sales-order.js';
import type { SalesOrder, SalesOrderLine } from './sales-order.js';

const ORDER_ID = '11111111-1111-4111-8111-111111111111';

const line = (change: Partial<SalesOrderLine> = {}): SalesOrderLine => ({
  ...{ line: '1', sku: 'SKU-1', description: 'Widget', quantity: '12', unit: 'EA', unitPrice: '3.75' },
  ...{ priceUnits: '1', adjustments: [], ...change },
});
const order = (change: Partial<SalesOrder> = {}): SalesOrder => ({
  ...{ externalReference: 'ref-1', orderId: ORDER_ID, purchaseOrderNumber: 'PO-1', customer: 'ACME', currency: 'USD' },
  ...{ orderedOn: '2026-02-03', requestedOn: '2026-02-10', netDays: 30, lines: [line()], adjustments: [] },
  ...{ total: '45.00', ...change },
});
const now = (change: Partial<ValidatedLine> = {}): ValidatedLine => ({
  ...{ lineId: '1', sku: 'SKU-1', quantity: '12', unitCode: 'EA', unitPrice: '3.75', ...change },
});
const changed = (lines: ValidatedLine[], more: Partial<OrderChanged['data']> = {}): ChangeOfOrder => ({
  kind: 'changed',
  data: { orderId: ORDER_ID, sequence: 1, revision: 1, lines, answers: [], ...more },
});
const repriced = (accepted = true): Partial<OrderChanged['data']> => ({
  answers: [{ lineId: '1', action: 'price', accepted }],
});
const cancelled = (...lines: [lineId: string, quantity: string][]): ChangeOfOrder => ({
  kind: 'cancelled',
  data: {
    orderId: ORDER_ID,
    actor: { kind: 'partner', id: 'acme' },
    reason: 'not wanted',
    lines: lines.map(([lineId, quantity]) => ({ lineId, sku: 'SKU-1', quantity })),
  },
});

describe('the next revision of a sales order', () => {
  it('has quantity and price of the change, a total that follows, and all that did not change', () => {
    const after = changeSalesOrder(order(), changed([now({ quantity: '10', unitPrice: '4.00' })], repriced()));
    expect(after).toEqual({
      ...order({ total: '40.00' }),
      lines: [line({ quantity: '10', unitPrice: '4.00' })],
      revision: 1,
      status: 'open',
    });
  });

  it('has its old price where the change is not about that: an earlier one that was may have been refused', () => {
    const told = now({ quantity: '10', unitPrice: '4.00', baseQuantity: '5' });
    for (const more of [{}, repriced(false)])
      expect(changeSalesOrder(order(), changed([told], more))).toMatchObject({
        total: '37.50',
        lines: [{ unitPrice: '3.75', priceUnits: '1' }],
      });
  });

  it('counts on from the one before', () => {
    const first = changeSalesOrder(order(), changed([now({ quantity: '10' })]));
    expect(changeSalesOrder(first, changed([now({ quantity: '9' })]))).toMatchObject({ revision: 2, total: '33.75' });
  });

  it('adds a line at the end', () => {
    const added = now({ lineId: '2', sku: 'SKU-2', quantity: '2', unitPrice: '1.50', baseQuantity: '3' });
    const { lines, total } = changeSalesOrder(order(), changed([added]));
    expect(lines.map(({ line: id, sku, quantity, priceUnits }) => [id, sku, quantity, priceUnits])).toEqual([
      ['1', 'SKU-1', '12', '1'],
      ['2', 'SKU-2', '2', '3'],
    ]);
    expect(total).toBe('46.00');
  });

  it('keeps a line that is gone, at nothing', () => {
    const two = order({ lines: [line(), line({ line: '2', quantity: '1' })], total: '48.75' });
    expect(changeSalesOrder(two, changed([now({ quantity: '0' })]))).toMatchObject({
      lines: [
        { line: '1', quantity: '0' },
        { line: '2', quantity: '1' },
      ],
      total: '3.75',
      status: 'open',
    });
  });

  it('moves the day on which it is wanted only when the change names one', () => {
    expect(changeSalesOrder(order(), changed([now()])).requestedOn).toBe('2026-02-10');
    expect(changeSalesOrder(order(), changed([], { requestedOn: '2026-03-01' })).requestedOn).toBe('2026-03-01');
  });

  it('bears tax by the rate of its lines, and loses the allowances of a line with the line', () => {
    const taxed = order({ lines: [line({ taxPercent: '10' }), line({ line: '2' })], total: '94.50' });
    expect(changeSalesOrder(taxed, changed([now({ quantity: '2', taxPercent: '20' })])).total).toBe('53.25');
    const reduced = order({
      lines: [line({ adjustments: [{ reason: 'allowance', amount: '-5.00' }] }), line({ line: '2' })],
      total: '85.00',
    });
    expect(changeSalesOrder(reduced, changed([now({ quantity: '0' })])).total).toBe('45.00');
  });

  it('taxes a line that is added as the others are, and by its own rate where theirs differ', () => {
    const added = changed([now({ lineId: '9', taxPercent: '20' })]);
    const totalBeside = (...lines: SalesOrderLine[]) => changeSalesOrder(order({ lines, total: '0.00' }), added).total;
    expect(totalBeside(line())).toBe('45.00');
    expect(totalBeside(line({ taxPercent: '10' }))).toBe('49.50');
    expect(totalBeside(line({ taxPercent: '10' }), line({ line: '2' }))).toBe('54.00');
  });

  it('is what is left of a line of which some was cancelled', () => {
    expect(changeSalesOrder(order(), cancelled(['1', '5']))).toMatchObject({
      lines: [{ quantity: '7' }],
      total: '26.25',
      status: 'open',
    });
  });

  it('is cancelled, and comes to nothing, when the last piece was cancelled', () => {
    const reduced = order({ adjustments: [{ reason: 'freight', amount: '9.00' }], total: '54.00' });
    expect(changeSalesOrder(reduced, cancelled(['1', '12']))).toMatchObject({
      lines: [{ quantity: '0' }],
      total: '0.00',
      status: 'cancelled',
    });
  });
});
