import type { GivenProfile } from '../store/partner.store.js';

/**
 * A profile of earlier days without what no profile has any more, so that it can still be read: `tolerances.pricePercent`
 * was kept and judged by nobody. How far prices may differ is said of the customer, with its prices.
 */
export function withoutRetired(given: GivenProfile): GivenProfile {
  const { tolerances } = given;
  if (typeof tolerances !== 'object' || tolerances === null || !('pricePercent' in tolerances)) return given;
  const { pricePercent: _, ...kept } = tolerances;
  return { ...given, tolerances: kept };
}
