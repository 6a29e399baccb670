import type { OrderDraft } from '@railhead/contracts';
import { addMoney, extend, isCurrency } from '@railhead/money';
import type { Loop, Segment } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { PURPOSES, SALES_CONDITIONS } from './codes.js';
import { datesOf, toClocks } from './dates.mapper.js';
import { allOf, firstOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';
import { toDecimal } from './values.js';

type Delivery = NonNullable<OrderDraft['delivery']>;
export type Purpose = (typeof PURPOSES)[string];

/** BEG01. */
export function toPurpose(beg: Segment | undefined, trail: Trail): Purpose {
  const code = trail.take('/purpose', beg, 1) ?? '';
  const purpose = PURPOSES[code];
  if (purpose === undefined && beg !== undefined)
    trail.fault('element-code', beg, 1, `an order with purpose ${code} is not taken`);
  return purpose ?? 'original';
}

/** The first CUR counts, also where a sender puts it behind a line. */
export function toCurrency([first, ...others]: readonly Segment[], partner: Partner, trail: Trail): string | undefined {
  const currency = trail.take('/currency', first, 2)?.toUpperCase() ?? partner.currency;
  if (first !== undefined) trail.see(first, 1);
  for (const other of others) {
    trail.see(other, 1, 2);
    if (valueOf(other, 2) !== valueOf(first, 2)) trail.fault('element-code', other, 2, 'an order has one currency');
  }
  if (isCurrency(currency)) return currency;
  if (first !== undefined) trail.fault('element-code', first, 2, `unknown currency ${currency}`);
  return undefined;
}

/** Dates, carrier and service level; `cancelAfterOn` stands beside, where the order has it. */
export function toDelivery(
  header: readonly Segment[],
  shipTo: Loop | undefined,
  trail: Trail,
): { delivery?: Delivery; cancelAfterOn?: string } {
  const fields = (clock: string): string[] => [clock === 'cancelAfterOn' ? '/cancelAfterOn' : `/delivery/${clock}`];
  const { cancelAfterOn, ...wanted } = toClocks(datesOf(allOf(header, 'DTM')), fields, trail);
  // some senders say how to ship below the place to ship to
  const td5 = firstOf(header, 'TD5') ?? firstOf(shipTo?.body ?? [], 'TD5');
  const delivery = { ...wanted, ...toCarrier(td5, trail) };
  return {
    ...(Object.keys(delivery).length > 0 && { delivery }),
    ...(cancelAfterOn !== undefined && { cancelAfterOn }),
  };
}

/** TD502, whose code it is: that of all carriers. Another stays among the extras. */
const SCAC = '2';

/** TD5: a code of the carrier, else its name or the route in words. */
function toCarrier(td5: Segment | undefined, trail: Trail): Pick<Delivery, 'carrier' | 'serviceLevel'> {
  if (td5 === undefined) return {};
  const carrier = trail.take('/delivery/carrier', td5, 3) ?? trail.take('/delivery/carrier', td5, 5);
  if (valueOf(td5, 3) !== undefined && valueOf(td5, 2) === SCAC) trail.see(td5, 2);
  const serviceLevel = trail.take('/delivery/serviceLevel', td5, 12);
  return { ...(carrier !== undefined && { carrier }), ...(serviceLevel !== undefined && { serviceLevel }) };
}

/** CSH: may we send a part, may we send the rest later. A code we do not know stays among the extras. */
export function toSalesConditions(
  header: readonly Segment[],
  trail: Trail,
): Pick<OrderDraft, 'partialDeliveryAllowed' | 'backorderAllowed'> {
  const csh = allOf(header, 'CSH').find((segment) => valueOf(segment, 1) !== undefined);
  const conditions = SALES_CONDITIONS[valueOf(csh, 1) ?? ''];
  if (csh === undefined || conditions === undefined) return {};
  for (const field of Object.keys(conditions)) trail.mark(`/${field}`, csh, 1);
  return conditions;
}

/** FOB: who pays the freight, and from where on. */
export function toDeliveryTerms(header: readonly Segment[], trail: Trail): OrderDraft['deliveryTerms'] {
  const fob = firstOf(header, 'FOB');
  if (fob === undefined) return undefined;
  const freightPayment = trail.take('/deliveryTerms/freightPayment', fob, 1);
  const location = trail.take('/deliveryTerms/location', fob, 3);
  const incoterm = trail.take('/deliveryTerms/incoterm', fob, 5);
  return {
    ...(freightPayment !== undefined && { freightPayment }),
    ...(location !== undefined && { location }),
    ...(incoterm !== undefined && { incoterm }),
  };
}

/** TXI of the whole order; line taxes are rates and are computed. */
export function toTax(header: readonly Segment[], currency: string, trail: Trail): Pick<OrderDraft, 'tax'> {
  const amounts = allOf(header, 'TXI')
    .map((txi) => trail.take('/totals/tax', txi, 2))
    .filter((amount) => amount !== undefined)
    .map((amount) => extend('1', toDecimal(amount), currency));
  return amounts.length === 0 ? {} : { tax: amounts.reduce((sum, amount) => addMoney(sum, amount)) };
}
