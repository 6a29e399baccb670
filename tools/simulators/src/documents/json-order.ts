import type { PlannedOrder } from '../plan/planned-order.js';

type Ordered = Pick<PlannedOrder, 'po' | 'accountId' | 'lines' | 'flaw'>;

/** An order as a program posts it. `renewed`: the same order, written another way. */
export function jsonOrder({ po, accountId, lines, flaw }: Ordered, renewed = false): string {
  const order = {
    purchaseOrderNumber: po,
    issuedOn: '2026-02-03',
    currency: 'USD',
    buyer: { accountId },
    shipTo: {
      name: 'Acme DC 7',
      postalAddress: { lines: ['1 Main St'], city: 'New York', subdivision: 'NY', postalCode: '10001', country: 'US' },
    },
    lines: lines.map(({ sku, quantity, price }) => ({ sku, quantity: String(quantity), unit: 'EA', price })),
    ...(flaw === 'unknown-field' && { colour: 'red' }),
  };
  const text = JSON.stringify(order, null, renewed ? 2 : 0);
  return flaw === 'broken-json' ? text.slice(0, -2) : text;
}
