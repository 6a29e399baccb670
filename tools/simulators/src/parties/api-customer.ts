import type { Sending } from '../books.js';
import { jsonOrder } from '../documents/json-order.js';
import type { PlannedOrder } from '../plan/planned-order.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';
import type { Buyer } from './buyer.js';

const TIMEOUT_MS = 10_000;

/** A customer whose program posts orders as JSON, with an idempotency key. */
export class ApiCustomer implements Buyer {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    present: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  send(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    const isRenewed = copy === 'renewed';
    const key = order.intent === 'forged' ? 'nobody.knows-this-key' : this.target.adminKey;
    const message = {
      url: () => this.target.url('gateway', '/v1/orders'),
      body: jsonOrder(order, isRenewed),
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${key}`,
        ...(!isRenewed && { 'idempotency-key': order.po }),
      },
      slowMs: order.slowMs,
    };
    return this.sender.send(message, entry);
  }

  stop(): void {
    this.sender.stop();
  }
}
