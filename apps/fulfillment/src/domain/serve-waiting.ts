import type { Decision } from './decision.js';
import type { OrderState } from './order-state.js';
import { promiseStock } from './promise-stock.js';
import type { StockBook } from './stock-book.js';

/**
 * Gives what is available to orders that wait, first come first served. An order that ships at once or not at all is
 * passed over while it is not wholly in stock: it keeps its place, and those behind it need not wait for it.
 *
 * @param queue - Waiting orders, the first to be served first.
 * @returns Only the orders that got something.
 */
export function serveWaiting(queue: readonly OrderState[], warehouse: string, stock: StockBook): Decision[] {
  return queue.flatMap((order) => {
    const decision = promiseStock(order, order, warehouse, stock);
    return decision.says.length === 0 ? [] : [decision];
  });
}
