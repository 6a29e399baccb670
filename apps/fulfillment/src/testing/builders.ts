import type { LineState, OrderState } from '../domain/order-state.js';
import { StockBook } from '../domain/stock-book.js';

let count = 0;

/** A line of ten pieces, of which nothing has happened yet. */
export function aLineState(change: Partial<LineState> = {}): LineState {
  return {
    lineId: '1',
    sku: 'A',
    unitCode: 'EA',
    ordered: '10',
    allocated: '0',
    shipped: '0',
    cancelled: '0',
    ...change,
  };
}

/** An order just validated: one line, parts and backorders allowed. Names only what the test is about. */
export function anOrderState(change: Partial<OrderState> = {}): OrderState {
  count += 1;
  return {
    orderId: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    purchaseOrderNumber: `PO-${count}`,
    partialDeliveryAllowed: true,
    backorderAllowed: true,
    validatedAt: '2026-02-03T10:00:00.000Z',
    correlationId: 'correlation',
    delivery: {},
    lines: [aLineState()],
    shipments: [],
    ...change,
  };
}

/** Stock by product: how much is on hand, counted at the instant 1000, nothing promised. */
export function aStock(onHand: Readonly<Record<string, string>>): StockBook {
  return new StockBook(
    Object.entries(onHand).map(([sku, quantity]) => ({ sku, onHand: quantity, allocated: '0', countedAtMs: 1000 })),
  );
}
