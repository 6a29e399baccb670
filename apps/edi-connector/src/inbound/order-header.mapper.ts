import type { OrderDraft } from '@railhead/contracts';
import { element, type Segment } from '@railhead/x12';
import { DATES, DUE_DATE_BASES, REFERENCES, SALES_CONDITIONS } from './codes.js';
import type { Trail } from './trail.js';
import { toDay, toDecimal } from './values.js';

type Terms = NonNullable<OrderDraft['paymentTerms']>;
type Delivery = NonNullable<OrderDraft['delivery']>;
type References = NonNullable<OrderDraft['references']>;

/** ITD: when to pay, and what is given for paying early. Only the first names the days. */
export function toPaymentTerms(header: readonly Segment[], trail: Trail): Terms | undefined {
  const itds = header.filter(({ id }) => id === 'ITD');
  const [first] = itds;
  if (first === undefined) return undefined;
  const code = trail.take('/paymentTerms/code', first, 1);
  const basis = DUE_DATE_BASES[trail.take('/paymentTerms/dueDateBasis', first, 2) ?? ''];
  const netDays = trail.take('/paymentTerms/netDays', first, 7);
  const text = trail.take('/paymentTerms/text', first, 12);
  const discounts = itds.flatMap((itd) => discountOf(itd, trail));
  return {
    ...(code !== undefined && { code }),
    ...(netDays !== undefined && { netDays: Number(netDays) }),
    ...(basis !== undefined && { dueDateBasis: basis }),
    discounts: discounts.slice(0, 5).map((discount, n) => marked(discount, n, trail)),
    ...(text !== undefined && { text }),
  };
}

interface Discount {
  readonly itd: Segment;
  readonly percent: string;
  readonly days: number;
}

function discountOf(itd: Segment, trail: Trail): Discount[] {
  const percent = element(itd, 3);
  const days = element(itd, 5);
  trail.done(itd);
  return percent === undefined || days === undefined ? [] : [{ itd, percent: toDecimal(percent), days: Number(days) }];
}

function marked({ itd, percent, days }: Discount, n: number, trail: Trail): { percent: string; days: number } {
  trail.mark(`/paymentTerms/discounts/${n}/percent`, itd, 3);
  trail.mark(`/paymentTerms/discounts/${n}/days`, itd, 5);
  return { percent, days };
}

/** Dates, carrier and service level; `cancelAfterOn` stands beside, where the order has it. */
export function toDelivery(header: readonly Segment[], trail: Trail): { delivery?: Delivery; cancelAfterOn?: string } {
  const dates: Partial<Record<(typeof DATES)[string], string>> = {};
  for (const dtm of header.filter(({ id }) => id === 'DTM')) {
    const what = DATES[element(dtm, 1) ?? ''];
    if (what === undefined || dates[what] !== undefined) continue;
    const field = what === 'cancelAfterOn' ? '/cancelAfterOn' : `/delivery/${what}`;
    const date = trail.take(field, dtm, 2);
    if (date !== undefined) dates[what] = toDay(date, element(dtm, 5)?.length === 2 ? element(dtm, 5) : undefined);
  }
  const { cancelAfterOn, ...wanted } = dates;
  const td5 = header.find(({ id }) => id === 'TD5');
  const carrier = trail.take('/delivery/carrier', td5, 3) ?? trail.take('/delivery/carrier', td5, 5);
  const serviceLevel = trail.take('/delivery/serviceLevel', td5, 12);
  const delivery = {
    ...wanted,
    ...(carrier !== undefined && { carrier }),
    ...(serviceLevel !== undefined && { serviceLevel }),
  };
  return {
    ...(Object.keys(delivery).length > 0 && { delivery }),
    ...(cancelAfterOn !== undefined && { cancelAfterOn }),
  };
}

/** CSH: may we send a part, may we send the rest later. A code we do not know stays among the extras. */
export function toSalesConditions(
  header: readonly Segment[],
  trail: Trail,
): Pick<OrderDraft, 'partialDeliveryAllowed' | 'backorderAllowed'> {
  const csh = header.find((segment) => segment.id === 'CSH' && element(segment, 1) !== undefined);
  const conditions = SALES_CONDITIONS[element(csh, 1) ?? ''];
  if (csh === undefined || conditions === undefined) return {};
  for (const field of Object.keys(conditions)) trail.mark(`/${field}`, csh, 1);
  return conditions;
}

/** FOB: who pays the freight, and from where on. */
export function toDeliveryTerms(header: readonly Segment[], trail: Trail): OrderDraft['deliveryTerms'] {
  const fob = header.find(({ id }) => id === 'FOB');
  const freightPayment = trail.take('/deliveryTerms/freightPayment', fob, 1);
  const location = trail.take('/deliveryTerms/location', fob, 3);
  const incoterm = trail.take('/deliveryTerms/incoterm', fob, 5);
  if (fob === undefined) return undefined;
  return {
    ...(freightPayment !== undefined && { freightPayment }),
    ...(location !== undefined && { location }),
    ...(incoterm !== undefined && { incoterm }),
  };
}

/** REF: the numbers of other papers. */
export function toReferences(header: readonly Segment[], trail: Trail): References {
  const references: References = [];
  for (const ref of header.filter(({ id }) => id === 'REF')) {
    const qualifier = element(ref, 1) ?? '';
    const id = trail.take(`/references/${references.length}/id`, ref, 2);
    if (id !== undefined && qualifier !== '')
      references.push({ type: REFERENCES[qualifier] ?? 'other', id, qualifier });
  }
  return references.slice(0, 200);
}

/** Totals as the sender states them: CTT and AMT*TT. Kept and checked, never trusted. */
export function toControlTotals(segments: readonly Segment[], trail: Trail): OrderDraft['controlTotals'] {
  const ctt = segments.find(({ id }) => id === 'CTT');
  const amt = segments.find((segment) => segment.id === 'AMT' && element(segment, 1) === 'TT');
  const lineCount = trail.take('/controlTotals/lineCount', ctt, 1);
  const hashTotal = trail.take('/controlTotals/hashTotal', ctt, 2);
  const amount = trail.take('/controlTotals/amount', amt, 2);
  if (lineCount === undefined && hashTotal === undefined && amount === undefined) return undefined;
  return {
    ...(lineCount !== undefined && { lineCount: Number(lineCount) }),
    ...(hashTotal !== undefined && { hashTotal: toDecimal(hashTotal) }),
    ...(amount !== undefined && { amount: toDecimal(amount) }),
  };
}
