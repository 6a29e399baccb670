import { describe, expect, it } from '@jest/globals';
import type { OrderChangeValidated, ValidatedLine } from '@railhead/contracts';
import { anOrderState, aStock } from '../testing/builders.js';
import { cancelOrder } from './cancel-order.js';
import { changeOrder } from './change-order.js';
import { confirmShipment } from './confirm-shipment.js';
import type { OrderState } from './order-state.js';
import type { StockBook } from './stock-book.js';
import { takeOrder } from './take-order.js';

const line = (change: Partial<ValidatedLine> = {}): ValidatedLine => ({
  lineId: '1',
  sku: 'A',
  quantity: '6',
  unitCode: 'EA',
  unitPrice: '1',
  ...change,
});

function change(
  order: OrderState,
  lines: ValidatedLine[],
  action: 'quantity' | 'price' = 'quantity',
): OrderChangeValidated['data'] {
  const answers = lines.map(({ lineId }) => ({ lineId, action, accepted: true }));
  return { orderId: order.orderId, sequence: 1, revision: 1, lines, answers };
}

const taken = (stock: StockBook): OrderState => takeOrder(anOrderState(), undefined, 'MAIN', stock).order;
const shipped = (order: OrderState, quantity: string, stock: StockBook): OrderState => {
  const { orderId, shipments } = order;
  const goods = { carrier: 'UPSN', trackingNumbers: [], packages: [], lines: [{ lineId: '1', quantity }] };
  const confirmation = {
    orderId,
    shipmentId: shipments[0]!.shipmentId,
    shippedAt: '2026-02-04T08:00:00.000Z',
    ...goods,
  };
  return confirmShipment(order, confirmation, 2000, stock).order!;
};
const typesOf = (says: readonly { definition: { type: string } }[]) => says.map(({ definition }) => definition.type);

describe('a change of an order that has not left', () => {
  it('to fewer calls the warehouse off and asks it anew, and gives the rest back', () => {
    const stock = aStock({ A: '10' });
    const order = taken(stock);
    const { order: after, says } = changeOrder(order, change(order, [line()]), 'MAIN', stock);
    expect(typesOf(says)).toEqual([
      'order.changed.v1',
      'shipment.cancelled.v1',
      'order.allocated.v1',
      'shipment.requested.v1',
    ]);
    expect(after.lines[0]).toMatchObject({ ordered: '6', allocated: '6' });
    expect(after.shipments.map(({ state }) => state)).toEqual(['cancelled', 'requested']);
    expect(stock.available('A')).toBe('4');
  });

  it('to more asks the warehouse for the difference only', () => {
    const stock = aStock({ A: '15' });
    const order = taken(stock);
    const { order: after, says } = changeOrder(order, change(order, [line({ quantity: '12' })]), 'MAIN', stock);
    expect(typesOf(says)).toEqual(['order.changed.v1', 'order.allocated.v1', 'shipment.requested.v1']);
    expect(after.shipments.map(({ lines }) => lines[0]!.quantity)).toEqual(['10', '2']);
  });

  it('to fewer than wait takes nothing back from the warehouse', () => {
    const stock = aStock({ A: '4' });
    const order = taken(stock); // 4 promised, 6 wait
    const { order: after, says } = changeOrder(order, change(order, [line({ quantity: '5' })]), 'MAIN', stock);
    expect(typesOf(says)).toEqual(['order.changed.v1', 'order.backordered.v1']);
    expect(after.lines[0]).toMatchObject({ ordered: '5', allocated: '4' });
  });

  it('adds a line with a stock of its own', () => {
    const stock = aStock({ A: '10', B: '3' });
    const order = taken(stock);
    const { order: after } = changeOrder(
      order,
      change(order, [line({ lineId: '2', sku: 'B', quantity: '3' })]),
      'MAIN',
      stock,
    );
    expect(after.lines[1]).toMatchObject({ lineId: '2', sku: 'B', ordered: '3', allocated: '3' });
  });

  it('moves the day on which all of it is wanted', () => {
    const stock = aStock({ A: '10' });
    const order = taken(stock);
    const wish = { ...change(order, []), requestedOn: '2026-03-01' };
    expect(changeOrder(order, wish, 'MAIN', stock).order.delivery.requestedOn).toBe('2026-03-01');
  });
});

describe('a change after a count fell below what is promised', () => {
  const twoOrders = () => {
    const stock = aStock({ A: '20' });
    const noBackorder = { ...anOrderState(), backorderAllowed: false };
    const first = takeOrder(noBackorder, undefined, 'MAIN', stock).order;
    taken(stock);
    stock.count('A', '10', 3000, '0'); // ten are gone: the warehouse will tell of whom
    return { stock, first };
  };

  it('of its day alone takes nothing away from an order, let alone cancels it', () => {
    const { stock, first } = twoOrders();
    const wish = { ...change(first, []), requestedOn: '2026-03-01' };
    const { order, says } = changeOrder(first, wish, 'MAIN', stock);
    expect(order.lines[0]).toMatchObject({ allocated: '10', cancelled: '0' });
    expect(typesOf(says)).toEqual(['order.changed.v1', 'shipment.cancelled.v1', 'shipment.requested.v1']);
  });

  it('to fewer keeps those, and to more promises no more than there was', () => {
    const { stock, first } = twoOrders();
    const fewer = changeOrder(first, change(first, [line({ quantity: '8' })]), 'MAIN', stock).order;
    expect(fewer.lines[0]).toMatchObject({ allocated: '8', cancelled: '0' });
    const more = changeOrder(fewer, change(fewer, [line({ quantity: '9' })]), 'MAIN', stock).order;
    expect(more.lines[0]).toMatchObject({ allocated: '8', cancelled: '1' });
  });
});

describe('another day for the whole order', () => {
  const moved = (day: Partial<OrderChangeValidated['data']>) => {
    const stock = aStock({ A: '10' });
    const delivery = { dates: { requestedTo: '2026-02-10' }, carriage: { carrier: 'UPSN' } };
    const order = takeOrder({ ...anOrderState(), delivery }, undefined, 'MAIN', stock).order;
    const { says } = changeOrder(order, { ...change(order, []), ...day }, 'MAIN', stock);
    return says.map(({ definition, data }) => {
      const { requestedTo, requestedDespatchOn, carrier } = data as Record<string, unknown>;
      expect(carrier).toBe(definition.type === 'shipment.requested.v1' ? 'UPSN' : undefined);
      const days = [requestedTo && `there ${requestedTo}`, requestedDespatchOn && `leave ${requestedDespatchOn}`];
      return [definition.type, ...days.filter(Boolean)];
    });
  };

  it('is told to the warehouse, which was asked for another: to be there', () => {
    expect(moved({ requestedOn: '2026-03-01', toLeave: false })).toEqual([
      ['order.changed.v1'],
      ['shipment.cancelled.v1'],
      ['shipment.requested.v1', 'there 2026-03-01'],
    ]);
  });

  it('is told to the warehouse as a day to leave where it is one', () => {
    expect(moved({ requestedOn: '2026-02-10', toLeave: true }).at(-1)).toEqual([
      'shipment.requested.v1',
      'leave 2026-02-10',
    ]);
  });

  it('calls nothing off where it is the day that was named before', () => {
    expect(moved({ requestedOn: '2026-02-10', toLeave: false })).toEqual([['order.changed.v1']]);
  });
});

describe('a change that comes too late', () => {
  it('is refused when everything has left', () => {
    const stock = aStock({ A: '10' });
    const order = shipped(taken(stock), '10', stock);
    const { order: after, says } = changeOrder(order, change(order, [line()]), 'MAIN', stock);
    expect(after).toBe(order);
    expect(says[0]).toMatchObject({
      definition: { type: 'order.change-refused.v1' },
      data: {
        reasons: [{ code: 'ALREADY_SHIPPED' }],
        answers: [{ accepted: false, reason: { code: 'ALREADY_SHIPPED' } }],
      },
    });
  });

  it('is refused below what has left, and made down to it, which fulfils the order', () => {
    const stock = aStock({ A: '4' });
    const order = shipped(taken(stock), '4', stock);
    expect(typesOf(changeOrder(order, change(order, [line({ quantity: '3' })]), 'MAIN', stock).says)).toEqual([
      'order.change-refused.v1',
    ]);
    expect(typesOf(changeOrder(order, change(order, [line({ quantity: '4' })]), 'MAIN', stock).says)).toEqual([
      'order.changed.v1',
      'order.fulfilled.v1',
    ]);
  });

  it('does not change the price of goods that have left', () => {
    const stock = aStock({ A: '4' });
    const order = shipped(taken(stock), '4', stock);
    const repriced = change(order, [line({ quantity: '10' })], 'price');
    expect(typesOf(changeOrder(order, repriced, 'MAIN', stock).says)).toEqual(['order.change-refused.v1']);
  });

  it('is refused of an order that was cancelled', () => {
    const stock = aStock({ A: '10' });
    const wish = { actor: { kind: 'partner' as const, id: 'ACME' }, reason: 'changed our mind' };
    const { order } = cancelOrder(taken(stock), wish, stock);
    expect(changeOrder(order, change(order, [line()]), 'MAIN', stock).says[0]!.data).toMatchObject({
      reasons: [{ code: 'CANCELLED' }],
    });
  });

  it('is refused where it does not say to which of several places the goods go', () => {
    const stock = aStock({ A: '10' });
    const shipTo = { role: 'shipTo' as const, identifiers: [] };
    const order = { ...taken(stock), places: [{ shipTo, lines: [{ lineId: '1', quantity: '10' }] }] };
    expect(changeOrder(order, change(order, [line()]), 'MAIN', stock).says[0]!.data).toMatchObject({
      reasons: [{ code: 'SEVERAL_PLACES' }],
    });
    const repriced = change(order, [line({ quantity: '10' })], 'price');
    expect(typesOf(changeOrder(order, repriced, 'MAIN', stock).says)).toEqual(['order.changed.v1']);
  });
});
