import { createHmac } from 'node:crypto';
import type { Sending } from '../books.js';
import { shopifyOrder } from '../documents/shopify-order.js';
import type { PlannedOrder } from '../plan/planned-order.js';
import type { Target } from '../target.js';
import { Sender } from '../wire/sender.js';
import { verdictOf, type Verdict } from '../wire/verdict.js';
import type { Buyer } from './buyer.js';

/** Shopify waits five seconds for an answer, and sends eight times more whatever was not answered with 2xx. */
const TIMEOUT_MS = 5_000;
const TRIES = 9;

/** A Shopify shop: `orders/create` webhooks, signed over the raw body. Its four hours of retries take seconds here. */
export class Shop implements Buyer {
  private readonly sender: Sender;

  constructor(
    private readonly target: Target,
    present: () => Promise<void>,
  ) {
    this.sender = new Sender(TIMEOUT_MS, present);
  }

  send(order: PlannedOrder, entry: Sending, copy?: 'same' | 'renewed'): Promise<void> {
    const { domain, secret } = this.target.shopify;
    const isRenewed = copy === 'renewed';
    const body = shopifyOrder(order);
    const signedWith = order.intent === 'forged' ? `not ${secret}` : secret;
    const message = {
      url: () => this.target.url('commerce-connector', `/shopify/${domain}/webhooks`),
      body,
      headers: {
        'content-type': 'application/json',
        'x-shopify-topic': isRenewed ? 'orders/updated' : 'orders/create',
        'x-shopify-shop-domain': domain,
        'x-shopify-webhook-id': `${order.po}-${isRenewed ? 2 : 1}`,
        'x-shopify-api-version': '2026-07',
        'x-shopify-hmac-sha256': createHmac('sha256', signedWith).update(body).digest('base64'),
      },
      slowMs: order.slowMs,
      read: readAnswer,
      refusedTries: TRIES,
    };
    return this.sender.send(message, entry);
  }

  stop(): void {
    this.sender.stop();
  }
}

/** A webhook is taken with 2xx; what became of the order stands in the answer, for the shop's owner to see. */
function readAnswer(status: number, text: string): Verdict {
  const verdict = verdictOf(status);
  return verdict === 'accepted' && text.includes('"outcome":"rejected"') ? 'refused' : verdict;
}
