import { completeOrder, type CanonicalOrder, type DraftLine, type OrderDraft } from '@railhead/contracts';

let count = 0;

/** A line of the default order: 12 × 3.75. Names only what the test is about. */
export function aLine(change: Partial<DraftLine> = {}): DraftLine {
  return {
    lineId: '1',
    item: { sellersItemId: 'SKU-1', name: 'Widget' },
    quantity: { value: '12', unitCode: 'EA' },
    price: { amount: '3.75' },
    ...change,
  };
}

/** What a door might have understood: buyer ACME, one line, 45.00 USD. */
export function aDraft(change: Partial<OrderDraft> = {}): OrderDraft {
  count += 1;
  const purchaseOrderNumber = change.purchaseOrderNumber ?? `PO-${process.pid}-${count}`;
  return {
    channel: 'api',
    purchaseOrderNumber,
    issuedOn: '2026-02-03',
    currency: 'USD',
    parties: [
      { role: 'buyer', accountId: 'ACME', name: 'Acme Stores' },
      {
        role: 'shipTo',
        name: 'Acme DC 7',
        postalAddress: {
          lines: ['1 Main St'],
          city: 'New York',
          subdivision: 'NY',
          postalCode: '10001',
          country: 'US',
        },
      },
    ],
    lines: [aLine()],
    provenance: {
      system: 'api',
      documentType: 'order',
      documentId: purchaseOrderNumber,
      receivedAt: '2026-02-03T10:00:00.000Z',
      rawSha256: '0'.repeat(64),
      mapping: 'test@1',
      fields: {},
    },
    ...change,
  };
}

/** A whole canonical order. @throws Error when the change makes it impossible. */
export function anOrder(change: Partial<OrderDraft> = {}): CanonicalOrder {
  const completed = completeOrder(aDraft(change));
  if (!completed.ok) throw new Error(`the test's order is not an order: ${JSON.stringify(completed.issues)}`);
  return completed.order;
}
