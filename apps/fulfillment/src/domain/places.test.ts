import { describe, expect, it } from '@jest/globals';
import type { Party, ShipmentRequested } from '@railhead/contracts';
import { aLineState, anOrderState, aStock } from '../testing/builders.js';
import { changeOrder } from './change-order.js';
import { confirmShipment } from './confirm-shipment.js';
import type { Said } from './decision.js';
import type { OrderState, WantedDates } from './order-state.js';
import { placesOf } from './places.js';
import { promiseStock } from './promise-stock.js';
import { takeOrder } from './take-order.js';

const store = (id: string): Party => ({ role: 'shipTo', identifiers: [{ scheme: 'BUYER', value: id }] });
const part = (value: string, shipTo?: Party, dates: WantedDates = {}) => ({
  scheduleId: value,
  quantity: { value, unitCode: 'EA' },
  ...(shipTo && { shipTo }),
  ...dates,
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

  it('is not taken for an order for one, whatever their numbers look like', () => {
    const [one, other] = [store('1'), store('B|1')];
    const schemes = [{ ...one, identifiers: [{ scheme: 'BUYER|B', value: '1' }] }, other];
    const lines = [{ lineId: '1', schedules: schemes.map((place) => part('1', place)) }];
    expect(placesOf(lines)).toHaveLength(2);
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

describe('an order with days of its own for its parts', () => {
  const [early, late] = [{ requestedTo: '2026-02-10' }, { requestedTo: '2026-03-10', despatchFrom: '2026-03-01' }];
  const orderOf = (...schedules: ReturnType<typeof part>[]): OrderState =>
    anOrderState({
      delivery: { shipTo: store('DC'), requestedOn: '2026-02-01', dates: { requestedFrom: '2026-02-01' } },
      places: placesOf([{ lineId: '1', schedules }]),
    });
  /** Who gets how much, and which days are named: the one that counts first. */
  const wanted = (says: readonly Said[]): unknown[] =>
    says
      .filter(({ definition }) => definition.type === 'shipment.requested.v1')
      .map(({ data }) => data as ShipmentRequested['data'])
      .map(({ shipTo, requestedOn, requestedFrom, requestedTo, despatchFrom, lines }) => [
        ...[shipTo?.identifiers[0]?.value, ...lines.map(({ quantity }) => quantity)],
        ...[requestedOn, requestedFrom, requestedTo, despatchFrom],
      ]);
  const asked = (order: OrderState, stock = '10') =>
    wanted(takeOrder(order, undefined, 'MAIN', aStock({ A: stock })).says);

  it('asks for each place on its own days, and on those of the order where it names none', () => {
    expect(asked(orderOf(part('6', store('1'), late), part('4', store('2'))))).toEqual([
      ['1', '6', '2026-03-01', undefined, '2026-03-10', '2026-03-01'],
      ['2', '4', '2026-02-01', '2026-02-01', undefined, undefined],
    ]);
  });

  it('asks twice for a place that wants its goods on two days', () => {
    const order = orderOf(part('6', store('1'), early), part('1', store('1'), late), part('3', store('1'), early));
    expect(asked(order)).toEqual([
      ['1', '9', undefined, undefined, '2026-02-10', undefined],
      ['1', '1', '2026-03-01', undefined, '2026-03-10', '2026-03-01'],
    ]);
  });

  it('asks for the order’s own place by day where only days are named', () => {
    const order = orderOf(part('6', undefined, early), part('2', undefined, late), part('2'));
    expect(asked(order)).toEqual([
      ['DC', '6', undefined, undefined, '2026-02-10', undefined],
      ['DC', '2', '2026-03-01', undefined, '2026-03-10', '2026-03-01'],
      ['DC', '2', '2026-02-01', '2026-02-01', undefined, undefined],
    ]);
  });

  it('does not say where it goes when that is where the order goes', () => {
    const { order } = takeOrder(orderOf(part('10', undefined, late)), undefined, 'MAIN', aStock({ A: '10' }));
    const { orderId, shipments } = order;
    const confirmation = {
      ...{ orderId, shipmentId: shipments[0]!.shipmentId, shippedAt: '2026-02-04T10:00:00.000Z', carrier: 'UPSN' },
      ...{ trackingNumbers: [], packages: [], lines: [{ lineId: '1', quantity: '10' }] },
    };
    expect(confirmShipment(order, confirmation, 2_000, aStock({ A: '10' })).says[0]!.data).not.toHaveProperty(
      'shipTo.role',
    );
  });

  describe('that is changed', () => {
    const changed = (order: OrderState, quantity: string, requestedOn?: string): readonly Said[] => {
      const stock = aStock({ A: '30' });
      const taken = takeOrder(order, undefined, 'MAIN', stock).order;
      const lines = [{ lineId: '1', sku: 'A', quantity, unitCode: 'EA', unitPrice: '1' }];
      const change = { orderId: order.orderId, sequence: 1, revision: 1, lines, answers: [] };
      return changeOrder(taken, { ...change, ...(requestedOn && { requestedOn }) }, 'MAIN', stock).says;
    };

    it('to more keeps the day of a line that has one', () => {
      expect(wanted(changed(orderOf(part('10', undefined, late)), '12'))).toEqual([
        ['DC', '2', '2026-03-01', undefined, '2026-03-10', '2026-03-01'],
      ]);
    });

    it('asks for what is more on the day of the order where a line has several', () => {
      expect(wanted(changed(orderOf(part('6', undefined, early), part('4', undefined, late)), '12'))).toEqual([
        ['DC', '2', '2026-02-01', '2026-02-01', undefined, undefined],
      ]);
    });

    it('to one day asks for all that is asked anew on that day', () => {
      expect(wanted(changed(orderOf(part('10', undefined, late)), '8', '2026-04-01'))).toEqual([
        ['DC', '8', '2026-04-01', undefined, undefined, undefined],
      ]);
    });
  });
});
