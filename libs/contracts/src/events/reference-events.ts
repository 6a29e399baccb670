import { z } from 'zod';
import { defineEvent, type EventOf } from '../define-event.js';
import { CurrencyCode, Instant, Money, PositiveDecimal, Decimal } from '../values.js';

const reference = { topic: 'reference' as const, writers: ['erp-connector'] };

/** What we sell, as it stands now. Key: `product:<sku>`; kinds must not erase each other on the compacted topic. */
export const ProductChanged = defineEvent(
  'product.changed.v1',
  { ...reference, meaning: 'What we sell, as it stands now.' },
  z.strictObject({
    sku: z.string().min(1).max(80),
    name: z.string().max(200),
    unitCode: z.string().max(3),
    sellable: z.boolean(),
    /** Other ids of the same product: GTIN, UPC, manufacturer's number. */
    aliases: z.array(z.string().max(80)).default([]),
    taxPercent: Decimal.optional(),
  }),
);
export type ProductChanged = EventOf<typeof ProductChanged>;

/** A price, as it stands now: for one account, or for everybody (`accountId` absent). Key: `price:<sku>|<currency>|<account>`. */
export const PriceChanged = defineEvent(
  'price.changed.v1',
  { ...reference, meaning: 'A price, as it stands now.' },
  z.strictObject({
    sku: z.string().min(1).max(80),
    currency: CurrencyCode,
    accountId: z.string().max(60).optional(),
    amount: PositiveDecimal,
    baseQuantity: PositiveDecimal.optional(),
  }),
);
export type PriceChanged = EventOf<typeof PriceChanged>;

/** A customer, as it stands now. Key: `customer:<account id>`. */
export const CustomerChanged = defineEvent(
  'customer.changed.v1',
  { ...reference, meaning: 'A customer: terms, credit limit, blocked or not.' },
  z.strictObject({
    accountId: z.string().min(1).max(60),
    name: z.string().max(120),
    currency: CurrencyCode,
    creditLimit: Money,
    netDays: z.int().min(0).max(3650),
    blocked: z.boolean(),
    /** How far a price may differ from the list before a person must look, in per cent. */
    priceTolerancePercent: PositiveDecimal.optional(),
    /** How much of an order's goods its allowances may be before a person must look, in per cent. Absent: all of them. */
    allowancePercentMax: PositiveDecimal.optional(),
  }),
);
export type CustomerChanged = EventOf<typeof CustomerChanged>;

/** Stock on hand, absolute, as of a time. Key: `stock:<sku>|<warehouse>`. An older `asOf` never overwrites a newer one. */
export const StockChanged = defineEvent(
  'stock.changed.v1',
  { ...reference, writers: [...reference.writers, 'edi-connector'], meaning: 'Stock on hand, absolute, as of a time.' },
  z.strictObject({
    sku: z.string().min(1).max(80),
    warehouse: z.string().min(1).max(40),
    onHand: PositiveDecimal,
    asOf: Instant,
  }),
);
export type StockChanged = EventOf<typeof StockChanged>;
