import type { DraftLine } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import { BUYING_PRICES, LIST_PRICES, PRICE_BASES, PRICE_UNITS, UNIT_PRICES } from './codes.js';
import { LINE } from './line-field.js';
import { allOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';
import { toDecimal } from './values.js';

type Price = DraftLine['price'];

/** Where a segment has its price and what it is for: PO104 and PO105, SLN06 and SLN07. */
export interface PricePlace {
  readonly segment: Segment;
  readonly position: number;
}

/** The price of a line: PO104; some senders leave it empty and give it in CTP03. `undefined` when there is none, said to the trail. */
export function toPrice(
  place: PricePlace,
  body: readonly Segment[],
  unit: string,
  trail: Trail,
  line: number,
): Price | undefined {
  const { segment, position } = place;
  const stated = trail.take(LINE.price, segment, position, line) ?? fromCtp(body, trail, line);
  const amount = numberOf(stated, segment, position, 'a price is needed', trail);
  if (amount === undefined) return undefined;
  const listPrice = listPriceIn(body, trail, line);
  const price: Price = { amount: toDecimal(amount) };
  if (listPrice !== undefined) price.listPrice = listPrice;
  return withBasis(price, place, unit, trail, line);
}

/** A number that is not below zero, as it was written. */
export function numberOf(
  value: string | undefined,
  segment: Segment,
  position: number,
  missing: string,
  trail: Trail,
): string | undefined {
  if (value === undefined) trail.fault('element-missing', segment, position, missing);
  else if (value.startsWith('-')) trail.fault('element-code', segment, position, 'must not be below zero');
  else if (!/^(\d+\.?\d*|\.\d+)$/.test(value)) trail.fault('element-character', segment, position, 'is no number');
  else return value;
  return undefined;
}

/** The best of the prices that are what we are paid; what goods cost in a shop is none. */
function fromCtp(body: readonly Segment[], trail: Trail, line: number): string | undefined {
  const ctps = allOf(body, 'CTP').filter((ctp) => valueOf(ctp, 3) !== undefined);
  for (const code of BUYING_PRICES) {
    const ctp = ctps.find((one) => (valueOf(one, 2) ?? '') === code);
    if (ctp === undefined) continue;
    trail.see(ctp, 2);
    return trail.take(LINE.price, ctp, 3, line);
  }
  return undefined;
}

function listPriceIn(body: readonly Segment[], trail: Trail, line: number): string | undefined {
  const ctp = allOf(body, 'CTP').find((one) => LIST_PRICES.has(valueOf(one, 2) ?? ''));
  const price = trail.take(LINE.listPrice, ctp, 3, line);
  if (ctp === undefined || price === undefined) return undefined;
  trail.see(ctp, 2);
  return toDecimal(price);
}

function withBasis(price: Price, { segment, position }: PricePlace, unit: string, trail: Trail, line: number): Price {
  const basis = valueOf(segment, position + 1);
  if (basis === undefined) return price;
  const baseQuantity = PRICE_BASES[basis];
  const perUnit = PRICE_UNITS[basis];
  if (baseQuantity !== undefined) {
    price.baseQuantity = baseQuantity;
    trail.mark(LINE.baseQuantity, segment, position + 1, line);
  } else if (basis === 'TE') {
    price.source = 'contract';
    trail.mark(LINE.priceSource, segment, position + 1, line);
  } else if (UNIT_PRICES.has(basis) || perUnit === unit) trail.see(segment, position + 1);
  else if (perUnit !== undefined)
    trail.fault(
      'element-code',
      segment,
      position + 1,
      `a price for one ${perUnit} gives no amount for goods in ${unit}`,
    );
  return price;
}
