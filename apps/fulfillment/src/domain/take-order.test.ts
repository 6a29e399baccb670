import { describe, expect, it } from '@jest/globals';
import { aLineState, anOrderState, aStock } from '../testing/builders.js';
import type { Decision, Said } from './decision.js';
import type { OrderState } from './order-state.js';
import type { StockBook } from './stock-book.js';
import { takeOrder } from './take-order.js';

const take = (order: OrderState, stock: StockBook): Decision => takeOrder(order, undefined, 'MAIN', stock);
const types = (says: readonly Said[]): string[] => says.map((said) => said.definition.type);
const lines = (says: readonly Said[], type: string): unknown =>
  (says.find((said) => said.definition.type === type)?.data as { lines: unknown } | undefined)?.lines;

describe('an order that comes in', () => {
  it('is promised whole and sent to the warehouse when the last piece suffices', () => {
    const stock = aStock({ A: '10' });
    const { order, says } = take(anOrderState(), stock);
    expect(types(says)).toEqual(['order.allocated.v1', 'shipment.requested.v1']);
    expect(order.lines[0]).toMatchObject({ allocated: '10', cancelled: '0' });
    expect(stock.available('A')).toBe('0');
  });

  it('waits for one piece when one is missing, and the rest goes out', () => {
    const { says } = take(anOrderState(), aStock({ A: '9' }));
    expect(lines(says, 'order.allocated.v1')).toEqual([{ lineId: '1', sku: 'A', quantity: '9' }]);
    expect(lines(says, 'order.backordered.v1')).toEqual([{ lineId: '1', sku: 'A', quantity: '1' }]);
    expect(lines(says, 'shipment.requested.v1')).toEqual([{ lineId: '1', sku: 'A', quantity: '9', unitCode: 'EA' }]);
  });

  it('only waits when there is nothing', () => {
    const { order, says } = take(anOrderState(), aStock({ A: '0' }));
    expect(types(says)).toEqual(['order.backordered.v1']);
    expect(order.shipments).toEqual([]);
  });

  it('gets nothing of stock that is counted below what is promised already', () => {
    const stock = aStock({ A: '10' });
    take(anOrderState(), stock);
    stock.count('A', '4', 2000, '0');
    expect(types(take(anOrderState(), stock).says)).toEqual(['order.backordered.v1']);
  });

  it('never gives one piece to two lines of the same product', () => {
    const two = [aLineState({ lineId: '1' }), aLineState({ lineId: '2' })];
    const { order } = take(anOrderState({ lines: two }), aStock({ A: '15' }));
    expect(order.lines.map((line) => line.allocated)).toEqual(['10', '5']);
  });

  it('counts fractions exactly', () => {
    const stock = aStock({ A: '0.3' });
    const { order } = take(
      anOrderState({ lines: [aLineState({ ordered: '0.1' }), aLineState({ lineId: '2', ordered: '0.2' })] }),
      stock,
    );
    expect(order.lines.map((line) => line.allocated)).toEqual(['0.1', '0.2']);
    expect(stock.available('A')).toBe('0');
  });

  it('names warehouse, purchase order, ship-to and day in the request', () => {
    const delivery = { shipTo: { role: 'shipTo' as const, identifiers: [], name: 'DC 7' }, requestedOn: '2026-02-10' };
    const { order, says } = take(anOrderState({ delivery }), aStock({ A: '10' }));
    expect(says.at(-1)?.data).toMatchObject({
      warehouse: 'MAIN',
      purchaseOrderNumber: order.purchaseOrderNumber,
      shipTo: { name: 'DC 7' },
      requestedOn: '2026-02-10',
      shipmentId: order.shipments[0]?.shipmentId,
    });
  });
});

describe('an order that takes no backorder', () => {
  it('ships what there is and cancels the short part', () => {
    const { order, says } = take(anOrderState({ backorderAllowed: false }), aStock({ A: '7' }));
    expect(types(says)).toEqual(['order.allocated.v1', 'order.cancelled.v1', 'shipment.requested.v1']);
    expect(lines(says, 'order.cancelled.v1')).toEqual([{ lineId: '1', sku: 'A', quantity: '3' }]);
    expect(order.lines[0]).toMatchObject({ allocated: '7', cancelled: '3' });
  });

  it('is cancelled whole when there is nothing, and is not called fulfilled', () => {
    expect(types(take(anOrderState({ backorderAllowed: false }), aStock({ A: '0' })).says)).toEqual([
      'order.cancelled.v1',
    ]);
  });

  it('is cancelled whole when it must ship at once and a piece is missing', () => {
    const stock = aStock({ A: '9' });
    const order = anOrderState({ backorderAllowed: false, partialDeliveryAllowed: false });
    expect(lines(take(order, stock).says, 'order.cancelled.v1')).toEqual([{ lineId: '1', sku: 'A', quantity: '10' }]);
    expect(stock.available('A')).toBe('9');
  });
});

describe('an order that ships at once or not at all', () => {
  const lines2 = [aLineState({ lineId: '1', sku: 'A' }), aLineState({ lineId: '2', sku: 'B' })];

  it('takes nothing while one line is short of one piece', () => {
    const stock = aStock({ A: '10', B: '9' });
    const { order, says } = take(anOrderState({ partialDeliveryAllowed: false, lines: lines2 }), stock);
    expect(types(says)).toEqual(['order.backordered.v1']);
    expect(order.lines.map((line) => line.allocated)).toEqual(['0', '0']);
    expect(stock.available('A')).toBe('10');
  });

  it('ships in one shipment when the last piece is there', () => {
    const { order } = take(
      anOrderState({ partialDeliveryAllowed: false, lines: lines2 }),
      aStock({ A: '10', B: '10' }),
    );
    expect(order.shipments).toHaveLength(1);
    expect(order.shipments[0]?.lines).toHaveLength(2);
  });
});

describe('an order whose cancellation was here first', () => {
  it('is cancelled whole, by the one who asked, and takes no stock', () => {
    const stock = aStock({ A: '10' });
    const wish = { actor: { kind: 'person' as const, id: 'kim' }, reason: 'ordered twice' };
    const { order, says } = takeOrder(anOrderState(), wish, 'MAIN', stock);
    expect(says.map((said) => said.data)).toEqual([
      { orderId: order.orderId, ...wish, lines: [{ lineId: '1', sku: 'A', quantity: '10' }] },
    ]);
    expect(stock.changes()).toEqual([]);
  });
});
