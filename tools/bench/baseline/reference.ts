import type { DataSource } from 'typeorm';
import { Customer, Product, Stock } from './entities.js';
import { settings } from './settings.js';

/** The same customers, products and stock that Railhead is given. */
export async function fillTables(database: DataSource): Promise<void> {
  const { accounts, products, price } = settings;
  await database.getRepository(Customer).save(
    accounts.map((accountId) => ({
      accountId,
      name: accountId,
      currency: 'USD',
      creditLimitMinor: '1000000000000',
      exposureMinor: '0',
      netDays: 30,
      blocked: false,
    })),
  );
  await database.getRepository(Product).save(products.map((sku) => ({ sku, name: `Widget ${sku}`, price })));
  await database.getRepository(Stock).save(products.map((sku) => ({ sku, onHand: 100_000_000, allocated: 0 })));
}
