// Webhooks of a shop as Shopify sends them: two lines, about 1.8 KB, signed, each order another one.
import { createHmac, randomInt } from 'node:crypto';

export const SHOP = { domain: 'bench-shop.myshopify.com', accountId: 'SHOP', secrets: ['a-secret-of-the-bench-only'] };

const address = {
  first_name: 'Mara',
  last_name: 'Lindqvist',
  company: 'Lindqvist Boatworks',
  address1: 'Pier 4',
  address2: 'Shed B',
  city: 'Portland',
  province: 'Maine',
  province_code: 'ME',
  zip: '04101',
  country: 'United States',
  country_code: 'US',
  phone: '207-555-0148',
};

const line = (id, sku, title, quantity, price, tax) => ({
  id,
  sku,
  title,
  name: `${title} - standard`,
  quantity,
  current_quantity: quantity,
  price,
  discount_allocations: [],
  tax_lines: [{ title: 'State', price: tax, rate: 0.055 }],
  requires_shipping: true,
});

function orderBody(number) {
  return JSON.stringify({
    id: number,
    name: `#${number}`,
    po_number: null,
    test: false,
    source_name: 'web',
    currency: 'USD',
    presentment_currency: 'USD',
    created_at: '2026-02-02T22:41:09-05:00',
    updated_at: '2026-02-02T22:41:12-05:00',
    cancelled_at: null,
    cancel_reason: null,
    financial_status: 'paid',
    taxes_included: false,
    total_tax: '2.68',
    total_price: '51.43',
    current_total_price: '51.43',
    email: 'mara.lindqvist@example.net',
    note: 'Please ring twice.',
    tags: 'returning',
    payment_gateway_names: ['shopify_payments'],
    billing_address: address,
    shipping_address: address,
    line_items: [
      line(number * 10 + 1, 'RH-1001', 'Hinge, brass', 3, '12.50', '2.06'),
      line(number * 10 + 2, 'RH-1002', 'Wood screws, box', 3, '3.75', '0.62'),
    ],
    shipping_lines: [],
    discount_applications: [],
  });
}

/** Requests for `count` new orders. */
export function requestsFor(count) {
  const first = randomInt(1e6, 1e9) * 1e6;
  return Array.from({ length: count }, (_, index) => {
    const body = Buffer.from(orderBody(first + index));
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-shopify-topic': 'orders/create',
      'x-shopify-shop-domain': SHOP.domain,
      'x-shopify-hmac-sha256': createHmac('sha256', SHOP.secrets[0]).update(body).digest('base64'),
    };
    return { method: 'POST', path: `/shopify/${SHOP.domain}/webhooks`, headers, body };
  });
}
