import { describe, expect, it } from '@jest/globals';
import { aLineState, anOrderState, aStock } from '../testing/builders.js';
import { serveWaiting } from './serve-waiting.js';

const allocated = (decisions: ReturnType<typeof serveWaiting>): (string | undefined)[][] =>
  decisions.map(({ order }) => [order.purchaseOrderNumber, order.lines[0]?.allocated]);

describe('stock that came in', () => {
  it('goes to the first in the queue, then to the next as far as it reaches', () => {
    const first = anOrderState({ purchaseOrderNumber: 'first' });
    const second = anOrderState({ purchaseOrderNumber: 'second' });
    const third = anOrderState({ purchaseOrderNumber: 'third' });
    const stock = aStock({ A: '15' });
    expect(allocated(serveWaiting([first, second, third], 'MAIN', stock))).toEqual([
      ['first', '10'],
      ['second', '5'],
    ]);
    expect(stock.available('A')).toBe('0');
  });

  it('tells what still waits of an order that got a part', () => {
    const [decision] = serveWaiting([anOrderState()], 'MAIN', aStock({ A: '4' }));
    expect(decision?.says.map((said) => said.definition.type)).toEqual([
      'order.allocated.v1',
      'order.backordered.v1',
      'shipment.requested.v1',
    ]);
    expect(decision?.says[1]?.data).toMatchObject({ lines: [{ quantity: '6' }] });
  });

  it('passes over an order that must ship at once and is not wholly there', () => {
    const whole = anOrderState({ purchaseOrderNumber: 'whole', partialDeliveryAllowed: false });
    const any = anOrderState({ purchaseOrderNumber: 'any' });
    expect(allocated(serveWaiting([whole, any], 'MAIN', aStock({ A: '9' })))).toEqual([['any', '9']]);
  });

  it('counts what was shipped before into what it tells as promised', () => {
    const order = anOrderState({ lines: [aLineState({ shipped: '6' })] });
    const [decision] = serveWaiting([order], 'MAIN', aStock({ A: '4' }));
    expect(decision?.says[0]?.data).toMatchObject({ lines: [{ quantity: '10' }] });
  });

  it('gives the next shipment of an order a number and an id of its own', () => {
    const shipment = {
      shipmentId: '00000000-0000-4000-8000-0000000000aa',
      number: 1,
      state: 'dispatched' as const,
      lines: [],
    };
    const [decision] = serveWaiting([anOrderState({ shipments: [shipment] })], 'MAIN', aStock({ A: '10' }));
    expect(decision?.order.shipments[1]).toMatchObject({ number: 2, state: 'requested' });
    expect(decision?.order.shipments[1]?.shipmentId).not.toBe(shipment.shipmentId);
  });
});
