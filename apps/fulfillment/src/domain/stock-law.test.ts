import { describe, expect, it } from '@jest/globals';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import fc from 'fast-check';
import { aLineState, anOrderState } from '../testing/builders.js';
import { cancelOrder } from './cancel-order.js';
import { confirmShipment } from './confirm-shipment.js';
import { isPositive, waitingOf, type OrderState } from './order-state.js';
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
  }),
  fc.record({
    do: fc.constant('confirm' as const),
    pick: fc.nat(),
    missing: fc.integer({ min: 0, max: 3 }),
    late: fc.boolean(),
  }),
  fc.record({ do: fc.constant('cancel' as const), pick: fc.nat() }),
  fc.record({
    do: fc.constant('count' as const),
    sku: fc.constantFrom(...SKUS),
    onHand: fc.integer({ min: 0, max: 25 }),
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A warehouse and the orders of everybody, driven by random events. */
class World {
  readonly orders = new Map<string, OrderState>();
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
    for (const { order } of serveWaiting(queue, 'MAIN', this.stock)) this.keep(order);
  }

  private act(one: Step): void {
    if (one.do === 'take') return this.take(one);
    if (one.do === 'count') return void this.stock.count(one.sku, String(one.onHand), this.nowMs, '0');
    const order = [...this.orders.values()][one.pick % Math.max(this.orders.size, 1)];
    if (order === undefined) return;
    if (one.do === 'cancel') this.keep(cancelOrder(order, WISH, this.stock).order);
    else this.confirm(order, one.missing, one.late);
  }

  private take(one: Extract<Step, { do: 'take' }>): void {
    const lines = one.lines.map((line, place) =>
      aLineState({ lineId: String(place), sku: line.sku, ordered: String(line.ordered) }),
    );
    const order = anOrderState({ lines, partialDeliveryAllowed: one.partial, backorderAllowed: one.backorder });
    this.keep(takeOrder(order, undefined, 'MAIN', this.stock).order);
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
    this.keep(confirmShipment(order, told, late ? 1 : this.nowMs, this.stock).order ?? order);
  }

  private keep(order: OrderState): void {
    this.orders.set(order.orderId, order);
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
    }
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
