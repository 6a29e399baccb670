import { fitText, Sourced } from '@railhead/connector-kit';
import { multiplyDecimals, subtractMoney } from '@railhead/money';
import type { OrderDraft } from '@railhead/contracts';
import { sumOf } from '../domain/net-of-tax.js';
import { isTip, quantityOf } from './line.mapper.js';
import type { ShopifyOrder, ShopifyShippingLine } from './shopify.schemas.js';

type Charge = NonNullable<OrderDraft['allowanceCharges']>[number];

/** What is owed beside the goods: shipping after its discounts, the tip, duties and fees. Free shipping is no charge. */
export function toCharges(order: ShopifyOrder): Sourced<Charge[]> {
  const shipping = order.shipping_lines.flatMap((line, index) =>
    line.is_removed === true ? [] : [toFreight(line, order, `/shipping_lines/${index}`)],
  );
  const charges = [...shipping, ...toTip(order), ...toDuties(order)].filter(
    (charge) => charge.value.amount.minor !== 0,
  );
  return Sourced.list(charges);
}

function toFreight(line: ShopifyShippingLine, order: ShopifyOrder, at: string): Sourced<Charge> {
  const { currency } = order;
  const discounted = subtractMoney(
    sumOf(currency, [line.price]),
    sumOf(
      currency,
      line.discount_allocations.map((one) => one.amount),
    ),
  );
  const amount = order.taxes_included
    ? subtractMoney(
        discounted,
        sumOf(
          currency,
          line.tax_lines.map((tax) => tax.price),
        ),
      )
    : discounted;
  const reason = fitText(line.title ?? line.code ?? 'Shipping', 200) || 'Shipping';
  return Sourced.of<Charge>({ isCharge: true, reasonCode: 'FC', reason, amount }, { '': at }); // UNCL 7161: freight
}

/** Given at the checkout it is a line too, and the total of the tips says it once more. */
function toTip(order: ShopifyOrder): Sourced<Charge>[] {
  const tips = order.line_items.filter(isTip);
  if (tips.length > 0) {
    const amounts = tips.map((item) => multiplyDecimals(item.price, quantityOf(item)));
    return [
      Sourced.of<Charge>(
        { isCharge: true, reason: 'Tip', amount: sumOf(order.currency, amounts) },
        { '': '/line_items' },
      ),
    ];
  }
  if (order.total_tip_received == null) return [];
  const amount = sumOf(order.currency, [order.total_tip_received]);
  return [Sourced.of<Charge>({ isCharge: true, reason: 'Tip', amount }, { '': '/total_tip_received' })];
}

function toDuties(order: ShopifyOrder): Sourced<Charge>[] {
  const { currency, current_total_duties_set: duties, current_total_additional_fees_set: fees } = order;
  const charge = (reason: string, amount: string, at: string): Sourced<Charge> =>
    Sourced.of<Charge>({ isCharge: true, reason, amount: sumOf(currency, [amount]) }, { '': at });
  return [
    ...(duties && order.duties_included !== true
      ? [charge('Duties', duties.shop_money.amount, '/current_total_duties_set')]
      : []),
    ...(fees ? [charge('Additional fees', fees.shop_money.amount, '/current_total_additional_fees_set')] : []),
  ];
}
