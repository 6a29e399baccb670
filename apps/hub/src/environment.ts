import { cp, mkdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from './credentials.js';

const SAMPLES = fileURLToPath(new URL('../../../samples/company', import.meta.url));

/** Puts the sample company into a new home, so that a first order finds products, prices, customers and partners. */
export async function furnish(home: string): Promise<void> {
  const reference = join(home, 'reference');
  if (!existsSync(reference)) {
    await mkdir(reference, { recursive: true });
    for (const name of ['products.csv', 'prices.csv', 'customers.csv', 'stock.csv'])
      await cp(join(SAMPLES, name), join(reference, name));
  }
  await mkdir(join(home, 'edi'), { recursive: true });
  const partners = join(home, 'edi', 'partners.json');
  if (!existsSync(partners)) await cp(join(SAMPLES, 'edi-partners.json'), partners);
}

/** The environment of the hub's services: one installation on one machine, everything else as the user set it. */
export function hubEnvironment(
  env: NodeJS.ProcessEnv,
  home: string,
  databaseUrl: string,
  credentials: Credentials,
  services: readonly string[],
): NodeJS.ProcessEnv {
  return {
    LOG_LEVEL: 'warn',
    ERP_FOLDER: join(home, 'reference'),
    EDI_HOME: join(home, 'edi'),
    EDI_PARTNERS_FILE: join(home, 'edi', 'partners.json'),
    CARRIER_SECRETS: `generic=${credentials.carrierSecret}`,
    SHOPIFY_SHOPS: JSON.stringify([
      { domain: 'railhead-demo.myshopify.com', accountId: 'SHOP', secrets: [credentials.shopifySecret] },
    ]),
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')), // set to nothing: not set
    DATABASE_URL: databaseUrl,
    INTERNAL_TOKEN: credentials.internalToken,
    BOOTSTRAP_ADMIN_KEY: credentials.adminKey,
    SERVICE_URLS: services.map((name) => `${name}=${credentials.url}`).join(','),
  };
}
