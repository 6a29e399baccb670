import { decimalOf, expectedGross } from '../plan/goods.js';
import type { PlannedOrder } from '../plan/planned-order.js';

type Ordered = Pick<PlannedOrder, 'po' | 'control' | 'lines' | 'flaw'>;

/** Shops number their orders far above what 32 bits hold. */
const FIRST_ID = 5_300_000_000_000;

/** An order as Shopify's `orders/create` carries it. */
export function shopifyOrder({ po, control, lines, flaw }: Ordered): string {
  const id = FIRST_ID + control;
  const total = decimalOf(expectedGross(lines));
  const order = {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${control}`,
    po_number: po,
    test: false,
    currency: 'USD',
    created_at: '2026-02-03T10:15:00-05:00',
    updated_at: '2026-02-03T10:15:01-05:00',
    processed_at: '2026-02-03T10:15:00-05:00',
    cancelled_at: null,
    financial_status: 'pending',
    taxes_included: false,
    subtotal_price: total,
    total_discounts: '0.00',
    total_tax: '0.00',
    total_price: total,
    tax_lines: [],
    shipping_lines: [],
    customer: { id: 207_119_551, email: 'shopper@example.com' },
    shipping_address: {
      name: 'Pat Shopper',
      address1: '1 Main St',
      city: 'New York',
      province_code: 'NY',
      zip: '10001',
      country_code: 'US',
    },
    line_items: lines.map(({ sku, quantity, price }, at) => ({
      id: id * 10 + at,
      sku: flaw === 'no-sku' && at === 0 ? '' : sku,
      title: sku,
      quantity,
      price,
      total_discount: '0.00',
      discount_allocations: [],
      tax_lines: [],
    })),
  };
  const text = JSON.stringify(order);
  return flaw === 'broken-json' ? text.slice(0, -2) : text;
}
