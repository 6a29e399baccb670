import { addDecimals, compareDecimals, percentOf, subtractDecimals } from '@railhead/money';
import type { AdvisedItem } from '../../inbound/shipping-advice.mapper.js';
import { toldUnit } from '../../outbound/told-unit.js';
import type { AskedLine } from '../../store/shipment.store.js';

/** Goods that left, with the line of ours they are for. */
export interface MatchedItem {
  readonly lineId: string;
  readonly quantity: string;
  readonly sscc?: string | undefined;
  readonly trackingNumber?: string | undefined;
}

/**
 * Finds the line of ours for what a warehouse shipped: by line where it names one, else by product, filling lines of the
 * same product in their order. What is too much goes to the last of them, so that it is seen and refused.
 *
 * @returns the products that were not asked for, when there are any.
 */
export function matchShipped(
  asked: readonly AskedLine[],
  items: readonly AdvisedItem[],
): { readonly items: readonly MatchedItem[] } | { readonly strangers: readonly string[] } {
  const left = new Map(asked.map(([lineId, , quantity]) => [lineId, quantity]));
  const strangers = new Set<string>();
  const matched = items.flatMap((item): MatchedItem[] => {
    const lines = asked.filter(([lineId, sku]) => sku === item.sku && (item.lineId ?? lineId) === lineId);
    if (lines.length === 0) strangers.add(item.sku);
    return spread(
      item,
      lines.map(([lineId]) => lineId),
      left,
    );
  });
  return strangers.size > 0 ? { strangers: [...strangers] } : { items: matched };
}

function spread(item: AdvisedItem, lineIds: readonly string[], left: Map<string, string>): MatchedItem[] {
  const { sscc, trackingNumber } = item;
  let rest = item.quantity;
  return lineIds.flatMap((lineId, n): MatchedItem[] => {
    const room = left.get(lineId) ?? '0';
    const isLast = n === lineIds.length - 1;
    const quantity = isLast || compareDecimals(rest, room) <= 0 ? rest : room;
    rest = subtractDecimals(rest, quantity);
    left.set(lineId, compareDecimals(quantity, room) >= 0 ? '0' : subtractDecimals(room, quantity));
    const isNeeded = compareDecimals(quantity, '0') > 0 || lineIds.length === 1;
    return isNeeded ? [{ lineId, quantity, ...(sscc && { sscc }), ...(trackingNumber && { trackingNumber }) }] : [];
  });
}

/**
 * Goods that are told in another unit than they were asked for in: nobody knows how many that is.
 *
 * @param units - Their codes that mean another of ours.
 */
export function inOtherUnits(
  asked: readonly AskedLine[],
  items: readonly AdvisedItem[],
  units: Readonly<Record<string, string>>,
): readonly string[] {
  const unitOf = new Map(asked.map(([, sku, , unit]) => [sku, unit]));
  const found = items.flatMap(({ sku, unit = '' }) => {
    const ours = unitOf.get(sku);
    const isSame =
      unit === '' || ours === undefined || (units[unit] ?? unit) === ours || unit === toldUnit(ours, units);
    return isSame ? [] : [`${sku} is told in ${unit}, it was asked for in ${ours}`];
  });
  return [...new Set(found)];
}

/** The quantities of each line, added up. */
export function perLine(items: readonly MatchedItem[]): { lineId: string; quantity: string }[] {
  return [...Map.groupBy(items, ({ lineId }) => lineId)].map(([lineId, same]) => ({
    lineId,
    quantity: addDecimals('0', ...same.map(({ quantity }) => quantity)),
  }));
}

/**
 * Lines of which clearly less or more left than was asked for, in words; a line that is not named left not at all.
 *
 * @param percent - So far a quantity may be off.
 */
export function farFromAsked(
  asked: readonly AskedLine[],
  items: readonly MatchedItem[],
  percent: string,
): readonly string[] {
  const shipped = new Map(perLine(items).map(({ lineId, quantity }) => [lineId, quantity]));
  return asked.flatMap(([lineId, sku, quantity]) => {
    const left = shipped.get(lineId) ?? '0';
    const difference = subtractDecimals(left, quantity).replace(/^-/, '');
    if (compareDecimals(difference, percentOf(quantity, percent)) <= 0) return [];
    return [`line ${lineId}: ${left} of ${sku} shipped, ${quantity} asked for`];
  });
}

/** The packs, with what is in each; goods of no told pack are in none. */
export function packagesOf(items: readonly MatchedItem[]) {
  const packed = items.filter(({ sscc, trackingNumber }) => (sscc ?? trackingNumber) !== undefined);
  return [...Map.groupBy(packed, ({ sscc, trackingNumber }) => sscc ?? trackingNumber)].map(([, same]) => {
    const { sscc, trackingNumber } = same[0]!;
    return { ...(sscc && { sscc }), ...(trackingNumber && { trackingNumber }), lines: perLine(same) };
  });
}
