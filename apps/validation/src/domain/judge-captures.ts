import type { CanonicalOrder } from '@railhead/contracts';
import type { OrderFacts } from './facts.js';
import { validateOrder, type Verdict } from './validate-order.js';

/** A captured order and what is known about an earlier copy of it. */
export interface Capture {
  readonly order: CanonicalOrder;
  readonly contentHash: string;
  readonly known: { readonly contentHash: string } | undefined;
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
    if (capture.known !== undefined) {
      return { capture, judgement: { kind: capture.known.contentHash === capture.contentHash ? 'copy' : 'conflict' } };
    }
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

function withSpent({ customer }: OrderFacts, spent: ReadonlyMap<string, number>): Pick<OrderFacts, 'customer'> {
  if (customer === undefined) return { customer };
  return { customer: { ...customer, exposureMinor: customer.exposureMinor + (spent.get(customer.accountId) ?? 0) } };
}
