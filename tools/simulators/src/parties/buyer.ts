import type { Sending } from '../books.js';
import type { PlannedOrder } from '../plan/planned-order.js';

/** A party that orders. */
export interface Buyer {
  /** Sends an order, or a copy of it, until it is answered; writes tries and answer into the entry. */
  send(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void>;
  stop(): void;
}
