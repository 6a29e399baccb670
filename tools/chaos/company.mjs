import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const SAMPLES = join(import.meta.dirname, '../../samples/company');
const CREDIT = '99000000.00';

/**
 * The sample company, with so much credit for everybody that orders which pile up during an outage are not held for it: whether
 * an order is held must not depend on how fast a run is.
 *
 * @param {string} home of a cluster, before it starts
 */
export async function furnishCompany(home) {
  const folder = join(home, 'reference');
  await mkdir(folder, { recursive: true });
  for (const name of ['products.csv', 'prices.csv', 'stock.csv']) await cp(join(SAMPLES, name), join(folder, name));
  const customers = await readFile(join(SAMPLES, 'customers.csv'), 'utf8');
  await writeFile(join(folder, 'customers.csv'), customers.replaceAll(/,USD,[\d.]+,/g, `,USD,${CREDIT},`));
}
