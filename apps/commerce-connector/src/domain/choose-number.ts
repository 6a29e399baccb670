import type { CanonicalOrder } from '@railhead/contracts';

/**
 * Which form an order is captured in: under the customer's PO number alone, told apart by the shop's number, or by its id there.
 * Customers use a PO number again for another order, and shops number their orders alike; two orders are two all the same.
 * A copy of an order that we know must keep its id.
 *
 * @param forms - Those it can take, the plainest first; the last is of this order alone.
 * @param knownId - Our order id, when an earlier copy was captured.
 * @param taken - Ids that another order of the shops has.
 * @returns undefined when an edit at the shop moved the order to another PO number: it would become a second order.
 */
export function chooseForm(
  forms: readonly CanonicalOrder[],
  knownId: string | undefined,
  taken: ReadonlySet<string>,
): CanonicalOrder | undefined {
  if (knownId === undefined) return forms.find((form) => !taken.has(form.orderId));
  return forms.find((form) => form.orderId === knownId);
}
