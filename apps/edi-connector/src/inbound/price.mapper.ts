import type { DraftLine } from '@railhead/contracts';
import { shortestDecimal } from '@railhead/money';
import { component, type Segment } from '@railhead/x12';
import { BUYING_PRICES, LIST_PRICES } from './codes.js';
import { LINE } from './line-field.js';
import { priceBasisOf } from './price-basis.js';
import { allOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';
import { isNumber, toDecimal } from './values.js';

type Price = DraftLine['price'];

/** Where a segment has its price and what it is for: PO104 and PO105, SLN06 and SLN07. */
export interface PricePlace {
  readonly segment: Segment;
  readonly position: number;
}

/** CTP03, CTP05, CTP09 and CTP11. */
const CTP = { price: 3, unit: 5, basis: 9, count: 11 };

/** The price of a line: PO104; some senders leave it empty and give it in CTP03. `undefined` when there is none, said to the trail. */
export function toPrice(
  place: PricePlace,
  body: readonly Segment[],
  unit: string,
  trail: Trail,
  line: number,
): Price | undefined {
  const { segment, position } = place;
  const own = trail.take(LINE.price, segment, position, line);
  const ctp = own === undefined ? buyingPriceIn(body) : undefined;
  const stated = own ?? trail.take(LINE.price, ctp, CTP.price, line);
  const amount = numberOf(stated, segment, position, 'a price is needed', trail);
  if (amount === undefined) return undefined;
  const listPrice = listPriceIn(body, trail, line);
  const price: Price = { amount: toDecimal(amount) };
  if (listPrice !== undefined) price.listPrice = listPrice;
  if (ctp !== undefined) readCount(ctp, price, unit, trail, line);
  const isSaidByCtp = ctp !== undefined && valueOf(segment, position + 1) === undefined;
  const basis = isSaidByCtp ? { segment: ctp, position: CTP.basis } : { segment, position: position + 1 };
  return withBasis(price, basis, unit, trail, line);
}

/** For how many the price of a CTP is (CTP11: three for 10.00), and that it is for the ordered unit (CTP05). */
function readCount(ctp: Segment, price: Price, unit: string, trail: Trail, line: number): void {
  trail.see(ctp, 2);
  const own = component(ctp, CTP.unit, 1)?.trim() || undefined;
  if (own !== undefined && own !== unit)
    trail.fault('element-code', ctp, CTP.unit, `a price for ${own} gives no amount for goods in ${unit}`);
  const count = numberOf(valueOf(ctp, CTP.count) ?? '1', ctp, CTP.count, '', trail);
  if (count === undefined || Number(count) === 0 || Number(count) === 1) return;
  price.baseQuantity = toDecimal(count);
  trail.mark(LINE.baseQuantity, ctp, CTP.count, line);
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
  else if (!isNumber(value)) trail.fault('element-character', segment, position, 'is no number');
  else return value;
  return undefined;
}

/** Elements 382 and 358 as releases before 005010 have them: what an 856 and an 810 can say of a quantity. */
const QUANTITY_DIGITS_MAX = 10;

/** What the longest quantity is that our answers can repeat; a longer one would never be shipped or invoiced. */
export function isTooLongToAnswer(quantity: string): boolean {
  return shortestDecimal(quantity).replace(/\D/g, '').length > QUANTITY_DIGITS_MAX;
}

/** A quantity as {@link numberOf}, one that an 856 and an 810 can repeat. */
export function quantityOf(value: string | undefined, segment: Segment, position: number, trail: Trail) {
  const number = numberOf(value, segment, position, 'a quantity is needed', trail);
  if (number === undefined || !isTooLongToAnswer(toDecimal(number))) return number;
  trail.fault('element-too-long', segment, position, TOO_LONG);
  return undefined;
}

/** Said of a quantity that {@link isTooLongToAnswer}. */
export const TOO_LONG = `has more than ${QUANTITY_DIGITS_MAX} digits: no 856 could say it`;

/** The best of the prices that are what we are paid; what goods cost in a shop is none. */
function buyingPriceIn(body: readonly Segment[]): Segment | undefined {
  const ctps = allOf(body, 'CTP').filter((ctp) => valueOf(ctp, CTP.price) !== undefined);
  for (const code of BUYING_PRICES) {
    const ctp = ctps.find((one) => (valueOf(one, 2) ?? '') === code);
    if (ctp !== undefined) return ctp;
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

/** @param place - Where the basis stands. */
function withBasis(price: Price, { segment, position }: PricePlace, unit: string, trail: Trail, line: number): Price {
  const basis = priceBasisOf(valueOf(segment, position), unit);
  if (basis === undefined) return price;
  if (typeof basis === 'string') {
    trail.fault('element-code', segment, position, basis);
    return price;
  }
  trail.see(segment, position);
  if (basis.baseQuantity !== '1') {
    price.baseQuantity = basis.baseQuantity;
    trail.mark(LINE.baseQuantity, segment, position, line);
  }
  if (basis.isContract) {
    price.source = 'contract';
    trail.mark(LINE.priceSource, segment, position, line);
  }
  return price;
}
