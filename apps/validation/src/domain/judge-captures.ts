import type { CanonicalOrder } from '@railhead/contracts';
import type { OrderFacts } from './facts.js';
import { validateOrder, type Verdict } from './validate-order.js';

/** An order as it was judged before. */
export interface KnownOrder {
  readonly contentHash: string;
  readonly state: 'validated' | 'held' | 'rejected';
  /** By its buyer. */
  readonly withdrawn: boolean;
}

/** A captured order and what is known about an earlier copy of it. */
export interface Capture {
  readonly order: CanonicalOrder;
  readonly contentHash: string;
  readonly known: KnownOrder | undefined;
}

export type Judgement =
  | { readonly kind: 'judged'; readonly verdict: Verdict }
  /** The same order again: nothing to do. */
  | { readonly kind: 'copy' }
  /** The same order number with other content: a person decides, nothing is overwritten. */
  | { readonly kind: 'conflict' };

/**
 * Judges captures one after the other; what one order spends of its buyer's credit is gone for the next of the batch.
 *
 * @param factsOf - Facts as they were before the batch.
 */
export function judgeCaptures<C extends Capture>(
  captures: readonly C[],
  factsOf: (capture: C) => OrderFacts,
): { capture: C; judgement: Judgement }[] {
  const spent = new Map<string, number>();
  return captures.map((capture) => {
    const earlier = judgementByEarlier(capture);
    if (earlier !== undefined) return { capture, judgement: earlier };
    const facts = factsOf(capture);
    const verdict = validateOrder(capture.order, {
      ...withSpent(facts, spent),
      productsBy: facts.productsBy.bind(facts),
      priceOf: facts.priceOf.bind(facts),
    });
    if (verdict.kind === 'validated' && facts.customer !== undefined) {
      const { accountId } = facts.customer;
      spent.set(accountId, (spent.get(accountId) ?? 0) + verdict.spendsMinor);
    }
    return { capture, judgement: { kind: 'judged', verdict } };
  });
}

/** Nothing ever followed of an order that was refused: its buyer may correct it and send it under the same number. */
function judgementByEarlier({ known, contentHash }: Capture): Judgement | undefined {
  if (known === undefined) return undefined;
  if (known.contentHash === contentHash) return { kind: 'copy' };
  return known.state === 'rejected' && !known.withdrawn ? undefined : { kind: 'conflict' };
}

function withSpent({ customer }: OrderFacts, spent: ReadonlyMap<string, number>): Pick<OrderFacts, 'customer'> {
  if (customer === undefined) return { customer };
  return { customer: { ...customer, exposureMinor: customer.exposureMinor + (spent.get(customer.accountId) ?? 0) } };
}
