import { describe, expect, it } from '@jest/globals';
import type { Party, ShipmentRequested } from '@railhead/contracts';
import { aLineState, anOrderState, aStock } from '../testing/builders.js';
import { confirmShipment } from './confirm-shipment.js';
import type { Said } from './decision.js';
import type { OrderState } from './order-state.js';
import { placesOf } from './places.js';
import { promiseStock } from './promise-stock.js';
import { takeOrder } from './take-order.js';

const store = (id: string): Party => ({ role: 'shipTo', identifiers: [{ scheme: 'BUYER', value: id }] });
const part = (value: string, shipTo?: Party) => ({
  scheduleId: value,
  quantity: { value, unitCode: 'EA' },
  ...(shipTo && { shipTo }),
});

/** Ten of a product: six for one store, four for another. */
const anOrderForTwo = (change: Partial<OrderState> = {}): OrderState =>
  anOrderState({
    places: placesOf([{ lineId: '1', schedules: [part('6', store('1')), part('4', store('2'))] }]),
    ...change,
  });

/** Who gets how much of the first line. */
const requested = (says: readonly Said[]): unknown[] =>
  says
    .filter(({ definition }) => definition.type === 'shipment.requested.v1')
    .map(({ data }) => data as ShipmentRequested['data'])
    .map(({ shipTo, lines }) => [shipTo?.identifiers[0]?.value, ...lines.map(({ quantity }) => quantity)]);

describe('an order for several places', () => {
  it('names each place once, with all that goes there', () => {
    const lines = [
      { lineId: '1', schedules: [part('6', store('1')), part('4', store('2'))] },
      { lineId: '2', schedules: [part('3', store('2')), part('2')] },
      { lineId: '3', schedules: [] },
    ];
    expect(placesOf(lines)).toEqual([
      { shipTo: store('1'), lines: [{ lineId: '1', quantity: '6' }] },
      {
        shipTo: store('2'),
        lines: [
          { lineId: '1', quantity: '4' },
          { lineId: '2', quantity: '3' },
        ],
      },
    ]);
  });

  it('becomes a shipment for each place', () => {
    const { says, order } = takeOrder(anOrderForTwo(), undefined, 'MAIN', aStock({ A: '10' }));
    expect(requested(says)).toEqual([
      ['1', '6'],
      ['2', '4'],
    ]);
    expect(new Set(order.shipments.map(({ shipmentId }) => shipmentId)).size).toBe(2);
  });

  it('serves the first place first, and the other when there is more', () => {
    const { says, order } = takeOrder(anOrderForTwo(), undefined, 'MAIN', aStock({ A: '7' }));
    expect(requested(says)).toEqual([
      ['1', '6'],
      ['2', '1'],
    ]);
    expect(requested(promiseStock(order, order, 'MAIN', aStock({ A: '5' })).says)).toEqual([['2', '3']]);
  });

  it('sends what a place did not get to that place again', () => {
    const { order } = takeOrder(anOrderForTwo(), undefined, 'MAIN', aStock({ A: '10' }));
    const confirmation = {
      orderId: order.orderId,
      shipmentId: order.shipments[0]!.shipmentId,
      shippedAt: '2026-02-04T10:00:00.000Z',
      carrier: 'UPSN',
      trackingNumbers: [],
      packages: [],
      lines: [{ lineId: '1', quantity: '5' }],
    };
    const confirmed = confirmShipment(order, confirmation, 2_000, aStock({ A: '10' }));
    expect(confirmed.says[0]!.data).toMatchObject({ shipTo: store('1') });
    expect(requested(promiseStock(confirmed.order!, order, 'MAIN', aStock({ A: '1' })).says)).toEqual([['1', '1']]);
  });

  it('sends what no place asks for where the order goes', () => {
    const order = anOrderForTwo({
      delivery: { shipTo: store('DC') },
      lines: [aLineState({ ordered: '12' }), aLineState({ lineId: '2', sku: 'B', ordered: '1' })],
    });
    expect(requested(takeOrder(order, undefined, 'MAIN', aStock({ A: '12', B: '1' })).says)).toEqual([
      ['1', '6'],
      ['2', '4'],
      ['DC', '2', '1'],
    ]);
  });
});
