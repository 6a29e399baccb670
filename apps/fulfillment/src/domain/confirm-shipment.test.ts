import { describe, expect, it } from '@jest/globals';
import type { ShipmentConfirmed } from '@railhead/contracts';
import { aLineState, anOrderState, aStock } from '../testing/builders.js';
import { cancelOrder } from './cancel-order.js';
import { confirmShipment } from './confirm-shipment.js';
import type { Said } from './decision.js';
import type { OrderState } from './order-state.js';
import { StockBook } from './stock-book.js';
import { takeOrder } from './take-order.js';

type Confirmation = ShipmentConfirmed['data'];
const LATER = 2000; // after the count of aStock

const types = (says: readonly Said[]): string[] => says.map((said) => said.definition.type);
const confirmation = (
  order: OrderState,
  lines: Record<string, string>,
  change: Partial<Confirmation> = {},
): Confirmation => ({
  orderId: order.orderId,
  shipmentId: order.shipments[0]!.shipmentId,
  shippedAt: '2026-02-04T08:00:00.000Z',
  carrier: 'UPSN',
  trackingNumbers: ['1Z1'],
  packages: [],
  lines: Object.entries(lines).map(([lineId, quantity]) => ({ lineId, quantity })),
  ...change,
});
const codes = (says: readonly Said[]): string[] =>
  (says[0]!.data as { reasons: { code: string }[] }).reasons.map((reason) => reason.code);

function requested(stock: StockBook, change: Partial<OrderState> = {}): OrderState {
  return takeOrder(anOrderState(change), undefined, 'MAIN', stock).order;
}

describe('a confirmed shipment', () => {
  it('is dispatched as reported, and an order with nothing left is fulfilled', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    const { order: after, says } = confirmShipment(order, confirmation(order, { 1: '10' }), LATER, stock);
    expect(types(says)).toEqual(['shipment.dispatched.v1', 'order.fulfilled.v1']);
    expect(says[0]?.data).toMatchObject({
      carrier: 'UPSN',
      trackingNumbers: ['1Z1'],
      lines: [{ lineId: '1', sku: 'A', quantity: '10', unitCode: 'EA' }],
    });
    expect(says[1]?.data).toEqual({
      orderId: order.orderId,
      shipments: 1,
      lines: [{ lineId: '1', sku: 'A', quantity: '10' }],
    });
    expect(after?.lines[0]).toMatchObject({ allocated: '0', shipped: '10' });
    expect(stock.changes()).toMatchObject([{ onHand: '0', allocated: '0' }]);
  });

  it.each([
    ['two days ahead, where a day has no hour and begins before ours', 0, true],
    ['further ahead', 1, false],
  ])('that is said to have left %s is taken or not', (_when, beyond, isTaken) => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    const shippedAtMs = LATER + 2 * 24 * 3_600_000 + beyond;
    const { order: after, says } = confirmShipment(order, confirmation(order, { 1: '10' }), shippedAtMs, stock, LATER);
    expect(after !== undefined).toBe(isTaken);
    if (!isTaken) expect(codes(says)).toEqual(['SHIPPED_AHEAD']);
  });

  it('adds up a line that is named once per parcel', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    const parcels = {
      lines: [
        { lineId: '1', quantity: '4' },
        { lineId: '1', quantity: '6' },
      ],
    };
    expect(types(confirmShipment(order, confirmation(order, {}, parcels), LATER, stock).says)).toContain(
      'order.fulfilled.v1',
    );
  });

  it('leaves the order open while another line waits', () => {
    const stock = aStock({ A: '10', B: '0' });
    const order = requested(stock, { lines: [aLineState(), aLineState({ lineId: '2', sku: 'B' })] });
    expect(types(confirmShipment(order, confirmation(order, { 1: '10' }), LATER, stock).says)).toEqual([
      'shipment.dispatched.v1',
    ]);
  });

  it('sends the missing piece back to wait, and takes it off the books until the next count', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    const { order: after, says } = confirmShipment(order, confirmation(order, { 1: '9' }), LATER, stock);
    expect(types(says)).toEqual(['shipment.dispatched.v1', 'order.allocated.v1', 'order.backordered.v1']);
    expect(says[1]?.data).toMatchObject({ lines: [{ lineId: '1', quantity: '9' }] });
    expect(says[2]?.data).toMatchObject({ lines: [{ lineId: '1', quantity: '1' }] });
    expect(after?.lines[0]).toMatchObject({ allocated: '0', shipped: '9' });
    expect(stock.available('A')).toBe('0');
  });

  it('cancels the missing piece where no backorder is allowed, and fulfils the order', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock, { backorderAllowed: false });
    const { says } = confirmShipment(order, confirmation(order, { 1: '9' }), LATER, stock);
    expect(types(says)).toEqual([
      'shipment.dispatched.v1',
      'order.allocated.v1',
      'order.cancelled.v1',
      'order.fulfilled.v1',
    ]);
  });

  it('that carried nothing is called off, not dispatched', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    const { order: after, says } = confirmShipment(order, confirmation(order, { 1: '0' }), LATER, stock);
    expect(types(says)).toEqual(['shipment.cancelled.v1', 'order.allocated.v1', 'order.backordered.v1']);
    expect(after?.shipments[0]?.state).toBe('cancelled');
  });

  it('treats a line that is not named as not shipped', () => {
    const stock = aStock({ A: '10', B: '10' });
    const order = requested(stock, { lines: [aLineState(), aLineState({ lineId: '2', sku: 'B' })] });
    const { order: after } = confirmShipment(order, confirmation(order, { 1: '10' }), LATER, stock);
    expect(after?.lines[1]).toMatchObject({ allocated: '0', shipped: '0' });
  });

  it('does not lessen a count that was true after it left', () => {
    const stock = aStock({ A: '10' });
    const order = requested(stock);
    stock.count('A', '0', 3000, '0');
    confirmShipment(order, confirmation(order, { 1: '10' }), LATER, stock);
    expect(stock.changes()).toMatchObject([{ onHand: '0', allocated: '0' }]);
    expect(stock.moves()).toEqual([]);
  });
});

describe('a confirmation that cannot be true', () => {
  const stock = aStock({ A: '100' });
  const order = requested(stock);
  const refuse = (of: OrderState | undefined, told: Confirmation): string[] => {
    const { order: after, says } = confirmShipment(of, told, LATER, stock);
    expect(after).toBeUndefined();
    expect(types(says)).toEqual(['shipment.failed.v1']);
    return codes(says);
  };

  it('names an unknown order or shipment', () => {
    expect(refuse(undefined, confirmation(order, { 1: '10' }))).toEqual(['UNKNOWN_SHIPMENT']);
    const stranger = '00000000-0000-4000-8000-00000000ffff';
    expect(refuse(order, confirmation(order, { 1: '10' }, { shipmentId: stranger }))).toEqual(['UNKNOWN_SHIPMENT']);
  });

  it('names every wrong line with its place', () => {
    const { says } = confirmShipment(order, confirmation(order, { 1: '10.01', 7: '1' }), LATER, stock);
    expect((says[0]!.data as { reasons: unknown }).reasons).toMatchObject([
      { code: 'MORE_THAN_REQUESTED', path: '/lines/0' },
      { code: 'UNKNOWN_LINE', path: '/lines/1' },
    ]);
  });

  it('is refused for a shipment that was called off', () => {
    const wish = { actor: { kind: 'person' as const, id: 'kim' }, reason: 'not needed' };
    const cancelled = cancelOrder(requested(stock), wish, stock).order;
    expect(refuse(cancelled, confirmation(cancelled, { 1: '10' }))).toEqual(['SHIPMENT_CANCELLED']);
  });

  it('is refused when the shipment was confirmed with other content, and ignored when it is a repeat', () => {
    const open = requested(stock);
    const { order: sent } = confirmShipment(open, confirmation(open, { 1: '10' }), LATER, stock);
    expect(refuse(sent, confirmation(open, { 1: '9' }))).toEqual(['ALREADY_DISPATCHED']);
    const repeat = confirmation(open, { 1: '10' }, { shippedAt: '2026-02-04T09:00:00.000Z' });
    expect(confirmShipment(sent, repeat, LATER, stock)).toEqual({ says: [] });
  });
});
