import { Decimal } from '@railhead/contracts';
import { z } from 'zod';

/*
 * What Shopify sends, after `parseLosslessly`: numbers are text. Unknown fields are allowed, missing ones are not.
 * Personal data (names, addresses, e-mail) is absent when the app has no access to it.
 */
const Text = z.string();
const Id = z.string().regex(/^\d{1,20}$/, 'must be a whole number');
const Count = z.string().regex(/^\d{1,9}$/, 'must be a whole number not below zero');
const Stamp = z.iso.datetime({ offset: true });

const TaxLine = z.object({ title: Text.nullish(), price: Decimal, rate: Decimal.nullish() });
const DiscountAllocation = z.object({ amount: Decimal, discount_application_index: Count.nullish() });

export const ShopifyAddress = z.object({
  first_name: Text.nullish(),
  last_name: Text.nullish(),
  name: Text.nullish(),
  company: Text.nullish(),
  address1: Text.nullish(),
  address2: Text.nullish(),
  city: Text.nullish(),
  province: Text.nullish(),
  province_code: Text.nullish(),
  zip: Text.nullish(),
  country: Text.nullish(),
  country_code: Text.nullish(),
  phone: Text.nullish(),
});
export type ShopifyAddress = z.infer<typeof ShopifyAddress>;

export const ShopifyLineItem = z.object({
  id: Id,
  sku: Text.nullish(),
  title: Text.nullish(),
  name: Text.nullish(),
  quantity: Count,
  /** After edits and refunds; `quantity` never shrinks. */
  current_quantity: Count.nullish(),
  /** Of one unit, before discounts. */
  price: Decimal,
  discount_allocations: z.array(DiscountAllocation).default([]),
  tax_lines: z.array(TaxLine).default([]),
  requires_shipping: z.boolean().nullish(),
});
export type ShopifyLineItem = z.infer<typeof ShopifyLineItem>;

export const ShopifyShippingLine = z.object({
  title: Text.nullish(),
  code: Text.nullish(),
  price: Decimal,
  tax_lines: z.array(TaxLine).default([]),
  discount_allocations: z.array(DiscountAllocation).default([]),
});
export type ShopifyShippingLine = z.infer<typeof ShopifyShippingLine>;

export const ShopifyOrder = z.object({
  id: Id,
  name: z.string().min(1).max(60),
  po_number: Text.nullish(),
  test: z.boolean().nullish(),
  currency: z.string(),
  presentment_currency: Text.nullish(),
  created_at: Stamp,
  updated_at: Stamp,
  cancelled_at: Stamp.nullish(),
  cancel_reason: Text.nullish(),
  financial_status: Text.nullish(),
  taxes_included: z.boolean().default(false),
  total_tax: Decimal,
  total_price: Decimal,
  current_total_price: Decimal.nullish(),
  total_tip_received: Decimal.nullish(),
  email: Text.nullish(),
  phone: Text.nullish(),
  note: Text.nullish(),
  source_name: Text.nullish(),
  confirmation_number: Text.nullish(),
  tags: Text.nullish(),
  payment_gateway_names: z.array(Text).nullish(),
  billing_address: ShopifyAddress.nullish(),
  shipping_address: ShopifyAddress.nullish(),
  line_items: z.array(ShopifyLineItem).min(1, 'an order needs at least one line'),
  shipping_lines: z.array(ShopifyShippingLine).default([]),
  discount_applications: z
    .array(z.object({ title: Text.nullish(), code: Text.nullish(), description: Text.nullish() }))
    .default([]),
});
export type ShopifyOrder = z.infer<typeof ShopifyOrder>;
