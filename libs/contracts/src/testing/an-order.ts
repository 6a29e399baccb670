import type { CanonicalOrder } from '../order.js';
import { completeOrder, type OrderDraft } from '../order-draft.js';

/** What a door understood: ACME buys 12 × 3.75 and 4 × 0.0375, with 5.00 freight and 2.00 off. For tests. */
export function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  return {
    channel: 'api',
    purchaseOrderNumber: '4711',
    issuedOn: '2026-02-03',
    currency: 'USD',
    parties: [{ role: 'buyer', accountId: 'ACME', name: 'Acme Stores' }],
    allowanceCharges: [
      { isCharge: true, reason: 'freight', amount: { currency: 'USD', minor: 500 } },
      { isCharge: false, reason: 'promotion', amount: { currency: 'USD', minor: 200 } },
    ],
    lines: [
      {
        lineId: '1',
        item: { sellersItemId: 'RH-1' },
        quantity: { value: '12', unitCode: 'EA' },
        price: { amount: '3.75' },
        taxPercent: '10',
      },
      {
        lineId: '2',
        item: { sellersItemId: 'RH-2' },
        quantity: { value: '400', unitCode: 'EA' },
        price: { amount: '3.75', baseQuantity: '100' },
      },
    ],
    provenance: {
      system: 'api',
      documentType: 'order',
      documentId: '4711',
      receivedAt: '2026-02-03T10:00:00.000Z',
      rawSha256: '0'.repeat(64),
      mapping: 'test@1',
      fields: {},
    },
    ...change,
  };
}

/** The canonical order of {@link aDraft}. @throws Error when the change makes it impossible. */
export function anOrder(change: Partial<OrderDraft> = {}): CanonicalOrder {
  const completed = completeOrder(aDraft(change));
  if (!completed.ok) throw new Error(JSON.stringify(completed.issues));
  return completed.order;
}
