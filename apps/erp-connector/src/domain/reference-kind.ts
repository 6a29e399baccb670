import {
  CustomerChanged,
  joinedParts,
  PriceChanged,
  ProductChanged,
  StockChanged,
  type EventDefinition,
} from '@railhead/contracts';
import type { z } from 'zod';
import type { Cells } from './cells.js';

export const KIND_NAMES = ['products', 'prices', 'customers', 'stock'] as const;
export type KindName = (typeof KIND_NAMES)[number];

/** One kind of reference data: which file columns make which event. */
export interface ReferenceKind<Schema extends z.ZodType = z.ZodType> {
  /** Also the name of its file, before `.csv` or `.json`. */
  readonly name: KindName;
  readonly event: EventDefinition<string, Schema>;
  /** Columns that must be there; the others may be left out. */
  readonly required: readonly string[];
  /** Field of the event → column it comes from. Together they are all columns of the file. */
  readonly columns: Readonly<Record<string, string>>;
  /** @param asOf - When the file was written, for rows that do not say as of when they speak. */
  read(cells: Cells, asOf: string): unknown;
  /** Key of the event. It starts with the kind: `reference` is compacted, and a product must not push its stock out. */
  keyOf(data: z.infer<Schema>): string;
  /** What to publish when the row is no longer in the file; undefined: nothing can be said. */
  gone(last: z.infer<Schema>, asOf: string): z.infer<Schema> | undefined;
}

const products: ReferenceKind<(typeof ProductChanged)['schema']> = {
  name: 'products',
  event: ProductChanged,
  required: ['sku', 'name', 'unit'],
  columns: {
    sku: 'sku',
    name: 'name',
    unitCode: 'unit',
    sellable: 'sellable',
    aliases: 'aliases',
    taxPercent: 'tax_percent',
  },
  read: (cells) => ({
    sku: cells.text('sku'),
    name: cells.text('name'),
    unitCode: cells.text('unit'),
    sellable: cells.flag('sellable', true),
    aliases: cells.list('aliases'),
    taxPercent: cells.text('tax_percent'),
  }),
  keyOf: (product) => `product:${product.sku}`,
  gone: (last) => ({ ...last, sellable: false }),
};

const prices: ReferenceKind<(typeof PriceChanged)['schema']> = {
  name: 'prices',
  event: PriceChanged,
  required: ['sku', 'currency', 'amount'],
  columns: { sku: 'sku', currency: 'currency', accountId: 'account', amount: 'amount', baseQuantity: 'base_quantity' },
  read: (cells) => ({
    sku: cells.text('sku'),
    currency: cells.text('currency'),
    accountId: cells.text('account'),
    amount: cells.text('amount'),
    baseQuantity: cells.notZero('base_quantity'),
  }),
  keyOf: (price) => `price:${joinedParts([price.sku, price.currency, price.accountId ?? ''])}`,
  gone: () => undefined, // there is no event that takes a price back
};

const customers: ReferenceKind<(typeof CustomerChanged)['schema']> = {
  name: 'customers',
  event: CustomerChanged,
  required: ['account', 'name', 'currency', 'credit_limit', 'net_days'],
  columns: {
    accountId: 'account',
    name: 'name',
    currency: 'currency',
    creditLimit: 'credit_limit',
    netDays: 'net_days',
    blocked: 'blocked',
    priceTolerancePercent: 'price_tolerance_percent',
    allowancePercentMax: 'allowance_percent_max',
  },
  read: (cells) => ({
    accountId: cells.text('account'),
    name: cells.text('name'),
    currency: cells.text('currency'),
    creditLimit: cells.money('credit_limit', cells.text('currency')),
    netDays: cells.whole('net_days'),
    blocked: cells.flag('blocked', false),
    priceTolerancePercent: cells.text('price_tolerance_percent'),
    allowancePercentMax: cells.percent('allowance_percent_max'),
  }),
  keyOf: (customer) => `customer:${customer.accountId}`,
  gone: (last) => ({ ...last, blocked: true }),
};

const stock: ReferenceKind<(typeof StockChanged)['schema']> = {
  name: 'stock',
  event: StockChanged,
  required: ['sku', 'warehouse', 'on_hand'],
  columns: { sku: 'sku', warehouse: 'warehouse', onHand: 'on_hand', asOf: 'as_of' },
  read: (cells, asOf) => ({
    sku: cells.text('sku'),
    warehouse: cells.text('warehouse'),
    onHand: cells.text('on_hand'),
    asOf: cells.text('as_of') ?? asOf,
  }),
  keyOf: (place) => `stock:${joinedParts([place.sku, place.warehouse])}`,
  gone: (last, asOf) => ({ ...last, onHand: '0', asOf }),
};

/** In the order in which they are published at the first start: what is sold, for how much, to whom, how much there is. */
export const REFERENCE_KINDS: readonly ReferenceKind[] = [products, prices, customers, stock];
