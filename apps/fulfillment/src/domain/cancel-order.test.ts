import { describe, expect, it } from '@jest/globals';
import { anOrderState, aStock } from '../testing/builders.js';
import { cancelOrder } from './cancel-order.js';
import { confirmShipment } from './confirm-shipment.js';
import type { OrderState } from './order-state.js';
import type { StockBook } from './stock-book.js';
import { takeOrder } from './take-order.js';

const WISH = { actor: { kind: 'partner' as const, id: 'ACME' }, reason: 'changed our mind' };
const take = (stock: StockBook): OrderState => takeOrder(anOrderState(), undefined, 'MAIN', stock).order;
const ship = (order: OrderState, quantity: string, stock: StockBook): OrderState =>
  confirmShipment(
    order,
    {
      orderId: order.orderId,
      shipmentId: order.shipments[0]!.shipmentId,
      shippedAt: '2026-02-04T08:00:00.000Z',
      carrier: 'UPSN',
      trackingNumbers: [],
      packages: [],
      lines: [{ lineId: '1', quantity }],
    },
    2000,
    stock,
  ).order!;

describe('a cancellation', () => {
  it('calls the open shipment off, gives the stock back and offers it to others', () => {
    const stock = aStock({ A: '10' });
    const order = take(stock);
    const { order: after, says } = cancelOrder(order, WISH, stock);
    expect(says.map((said) => said.definition.type)).toEqual(['shipment.cancelled.v1', 'order.cancelled.v1']);
    expect(says[1]?.data).toEqual({
      orderId: order.orderId,
      ...WISH,
      lines: [{ lineId: '1', sku: 'A', quantity: '10' }],
    });
    expect(after.shipments[0]?.state).toBe('cancelled');
    expect(stock.available('A')).toBe('10');
    expect(stock.onOffer()).toEqual(['A']);
  });

  it('cancels what is promised and what waits alike', () => {
    const stock = aStock({ A: '4' });
    const { order } = cancelOrder(take(stock), WISH, stock);
    expect(order.lines[0]).toMatchObject({ allocated: '0', cancelled: '10' });
  });

  it('leaves what has shipped, cancels the rest and fulfils the order', () => {
    const stock = aStock({ A: '4' });
    const shipped = ship(take(stock), '4', stock);
    const { order, says } = cancelOrder(shipped, WISH, stock);
    expect(order.lines[0]).toMatchObject({ shipped: '4', cancelled: '6' });
    expect(says.map((said) => said.definition.type)).toEqual(['order.cancelled.v1', 'order.fulfilled.v1']);
  });

  it('changes nothing when everything has shipped, and says so', () => {
    const stock = aStock({ A: '10' });
    const shipped = ship(take(stock), '10', stock);
    const { order, says } = cancelOrder(shipped, WISH, stock);
    expect(order).toBe(shipped);
    expect(says).toMatchObject([
      { definition: { type: 'order.change-refused.v1' }, data: { reasons: [{ code: 'ALREADY_SHIPPED' }] } },
    ]);
  });

  it('changes nothing the second time', () => {
    const stock = aStock({ A: '10' });
    const { order } = cancelOrder(take(stock), WISH, stock);
    expect(cancelOrder(order, WISH, stock).says).toEqual([]);
    expect(stock.available('A')).toBe('10');
  });
});
