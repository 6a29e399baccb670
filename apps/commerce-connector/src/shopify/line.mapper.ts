import { fitText, Sourced } from '@railhead/connector-kit';
import type { DraftLine } from '@railhead/contracts';
import { addDecimals, multiplyDecimals } from '@railhead/money';
import { netLine } from '../domain/net-of-tax.js';
import { noteTextsOf } from './attributes.js';
import type { ShopifyLineItem, ShopifyOrder } from './shopify.schemas.js';

const EACH = 'EA'; // a shop sells pieces
const NAME_MAX = 200;
const NOTES_MAX = 50;

/** What is wanted of a line now: edits and refunds lower `current_quantity`, never `quantity`. */
export function quantityOf(item: ShopifyLineItem): string {
  return addDecimals(item.current_quantity ?? item.quantity);
}

/** Whether some of a line was taken off again. Its discounts and taxes are stated for all of it still. */
export function isReduced(item: ShopifyLineItem): boolean {
  return quantityOf(item) !== addDecimals(item.quantity);
}

/** A tip is written as a line, though nothing is to be sent. */
export function isTip(item: ShopifyLineItem): boolean {
  return item.tip_payment_gateway !== undefined;
}

/** Whether the shop has sent goods of it already, or a part of them. */
export function isSent(item: ShopifyLineItem): boolean {
  return item.requires_shipping !== false && ['fulfilled', 'partial'].includes(item.fulfillment_status ?? '');
}

/**
 * A line of the order.
 *
 * @param number - Its number on our order, from 1; the shop has none, only a long id, which is kept in the extras.
 * @param at - Where it stands, e.g. `/line_items/0`.
 * @throws RangeError when a number of it is out of range.
 */
export function toLine(item: ShopifyLineItem, order: ShopifyOrder, number: number, at: string): Sourced<DraftLine> {
  const quantity = quantityOf(item);
  const { unitPrice, discount } = netLine({
    quantity,
    ordered: addDecimals(item.quantity),
    price: item.price,
    discounts: item.discount_allocations.map((allocation) => allocation.amount),
    taxes: item.tax_lines.map((tax) => tax.price),
    taxesIncluded: order.taxes_included,
    currency: order.currency,
  });
  const taxPercent = percentOf(item);
  const notes = noteTextsOf(item.properties).slice(0, NOTES_MAX);
  const line: DraftLine = {
    lineId: String(number),
    item: { sellersItemId: item.sku ?? '', ...(item.title && { name: fitText(item.title, NAME_MAX) }) },
    quantity: { value: quantity, unitCode: EACH },
    price: { amount: unitPrice },
    ...(discount.minor !== 0 && {
      allowanceCharges: [{ isCharge: false, reasonCode: '95', reason: reasonOf(item, order), amount: discount }],
    }),
    ...(taxPercent !== undefined && { taxPercent }),
    ...(notes.length > 0 && { notes: notes.map((text) => ({ text })) }),
    ...(item.requires_shipping === false && { fulfilmentType: 'digital' as const }),
  };
  return Sourced.of(line, {
    '/lineId': at,
    '/item/sellersItemId': `${at}/sku`,
    '/item/name': `${at}/title`,
    '/quantity/value': item.current_quantity == null ? `${at}/quantity` : `${at}/current_quantity`,
    '/quantity/unitCode': 'a shop sells pieces',
    '/price/amount': `${at}/price`,
    '/allowanceCharges/0': `${at}/discount_allocations`,
    '/taxPercent': `${at}/tax_lines`,
    '/notes': `${at}/properties`,
    '/fulfilmentType': `${at}/requires_shipping`,
  });
}

/** Sum of the rates, as per cent. Undefined when a tax names no rate: then the percentage is not known. */
function percentOf(item: ShopifyLineItem): string | undefined {
  if (item.tax_lines.length === 0 || item.tax_lines.some((tax) => tax.rate == null)) return undefined;
  return multiplyDecimals(addDecimals(...item.tax_lines.map((tax) => tax.rate!)), '100');
}

/** UNCL 5189 code 95 is a discount; the shop's own words for it are kept beside. */
function reasonOf(item: ShopifyLineItem, order: ShopifyOrder): string {
  const words = item.discount_allocations.map(({ discount_application_index: index }) => {
    const application = index == null ? undefined : order.discount_applications[Number(index)];
    return application?.code ?? application?.title ?? application?.description ?? 'Discount';
  });
  return [...new Set(words)].join(', ').slice(0, 200);
}
