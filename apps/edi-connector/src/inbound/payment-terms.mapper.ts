import type { OrderDraft } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import { DUE_DATE_BASES } from './codes.js';
import { valueOf, type Trail } from './trail.js';
import { toDecimal } from './values.js';

type Terms = NonNullable<OrderDraft['paymentTerms']>;
type Discount = NonNullable<Terms['discounts']>[number];

const AT = '/paymentTerms';
const DISCOUNTS_MAX = 5;
/** `NET 90`, `2% 10 NET 30`, `1/15 NET 30 DAYS`: said in words only, and in no other meaning. */
const IN_WORDS = /^(?:(\d{1,2}(?:\.\d{1,3})?) ?[%/] ?(\d{1,3})(?: DAYS)?,? )?NET ?(\d{1,3})(?: DAYS)?$/i;

/** ITD: when to pay, and what is given for paying early. Days that no element states are read from the text where it says nothing else. */
export function toPaymentTerms(itds: readonly Segment[], trail: Trail): Terms | undefined {
  const [first] = itds;
  if (first === undefined) return undefined;
  const code = trail.take(`${AT}/code`, first, 1);
  const basis = DUE_DATE_BASES[valueOf(first, 2) ?? ''];
  if (basis !== undefined) trail.mark(`${AT}/dueDateBasis`, first, 2);
  const netDays = netDaysOf(itds, trail);
  const discounts = discountsOf(itds, trail);
  const text = trail.take(`${AT}/text`, first, 12);
  const said = netDays === undefined && discounts.length === 0 ? saidIn(text, first, trail) : undefined;
  return {
    ...(code !== undefined && { code }),
    ...(netDays !== undefined && { netDays }),
    ...(basis !== undefined && { dueDateBasis: basis }),
    discounts,
    ...said,
    ...(text !== undefined && { text }),
  };
}

/** The first that names net days. */
function netDaysOf(itds: readonly Segment[], trail: Trail): number | undefined {
  for (const itd of itds) {
    const days = trail.take(`${AT}/netDays`, itd, 7);
    if (days !== undefined) return Number(days);
  }
  return undefined;
}

function discountsOf(itds: readonly Segment[], trail: Trail): Discount[] {
  const discounts: Discount[] = [];
  for (const itd of itds) {
    const percent = valueOf(itd, 3);
    const days = valueOf(itd, 5);
    if (percent === undefined || days === undefined || discounts.length === DISCOUNTS_MAX) continue;
    trail.mark(`${AT}/discounts/${discounts.length}/percent`, itd, 3);
    trail.mark(`${AT}/discounts/${discounts.length}/days`, itd, 5);
    discounts.push({ percent: toDecimal(percent), days: Number(days) });
  }
  return discounts;
}

function saidIn(
  text: string | undefined,
  itd: Segment,
  trail: Trail,
): Pick<Terms, 'netDays' | 'discounts'> | undefined {
  const [, percent, days, net] = IN_WORDS.exec(text ?? '') ?? [];
  if (net === undefined) return undefined;
  trail.mark(`${AT}/netDays`, itd, 12);
  if (percent === undefined || days === undefined) return { netDays: Number(net) };
  trail.mark(`${AT}/discounts/0`, itd, 12);
  return { netDays: Number(net), discounts: [{ percent: toDecimal(percent), days: Number(days) }] };
}
