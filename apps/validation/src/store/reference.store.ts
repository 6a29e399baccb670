import { Injectable } from '@nestjs/common';
import type { CanonicalOrder, CustomerChanged, OrderLine, PriceChanged, ProductChanged } from '@railhead/contracts';
import { partyIn } from '@railhead/contracts';
import { bigintArray, boolArray, intArray, prepared, textArray, type Tx } from '@railhead/database';
import type { CustomerFacts, OrderFacts, PriceFacts, ProductFacts } from '../domain/facts.js';
import { idsOf } from '../domain/resolve-products.js';

const CUSTOMERS = prepared(`
  SELECT account_id AS "accountId", currency, credit_limit_minor::float8 AS "creditLimitMinor", exposure_minor::float8 AS "exposureMinor",
         net_days AS "netDays", blocked, price_tolerance_percent::text AS "priceTolerancePercent",
         allowance_percent_max::text AS "allowancePercentMax"
    FROM customers WHERE account_id = ANY($1::text[]) ORDER BY account_id FOR UPDATE`);

const PRODUCTS = prepared(`
  SELECT i.id, p.sku, p.name, p.unit_code AS "unitCode", p.sellable, p.tax_percent::text AS "taxPercent"
    FROM product_ids i JOIN products p USING (sku) WHERE i.id = ANY($1::text[])`);

const PRICES = prepared(`
  SELECT sku, currency, account_id AS "accountId", amount::text, base_quantity::text AS "baseQuantity"
    FROM prices WHERE sku = ANY($1::text[]) AND (account_id = '' OR account_id = ANY($2::text[]))`);

const SPEND = prepared(`
  UPDATE customers c SET exposure_minor = c.exposure_minor + s.minor
    FROM unnest($1::text[], $2::int8[]) AS s(account_id, minor) WHERE c.account_id = s.account_id`);

type Row<T> = T & Record<string, unknown>;

/** What an order is judged by: its buyer, its currency and the ids of its goods. */
export type Judgeable = Pick<CanonicalOrder, 'parties' | 'currency'> & {
  readonly lines: readonly Pick<OrderLine, 'item'>[];
};

export function buyerAccountOf(order: Pick<CanonicalOrder, 'parties'>): string {
  return partyIn(order, 'buyer')?.accountId ?? '';
}

/** Our copy of customers, products and prices. What will be spent (credit) is read for update. */
@Injectable()
export class ReferenceStore {
  /** The facts that orders are judged by. The buyers' rows stay locked to the end of the transaction. */
  async factsFor(orders: readonly Judgeable[], tx: Tx): Promise<(order: Judgeable) => OrderFacts> {
    const accounts = [...new Set(orders.map(buyerAccountOf))];
    const ids = [...new Set(orders.flatMap((order) => order.lines.flatMap(idsOf)))];
    const customers = await tx.query<Row<CustomerFacts>>(CUSTOMERS, [textArray(accounts)]);
    const products = await tx.query<Row<ProductFacts & { id: string }>>(PRODUCTS, [textArray(ids)]);
    const skus = [...new Set(products.map((product) => product.sku))];
    const prices = await tx.query<Row<PriceFacts & { sku: string; currency: string; accountId: string }>>(PRICES, [
      textArray(skus),
      textArray(accounts),
    ]);

    const customerBy = new Map(customers.map((customer) => [customer.accountId, customer]));
    const productsBy = Map.groupBy(products, (product) => product.id);
    const priceBy = new Map(prices.map((price) => [`${price.sku}\n${price.currency}\n${price.accountId}`, price]));
    return (order) => {
      const account = buyerAccountOf(order);
      return {
        customer: customerBy.get(account),
        productsBy: (id) => productsBy.get(id) ?? [],
        priceOf: (sku) =>
          priceBy.get(`${sku}\n${order.currency}\n${account}`) ?? priceBy.get(`${sku}\n${order.currency}\n`),
      };
    };
  }

  /** Whether any customer is known: before the first reference data arrived nobody can be judged. */
  async isEmpty(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT 1 FROM customers) AS empty');
    return row?.empty ?? true;
  }

  /** Whether reference data was still coming in a moment ago: what is not known now may be known in a second. */
  async isComingIn(tx: Tx): Promise<boolean> {
    const [row] = await tx.query<{ coming: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM reference_reads WHERE read_at > clock_timestamp() - interval '2 seconds') AS coming`,
    );
    return row?.coming ?? false;
  }

  /** Notes that reference data came in. */
  async noteRead(tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO reference_reads (read_at) VALUES (clock_timestamp()) ON CONFLICT (only_row) DO UPDATE SET read_at = excluded.read_at`,
    );
  }

  /** Adds to what accounts use of their credit; negative amounts give it back. */
  async spend(spent: ReadonlyMap<string, number>, tx: Tx): Promise<void> {
    const entries = [...spent].filter(([, minor]) => minor !== 0).sort(([left], [right]) => (left < right ? -1 : 1));
    if (entries.length === 0) return;
    await tx.query(SPEND, [
      textArray(entries.map(([account]) => account)),
      bigintArray(entries.map(([, minor]) => minor)),
    ]);
  }

  async saveCustomers(customers: readonly CustomerChanged['data'][], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO customers AS c (account_id, name, currency, credit_limit_minor, net_days, blocked, price_tolerance_percent, allowance_percent_max)
       SELECT a, n, u, l, d, b, t::numeric, m::numeric
         FROM unnest($1::text[], $2::text[], $3::text[], $4::int8[], $5::int[], $6::bool[], $7::text[], $8::text[]) AS r(a, n, u, l, d, b, t, m) ORDER BY a
       ON CONFLICT (account_id) DO UPDATE SET name = excluded.name, currency = excluded.currency, credit_limit_minor = excluded.credit_limit_minor,
         net_days = excluded.net_days, blocked = excluded.blocked, price_tolerance_percent = excluded.price_tolerance_percent,
         allowance_percent_max = excluded.allowance_percent_max`,
      [
        textArray(customers.map((one) => one.accountId)),
        textArray(customers.map((one) => one.name)),
        textArray(customers.map((one) => one.creditLimit.currency)),
        bigintArray(customers.map((one) => one.creditLimit.minor)),
        intArray(customers.map((one) => one.netDays)),
        boolArray(customers.map((one) => one.blocked)),
        textArray(customers.map((one) => one.priceTolerancePercent ?? '0')),
        textArray(customers.map((one) => one.allowancePercentMax)),
      ],
    );
  }

  async saveProducts(products: readonly ProductChanged['data'][], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO products AS p (sku, name, unit_code, sellable, tax_percent)
       SELECT s, n, u, b, t::numeric FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::text[]) AS r(s, n, u, b, t) ORDER BY s
       ON CONFLICT (sku) DO UPDATE SET name = excluded.name, unit_code = excluded.unit_code, sellable = excluded.sellable, tax_percent = excluded.tax_percent`,
      [
        textArray(products.map((one) => one.sku)),
        textArray(products.map((one) => one.name)),
        textArray(products.map((one) => one.unitCode)),
        boolArray(products.map((one) => one.sellable)),
        textArray(products.map((one) => one.taxPercent)),
      ],
    );
    const ids = products.flatMap((one) => [...new Set([one.sku, ...one.aliases])].map((id) => ({ id, sku: one.sku })));
    await tx.query('DELETE FROM product_ids WHERE sku = ANY($1::text[])', [textArray(products.map((one) => one.sku))]);
    await tx.query('INSERT INTO product_ids (id, sku) SELECT * FROM unnest($1::text[], $2::text[])', [
      textArray(ids.map(({ id }) => id)),
      textArray(ids.map(({ sku }) => sku)),
    ]);
  }

  async savePrices(prices: readonly PriceChanged['data'][], tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO prices AS p (sku, currency, account_id, amount, base_quantity)
       SELECT s, c, a, m::numeric, b::numeric FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS r(s, c, a, m, b) ORDER BY s, c, a
       ON CONFLICT (sku, currency, account_id) DO UPDATE SET amount = excluded.amount, base_quantity = excluded.base_quantity`,
      [
        textArray(prices.map((one) => one.sku)),
        textArray(prices.map((one) => one.currency)),
        textArray(prices.map((one) => one.accountId ?? '')),
        textArray(prices.map((one) => one.amount)),
        textArray(prices.map((one) => one.baseQuantity ?? '1')),
      ],
    );
  }
}
