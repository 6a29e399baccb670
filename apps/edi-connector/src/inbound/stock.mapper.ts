import { addDecimals } from '@railhead/money';
import { element, loops, type Segment, type TransactionSet } from '@railhead/x12';
import { Faults } from './faults.js';
import { toInstant } from './instant.js';
import { itemNumbers, ourNumber } from './item-ids.js';
import type { ReadMessage } from './message.js';
import type { Arrival } from './purchase-order.mapper.js';

/** An 846, which counts what is there, or a 944, which tells what came in. */
export interface StockReport {
  readonly kind: 'stock';
  readonly how: 'count' | 'receipt';
  /** W1703 or BIA03: the warehouse's own number of it. */
  readonly reference: string;
  readonly asOf: string;
  /** The warehouse's own name for itself (N1*WH), where it says one. */
  readonly place?: string | undefined;
  /** One entry for each product. Decimal strings; of a count they may be below zero. */
  readonly items: readonly { readonly sku: string; readonly quantity: string }[];
}

/** Element 673, best first: what is on hand, else what may be sold. Quality hold, on order and the like are not stock. */
const COUNTS = ['17', '33'];

/** Reads an X12 846. @see ASC X12 004010 846 */
export function toStockCount(set: TransactionSet, { partner }: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const bia = segments.find(({ id }) => id === 'BIA');
  const reference = faults.needed(bia, 3, 'a reference');
  const day = faults.neededDay(bia, 4);
  const items = loops(segments, 'LIN', ['CTT', 'SE']).flatMap(({ head, body }) => {
    const sku = ourNumber(itemNumbers(head, 2, 15), partner);
    if (sku === undefined) faults.at(head, 3, 'our product number (VP or VN) is needed', 'element-missing');
    const quantity = countIn(body, faults);
    if (quantity === undefined)
      faults.at(head, 3, 'no quantity on hand (QTY*17) or available (QTY*33)', 'element-missing');
    return sku === undefined || quantity === undefined ? [] : [{ sku, quantity }];
  });
  if (faults.issues.length > 0 || reference === undefined || day === undefined)
    return { ok: false, issues: faults.issues };
  const asOf = toInstant(day, element(bia, 5), 'UT');
  return {
    ok: true,
    message: { kind: 'stock', how: 'count', reference, asOf, place: placeIn(segments), items: perSku(items) },
  };
}

/**
 * What an item says itself, in front of its parts (SLN) or behind them, or else its places (N1) together: a sender that
 * says both says the same twice.
 */
function countIn(body: readonly Segment[], faults: Faults): string | undefined {
  const told = withoutLists(body);
  const places = placeOf('N1', told);
  const parts = Math.min(placeOf('SLN', told), places);
  const tellers = [told.slice(0, parts), told.slice(parts, places), told.slice(places)];
  return tellers.reduce<string | undefined>((count, segments) => count ?? sumIn(segments, faults), undefined);
}

/** Without the lists of single pieces (LS to LE) behind a quantity: their N1 is whose a piece is. */
function withoutLists(body: readonly Segment[]): readonly Segment[] {
  let isListed = false;
  return body.filter(({ id }) => {
    isListed = id === 'LS' || (isListed && id !== 'LE');
    return !isListed;
  });
}

/** Where the first of these segments stands; behind them all, if nowhere. */
function placeOf(id: string, body: readonly Segment[]): number {
  const place = body.findIndex((segment) => segment.id === id);
  return place < 0 ? body.length : place;
}

function sumIn(segments: readonly Segment[], faults: Faults): string | undefined {
  for (const kind of COUNTS) {
    const counts = segments.filter((one) => one.id === 'QTY' && element(one, 1) === kind);
    if (counts.length > 0) return addDecimals('0', ...counts.map((one) => faults.count(one, 2) ?? '0'));
  }
  return undefined;
}

/** Reads an X12 944. @see ASC X12 004010 944 */
export function toStockReceipt(set: TransactionSet, { partner }: Arrival): ReadMessage {
  const { segments } = set;
  const faults = new Faults(segments);
  const w17 = segments.find(({ id }) => id === 'W17');
  const reference = faults.needed(w17, 3, 'a receipt number');
  const day = faults.neededDay(w17, 2);
  const items = segments
    .filter(({ id }) => id === 'W07')
    .flatMap((w07) => {
      const sku = ourNumber([...itemNumbers(w07, 4, 1), ...itemNumbers(w07, 6, 1)], partner);
      if (sku === undefined) faults.at(w07, 5, 'our product number (VP or VN) is needed', 'element-missing');
      const quantity = faults.needed(w07, 1, 'the quantity received') && faults.decimal(w07, 1);
      return sku === undefined || quantity === undefined ? [] : [{ sku, quantity }];
    });
  if (items.length === 0 && faults.issues.length === 0) faults.at(w17, 1, 'nothing was received', 'element-missing');
  if (faults.issues.length > 0 || reference === undefined || day === undefined)
    return { ok: false, issues: faults.issues };
  const asOf = toInstant(day);
  return {
    ok: true,
    message: { kind: 'stock', how: 'receipt', reference, asOf, place: placeIn(segments), items: perSku(items) },
  };
}

function placeIn(segments: readonly Segment[]): string | undefined {
  return element(
    segments.find((one) => one.id === 'N1' && element(one, 1) === 'WH'),
    4,
  );
}

/** Lots and places of one product are one stock. */
function perSku(items: readonly { sku: string; quantity: string }[]): { sku: string; quantity: string }[] {
  return [...Map.groupBy(items, ({ sku }) => sku)].map(([sku, same]) => ({
    sku,
    quantity: addDecimals('0', ...same.map(({ quantity }) => quantity)),
  }));
}
