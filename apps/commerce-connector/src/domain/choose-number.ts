import type { CanonicalOrder } from '@railhead/contracts';

/** The two forms an order of a shop can take: under the customer's PO number alone, or told apart by the shop's number. */
export interface Forms {
  readonly plain: CanonicalOrder;
  readonly apart: CanonicalOrder;
}

/**
 * Which form an order is captured in. Customers use a PO number again for another order; two orders of a shop are two
 * orders all the same. A copy of an order that we know must keep its id.
 *
 * @param knownId - Our order id, when an earlier copy was captured.
 * @param plainIsTaken - Whether another order of the shops has the id of the plain form.
 * @returns undefined when an edit at the shop moved the order to another PO number: it would become a second order.
 */
export function chooseForm(
  forms: Forms,
  knownId: string | undefined,
  plainIsTaken: boolean,
): CanonicalOrder | undefined {
  if (knownId === undefined) return plainIsTaken ? forms.apart : forms.plain;
  return [forms.plain, forms.apart].find((form) => form.orderId === knownId);
}
