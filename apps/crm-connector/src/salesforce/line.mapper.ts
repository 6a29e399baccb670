import { fitText, Sourced } from '@railhead/connector-kit';
import type { DraftLine } from '@railhead/contracts';
import { compareDecimals, extend, parseMinor, percentOf, type Money } from '@railhead/money';
import type { LineItem } from './salesforce.schemas.js';

const EACH = 'EA'; // Salesforce states no unit
const NAME_MAX = 200;

/** What names the product: its stock keeping unit, or else its code, which an admin may not have kept apart. */
export function skuOf(item: LineItem): string | undefined {
  return [item.Product2?.StockKeepingUnit, item.Product2?.ProductCode, item.ProductCode]
    .map((code) => code?.trim())
    .find((code) => code !== undefined && code !== '');
}

/**
 * A line of a deal.
 *
 * @param number - Its number on our order, from 1; the deal's own id of it is kept in the extras.
 * @param at - Where it stands, e.g. `/OpportunityLineItems/records/0`.
 * @throws RangeError when a number of it is none, or out of range.
 */
export function toLine(item: LineItem, currency: string, number: number, at: string): Sourced<DraftLine> {
  const quantity = { value: item.Quantity, unitCode: EACH };
  const discount = discountOf(item, currency);
  const name = item.Product2?.Name?.trim();
  const line: DraftLine = {
    lineId: String(number),
    item: { sellersItemId: skuOf(item) ?? '', ...(name && { name: fitText(name, NAME_MAX) }) },
    quantity,
    price: { amount: item.UnitPrice },
    ...(discount && { allowanceCharges: [discount] }),
    ...(item.ServiceDate && { schedules: [{ scheduleId: '1', quantity, requestedTo: item.ServiceDate }] }),
  };
  return Sourced.of(line, {
    '/lineId': at,
    '/item/sellersItemId': `${at}/${item.Product2?.StockKeepingUnit?.trim() ? 'Product2/StockKeepingUnit' : 'Product2/ProductCode'}`,
    '/item/name': `${at}/Product2/Name`,
    '/quantity/value': `${at}/Quantity`,
    '/quantity/unitCode': 'a deal states no unit',
    '/price/amount': `${at}/UnitPrice`,
    '/allowanceCharges/0': `${at}/Discount`,
    '/schedules/0': `${at}/ServiceDate`,
  });
}

/**
 * The percentage off the line. Salesforce rounds once, after taking it off, where a percentage of an amount is rounded by
 * itself: a cent may lie between the two, and then what Salesforce says of the line counts.
 */
function discountOf(item: LineItem, currency: string): NonNullable<DraftLine['allowanceCharges']>[number] | undefined {
  if (item.Discount == null || compareDecimals(item.Discount, '0') === 0) return undefined;
  const base = extend(item.Quantity, item.UnitPrice, currency);
  const amount: Money = { currency, minor: parseMinor(percentOf(String(base.minor), item.Discount), 'JPY').minor }; // JPY: already minor units
  const named = { isCharge: false, reasonCode: '95', reason: 'Discount' }; // UNCL 5189: discount
  const stated = item.TotalPrice == null ? amount.minor : base.minor - parseMinor(item.TotalPrice, currency).minor;
  if (stated < 0 || Math.abs(stated - amount.minor) !== 1) return { ...named, percent: item.Discount, base, amount };
  return { ...named, reason: `Discount ${item.Discount} %`, amount: { currency, minor: stated } };
}
