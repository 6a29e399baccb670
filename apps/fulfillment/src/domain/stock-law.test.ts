import { describe, expect, it } from '@jest/globals';
import {
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderChanged,
  ShipmentDispatched,
} from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import fc from 'fast-check';
import { aLineState, anOrderState } from '../testing/builders.js';
import { cancelOrder } from './cancel-order.js';
import { changeOrder } from './change-order.js';
import { confirmShipment } from './confirm-shipment.js';
import type { Decision, Said } from './decision.js';
import {
  isPositive,
  promisedOf,
  smaller,
  waitingOf,
  type LineState,
  type OrderState,
  type Place,
} from './order-state.js';
import { serveWaiting } from './serve-waiting.js';
import { StockBook, type StockLevel } from './stock-book.js';
import { takeOrder } from './take-order.js';

const SKUS = ['A', 'B'];
const WISH = { actor: { kind: 'system' as const, id: 'test' }, reason: 'test' };

const step = fc.oneof(
  fc.record({
    do: fc.constant('take' as const),
    lines: fc.array(fc.record({ sku: fc.constantFrom(...SKUS), ordered: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
    partial: fc.boolean(),
    backorder: fc.boolean(),
    /** Half of each line is for another place, or for another day; absent: all of it goes to one place at once. */
    split: fc.constantFrom(undefined, 'place' as const, 'day' as const),
  }),
  fc.record({
    do: fc.constant('confirm' as const),
    pick: fc.nat(),
    missing: fc.integer({ min: 0, max: 3 }),
    late: fc.boolean(),
  }),
  fc.record({ do: fc.constant('cancel' as const), pick: fc.nat() }),
  fc.record({
    do: fc.constant('change' as const),
    pick: fc.nat(),
    /** One more than there are adds a line. */
    place: fc.nat({ max: 3 }),
    sku: fc.constantFrom(...SKUS),
    quantity: fc.integer({ min: 0, max: 12 }),
    day: fc.constantFrom(undefined, '2026-03-01', '2026-03-02'),
  }),
  fc.record({
    do: fc.constant('count' as const),
    sku: fc.constantFrom(...SKUS),
    onHand: fc.integer({ min: 0, max: 25 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface ToldLine {
  ordered: string;
  promised: string;
  backordered: string;
  cancelled: string;
  shipped: string;
}

/** What somebody knows of an order who only hears of it, as the README says how. */
class Told {
  private readonly lines = new Map<string, ToldLine>();

  constructor({ lines }: OrderState) {
    for (const { lineId, ordered } of lines) this.line(lineId).ordered = ordered;
  }

  private line(lineId: string): ToldLine {
    const line = this.lines.get(lineId) ?? {
      ...{ ordered: '0', promised: '0', backordered: '0', cancelled: '0', shipped: '0' },
    };
    this.lines.set(lineId, line);
    return line;
  }

  hear({ definition, data }: Said): void {
    const { lines = [], actor } = data as { lines?: { lineId: string; quantity: string }[]; actor?: { id: string } };
    for (const { lineId, quantity } of lines) {
      const line = this.line(lineId);
      if (definition === OrderChanged) line.ordered = quantity;
      if (definition === OrderAllocated) line.promised = quantity;
      if (definition === OrderBackordered) line.backordered = quantity;
      if (definition === OrderCancelled) line.cancelled = addDecimals(line.cancelled, quantity);
      if (definition === ShipmentDispatched) line.shipped = addDecimals(line.shipped, quantity);
    }
    if (definition !== OrderCancelled || actor?.id === 'fulfillment') return;
    for (const line of this.lines.values()) line.promised = line.shipped;
  }

  expectAs({ lines }: OrderState): void {
    const heard = lines.map(({ lineId }) => {
      const { promised, shipped, ordered, cancelled, backordered } = this.line(lineId);
      const left = subtractDecimals(ordered, addDecimals(cancelled, promised));
      return { lineId, promised, shipped, waiting: smaller(backordered, left) };
    });
    expect(heard).toEqual(
      lines.map((line) => ({
        ...{ lineId: line.lineId, promised: promisedOf(line), shipped: line.shipped, waiting: waitingOf(line) },
      })),
    );
  }
}

/** A warehouse and the orders of everybody, driven by random events. */
class World {
  readonly orders = new Map<string, OrderState>();
  readonly told = new Map<string, Told>();
  /** The stock as a transaction finds it, begun anew for every step. */
  private stock = new StockBook();
  private levels = new Map<string, StockLevel>();
  private nowMs = 2000;

  run(one: Step): void {
    this.nowMs += 10;
    this.begin();
    this.expectCovered(() => this.act(one));
    this.expectCovered(() => this.serve());
    this.expectLaws();
  }

  private begin(): void {
    for (const level of this.stock.changes()) this.levels.set(level.sku, level);
    const levels = SKUS.map((sku) => this.levels.get(sku) ?? { sku, onHand: '10', allocated: '0', countedAtMs: 1000 });
    this.stock = new StockBook(levels);
  }

  /** As the service does: only who waits for something on offer is asked. */
  private serve(): void {
    const offer = new Set(this.stock.onOffer());
    const queue = [...this.orders.values()].filter((order) =>
      order.lines.some((line) => isPositive(waitingOf(line)) && offer.has(line.sku)),
    );
    for (const decision of serveWaiting(queue, 'MAIN', this.stock)) this.keep(decision);
  }

  private act(one: Step): void {
    if (one.do === 'take') return this.take(one);
    if (one.do === 'count') return void this.stock.count(one.sku, String(one.onHand), this.nowMs, '0');
    const order = [...this.orders.values()][one.pick % Math.max(this.orders.size, 1)];
    if (order === undefined) return;
    if (one.do === 'cancel') this.keep(cancelOrder(order, WISH, this.stock));
    else if (one.do === 'change') this.change(order, one);
    else this.confirm(order, one.missing, one.late);
  }

  private take(one: Extract<Step, { do: 'take' }>): void {
    const lines = one.lines.map((line, place) =>
      aLineState({ lineId: String(place), sku: line.sku, ordered: String(line.ordered) }),
    );
    const places = one.split && [placeFor(one.split, lines)];
    const order = anOrderState({ lines, partialDeliveryAllowed: one.partial, backorderAllowed: one.backorder, places });
    this.keep(takeOrder(order, undefined, 'MAIN', this.stock));
  }

  private confirm(order: OrderState, missing: number, late: boolean): void {
    const shipment = order.shipments.find((candidate) => candidate.state === 'requested');
    if (shipment === undefined) return;
    const lines = shipment.lines.map(({ lineId, quantity }, place) => ({
      lineId,
      quantity: place === 0 ? String(Math.max(Number(quantity) - missing, 0)) : quantity,
    }));
    const told = {
      orderId: order.orderId,
      shipmentId: shipment.shipmentId,
      shippedAt: '',
      carrier: 'X',
      trackingNumbers: [],
      packages: [],
      lines,
    };
    this.keep({ order, ...confirmShipment(order, told, late ? 1 : this.nowMs, this.stock) });
  }

  private change(order: OrderState, { place, sku, quantity, day }: Extract<Step, { do: 'change' }>): void {
    const lineId = String(Math.min(place, order.lines.length));
    const line = { lineId, sku: order.lines[Number(lineId)]?.sku ?? sku, unitCode: 'EA', unitPrice: '1' };
    const wish = {
      ...{ orderId: order.orderId, sequence: 0, revision: (order.revision ?? 0) + 1, requestedOn: day },
      lines: [{ ...line, quantity: String(quantity) }],
      answers: [{ lineId, action: 'quantity' as const, accepted: true }],
    };
    this.keep(changeOrder(order, wish, 'MAIN', this.stock));
  }

  private keep({ order, says }: Decision): void {
    this.orders.set(order.orderId, order);
    const told = this.told.get(order.orderId) ?? new Told(order);
    this.told.set(order.orderId, told);
    for (const said of says) told.hear(said);
  }

  private allocated(sku: string): string {
    const changed = this.stock.changes().find((level) => level.sku === sku);
    return (changed ?? this.levels.get(sku))?.allocated ?? '0';
  }

  private promised(sku: string): string {
    const lines = [...this.orders.values()].flatMap((order) => order.lines).filter((line) => line.sku === sku);
    return addDecimals('0', ...lines.map((line) => line.allocated));
  }

  /** What is newly promised was available before. */
  private expectCovered(act: () => void): void {
    const before = SKUS.map((sku) => ({ sku, available: this.stock.available(sku), promised: this.promised(sku) }));
    act();
    for (const { sku, available, promised } of before) {
      const more = subtractDecimals(this.promised(sku), promised);
      expect(compareDecimals(more, available)).toBeLessThanOrEqual(0);
    }
  }

  private expectLaws(): void {
    for (const sku of SKUS) expect(this.allocated(sku)).toBe(this.promised(sku));
    for (const order of this.orders.values()) {
      for (const line of order.lines) {
        expect(compareDecimals(waitingOf(line), '0')).toBeGreaterThanOrEqual(0);
        if (!isPositive(waitingOf(line))) continue;
        expect(order.backorderAllowed).toBe(true);
        if (order.partialDeliveryAllowed) expect(this.stock.available(line.sku)).toBe('0');
      }
      expect(openQuantity(order)).toBe(addDecimals('0', ...order.lines.map((line) => line.allocated)));
      this.told.get(order.orderId)!.expectAs(order);
      expectPlaces(order);
    }
  }
}

function placeFor(split: 'place' | 'day', lines: readonly LineState[]): Place {
  const half = lines.map(({ lineId, ordered }) => ({ lineId, quantity: String(Math.ceil(Number(ordered) / 2)) }));
  if (split === 'day') return { dates: { requestedTo: '2026-04-01' }, lines: half };
  return { shipTo: { role: 'shipTo', identifiers: [{ scheme: '92', value: '0012' }] }, lines: half };
}

/** No place gets more than is for it. */
function expectPlaces({ places = [], shipments }: OrderState): void {
  for (const [index, { lines }] of places.entries())
    for (const { lineId, quantity } of lines) {
      const gone = shipments.filter(({ place, state }) => place === index && state !== 'cancelled');
      const sent = gone.flatMap((one) => one.lines).filter((line) => line.lineId === lineId);
      const all = addDecimals('0', ...sent.map((line) => line.quantity));
      expect(compareDecimals(all, quantity)).toBeLessThanOrEqual(0);
    }
}

function openQuantity(order: OrderState): string {
  const open = order.shipments.filter((shipment) => shipment.state === 'requested');
  return addDecimals('0', ...open.flatMap((shipment) => shipment.lines.map((line) => line.quantity)));
}

describe('whatever happens, in whatever order', () => {
  it('promises never exceed stock, every promise is a shipment on its way, and nobody waits while there is stock', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
        const world = new World();
        for (const one of steps) world.run(one);
      }),
      { numRuns: 300 },
    );
  });
});
