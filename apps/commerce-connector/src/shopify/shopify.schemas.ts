import { decimalOf } from '@railhead/connector-kit';
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

/** A binary fraction over there: `0.07250000000000001`, `5.0e-05`. */
const Rate = Text.transform(decimalOf).pipe(Decimal);

const TaxLine = z.object({ title: Text.nullish(), price: Decimal, rate: Rate.nullish() });
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
  /** What the shop has sent already: `fulfilled`, `partial`, or nothing yet. */
  fulfillment_status: Text.nullish(),
  /** On tips only, which are lines too; there it may be null. */
  tip_payment_gateway: Text.nullish(),
  /** What the customer wrote or chose: an engraving, a gift wrap. Its form is not promised. */
  properties: z.unknown().optional(),
});
export type ShopifyLineItem = z.infer<typeof ShopifyLineItem>;

export const ShopifyShippingLine = z.object({
  title: Text.nullish(),
  code: Text.nullish(),
  price: Decimal,
  tax_lines: z.array(TaxLine).default([]),
  discount_allocations: z.array(DiscountAllocation).default([]),
  /** Taken off by an edit; it is listed still. */
  is_removed: z.boolean().nullish(),
});
export type ShopifyShippingLine = z.infer<typeof ShopifyShippingLine>;

/** An amount in the currency of the shop, and beside it in the buyer's. */
const InShopMoney = z.object({ shop_money: z.object({ amount: Decimal }) });

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
  /** After edits and refunds, as all that is `current`. */
  current_total_price: Decimal.nullish(),
  current_total_tax: Decimal.nullish(),
  total_tip_received: Decimal.nullish(),
  current_total_duties_set: InShopMoney.nullish(),
  current_total_additional_fees_set: InShopMoney.nullish(),
  /** The prices contain the duties. */
  duties_included: z.boolean().nullish(),
  email: Text.nullish(),
  phone: Text.nullish(),
  note: Text.nullish(),
  note_attributes: z.unknown().optional(),
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

/** What `orders/edited` carries: what was added and taken off. The order as it is now comes as `orders/updated`. */
export const ShopifyOrderEdit = z.object({ order_edit: z.object({ order_id: Id }) });
