import type { Money } from '@railhead/money';
import type { CustomerFacts } from './facts.js';

/**
 * What an order uses of its buyer's credit, in minor units of the limit. Nothing for one that owes nothing, and nothing for
 * one in another currency: nobody here knows the rate, and a person lets each of those go.
 */
export function creditUsedBy(payable: Money, { currency }: Pick<CustomerFacts, 'currency'>): number {
  return payable.currency === currency ? Math.max(0, payable.minor) : 0;
}
