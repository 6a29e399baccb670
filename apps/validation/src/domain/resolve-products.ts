import type { OrderLine, Reason } from '@railhead/contracts';
import { compareDecimals } from '@railhead/money';
import type { OrderFacts, ProductFacts } from './facts.js';

/** A line with the product it means. */
export interface ResolvedLine {
  readonly line: OrderLine;
  readonly product: ProductFacts;
}

export type Resolution =
  { readonly ok: true; readonly lines: ResolvedLine[] } | { readonly ok: false; readonly reasons: Reason[] };

/**
 * Finds out which of our products each line means: our own number first, then the GTIN, then the manufacturer's and the
 * buyer's number. The first id that means exactly one product decides; an id that means several is not guessed at.
 */
export function resolveProducts(lines: readonly OrderLine[], facts: Pick<OrderFacts, 'productsBy'>): Resolution {
  const resolved: ResolvedLine[] = [];
  const reasons: Reason[] = [];
  lines.forEach((line, index) => {
    if (goesWithItsKit(line)) return;
    const product = productOf(line, facts);
    if (product?.sellable === true) resolved.push({ line, product });
    else reasons.push(refusal(line, index, product));
  });
  return reasons.length === 0 ? { ok: true, lines: resolved } : { ok: false, reasons };
}

/** What a kit is made of is in the kit's price and on its shelf: it is neither priced nor promised by itself. */
function goesWithItsKit({ parentLineId, price }: OrderLine): boolean {
  return parentLineId !== undefined && compareDecimals(price.amount, '0') === 0;
}

/** The ids of a line under which a product may be found, the surest first. */
export function idsOf({ item }: Pick<OrderLine, 'item'>): string[] {
  return [item.sellersItemId, item.standardItemId, item.manufacturersItemId, item.buyersItemId].filter(
    (id) => id !== undefined,
  );
}

function productOf(line: OrderLine, facts: Pick<OrderFacts, 'productsBy'>): ProductFacts | undefined {
  for (const id of idsOf(line)) {
    const found = facts.productsBy(id);
    if (found.length === 1) return found[0];
  }
  return undefined;
}

function refusal(line: OrderLine, index: number, product: ProductFacts | undefined): Reason {
  const name = `line ${line.buyerLineId ?? line.lineId}`;
  const path = `/lines/${index}/item`;
  if (product !== undefined)
    return { code: 'NOT_SELLABLE', detail: `${name}: ${product.sku} is not sold any more`, path };
  const ids = idsOf(line);
  return {
    code: 'UNKNOWN_PRODUCT',
    detail: `${name}: ${ids.length === 0 ? 'no product id' : `no product ${ids.join(', ')}`}`,
    path,
  };
}
