import { isPositive, waitingOf, type LineState, type OrderState } from './order-state.js';

/** Something of an order, and whose it is. */
export interface Of<T> {
  readonly order: OrderState;
  readonly item: T;
}

/** What has to be written for a batch of orders. */
export interface OrderChanges {
  readonly newOrders: readonly OrderState[];
  readonly changedOrders: readonly OrderState[];
  /** Lines that begin to wait for stock. */
  readonly queued: readonly Of<LineState>[];
  /** Lines that wait no more. */
  readonly unqueued: readonly Of<LineState>[];
}

/** The orders a transaction deals with: as they are stored, and as they are now. */
export class OrderBook {
  private readonly stored = new Map<string, OrderState>();
  private readonly current = new Map<string, OrderState>();

  constructor(orders: Iterable<OrderState> = []) {
    this.add(orders);
  }

  /** Takes in stored orders. What is known already stays as this book has it. */
  add(orders: Iterable<OrderState>): void {
    for (const order of orders) {
      if (this.current.has(order.orderId)) continue;
      this.stored.set(order.orderId, order);
      this.current.set(order.orderId, order);
    }
  }

  get(orderId: string): OrderState | undefined {
    return this.current.get(orderId);
  }

  /** Takes in an order as it is now. */
  put(order: OrderState): void {
    this.current.set(order.orderId, order);
  }

  /** To be called when the changes were written. */
  saved(): void {
    for (const order of this.current.values()) this.stored.set(order.orderId, order);
  }

  /** What differs from what is stored. An order that was not replaced did not change. */
  changes(): OrderChanges {
    const pairs = [...this.current.values()]
      .map((now) => ({ now, before: this.stored.get(now.orderId) }))
      .filter(({ now, before }) => now !== before);
    const lines = pairs.flatMap(({ now, before }) =>
      now.lines.map((item, place) => ({ order: now, item, before: before?.lines[place] })),
    );
    return {
      newOrders: pairs.filter(({ before }) => before === undefined).map(({ now }) => now),
      changedOrders: pairs.filter(({ before }) => before !== undefined).map(({ now }) => now),
      queued: lines.filter(({ before, item }) => !waits(before) && waits(item)),
      unqueued: lines.filter(({ before, item }) => waits(before) && !waits(item)),
    };
  }
}

function waits(line: LineState | undefined): boolean {
  return line !== undefined && isPositive(waitingOf(line));
}
