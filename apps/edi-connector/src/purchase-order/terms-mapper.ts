import type { OrderDraft } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import type { FieldTrail } from './field-trail.js';
import { fitting, isoDate, plainNumber } from './x12-values.js';

type Delivery = NonNullable<OrderDraft['delivery']>;

const DUE_BASIS: Readonly<Record<string, 'invoice-date' | 'ship-date' | 'delivery-date' | 'receipt-date'>> = {
  '1': 'ship-date',
  '2': 'delivery-date',
  '3': 'invoice-date',
  '15': 'receipt-date',
};

/** ITD: when what is due, and what paying early saves. */
export function paymentTermsOf(segment: Segment | undefined, trail: FieldTrail): OrderDraft['paymentTerms'] {
  if (segment === undefined) return undefined;
  const code = trail.take('/paymentTerms/code', segment, 1);
  const basis = DUE_BASIS[trail.take('/paymentTerms/dueDateBasis', segment, 2) ?? ''];
  const percent = plainNumber(trail.take('/paymentTerms/discounts/0/percent', segment, 3));
  const days = whole(trail.take('/paymentTerms/discounts/0/days', segment, 5));
  const netDays = whole(trail.take('/paymentTerms/netDays', segment, 7));
  const text = fitting(trail.take('/paymentTerms/text', segment, 12), 500);
  return {
    discounts: percent !== undefined && days !== undefined ? [{ percent, days }] : [],
    ...(code !== undefined && { code }),
    ...(basis !== undefined && { dueDateBasis: basis }),
    ...(netDays !== undefined && { netDays }),
    ...(text !== undefined && { text }),
  };
}

function whole(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,4}$/.test(text) ? Number(text) : undefined;
}

/** DTM01 to what the date means for us. */
const DATES: Readonly<Record<string, readonly ('requestedFrom' | 'requestedTo' | 'requestedDespatchOn' | 'cancelAfterOn')[]>> = {
  '002': ['requestedFrom', 'requestedTo'],
  '010': ['requestedDespatchOn'],
  '037': ['requestedDespatchOn'],
  '063': ['requestedTo'],
  '064': ['requestedFrom'],
  '106': ['requestedTo'],
  '001': ['cancelAfterOn'],
  '175': ['cancelAfterOn'],
};

/** Dates and carrier of the whole order. */
export function deliveryOf(dates: readonly Segment[], td5: Segment | undefined, trail: FieldTrail): Pick<OrderDraft, 'delivery' | 'cancelAfterOn'> {
  const delivery: Delivery = {};
  let cancelAfterOn: string | undefined;
  for (const segment of dates) {
    for (const name of DATES[trail.peek(segment, 1) ?? ''] ?? []) {
      const field = name === 'cancelAfterOn' ? '/cancelAfterOn' : `/delivery/${name}`;
      const on = isoDate(trail.take(field, segment, 2), trail.read(segment, 5));
      if (name === 'cancelAfterOn') cancelAfterOn ??= on;
      else delivery[name] ??= on;
    }
  }
  delivery.carrier = fitting(trail.take('/delivery/carrier', td5, 3) ?? trail.take('/delivery/carrier', td5, 5), 60);
  delivery.serviceLevel = fitting(trail.take('/delivery/serviceLevel', td5, 12), 60);
  const given = Object.fromEntries(Object.entries(delivery).filter(([, value]) => value !== undefined)) as Delivery;
  return { ...(Object.keys(given).length > 0 && { delivery: given }), ...(cancelAfterOn !== undefined && { cancelAfterOn }) };
}

/** FOB: who pays the freight, and the Incoterm. */
export function deliveryTermsOf(segment: Segment | undefined, trail: FieldTrail): OrderDraft['deliveryTerms'] {
  if (segment === undefined) return undefined;
  const freightPayment = fitting(trail.take('/deliveryTerms/freightPayment', segment, 1), 20);
  const location = fitting(trail.take('/deliveryTerms/location', segment, 3), 120);
  const incoterm = fitting(trail.take('/deliveryTerms/incoterm', segment, 5), 20);
  return { ...(freightPayment && { freightPayment }), ...(location && { location }), ...(incoterm && { incoterm }) };
}
