import type { OrderFile } from '../gateway-shapes.js';

/** An order file as the gateway answers it: 12 ordered and shipped, invoiced, not paid. For tests. */
export function anOrderFile(change: Partial<OrderFile> = {}): OrderFile {
  const quantities = {
    ordered: '12',
    cancelled: '0',
    allocated: '12',
    backordered: '0',
    shipped: '12',
    delivered: '0',
    invoiced: '12',
  };
  return {
    orderId: '11111111-1111-8111-8111-111111111111',
    purchaseOrderNumber: 'PO-1',
    accountId: 'ACME',
    customerName: 'Acme Stores',
    channel: 'edi',
    total: { currency: 'USD', minor: 123_450 },
    status: 'shipped',
    nextStep: { owner: 'carrier', what: 'deliver', since: '2026-01-05T10:00:00.000Z' },
    capturedAt: '2026-01-05T09:00:00.000Z',
    lines: [{ lineId: '1', sku: 'RH-1001', ...quantities }],
    holds: [],
    rejection: null,
    shipments: [
      {
        shipmentId: 's-1',
        state: 'dispatched',
        carrier: 'generic',
        trackingNumbers: ['T1'],
        lines: [{ lineId: '1', quantity: '12' }],
      },
    ],
    invoices: [
      {
        invoiceId: 'i-1',
        invoiceNumber: 'INV-1',
        dueOn: '2026-02-04',
        gross: { currency: 'USD', minor: 123_450 },
        open: { currency: 'USD', minor: 123_450 },
        state: 'open',
      },
    ],
    timeline: [{ at: '2026-01-05T09:00:00.000Z', what: 'Order PO-1 came in', source: 'edi-connector' }],
    ...change,
  };
}
