import { completeOrder, type CanonicalOrder, type OrderDraft, type OrderLine } from '@railhead/contracts';
import { rateBeside } from '@railhead/money';
import type { LineTerms } from './line-terms.js';
import { withoutDays } from './wanted-days.js';

/**
 * A held order as its buyer changed it. Lines that are gone leave it, totals follow from the lines, and what the sender had
 * stated of the old ones (control totals, schedules that no longer add up) goes with them. A day for the whole order takes
 * the place of every day that was named before.
 *
 * @param lines - All lines, with the changed ones.
 * @param toLeave - Whether it is wanted to leave on that day, not to be there.
 * @param ownRateOf - The rate of tax of what a line is about; one that is added is taxed as those beside it.
 * @returns `undefined` when the change makes no order of it.
 */
export function changeHeldOrder(
  order: CanonicalOrder,
  lines: readonly LineTerms[],
  requestedOn: string | undefined,
  toLeave = false,
  ownRateOf: (lineId: string) => string | undefined = () => undefined,
): CanonicalOrder | undefined {
  const day = toLeave ? 'requestedDespatchOn' : 'requestedTo';
  const { schemaVersion: _v, orderId: _i, businessKey: _k, totals, controlTotals: _c, ...kept } = order;
  if (lines.some((line) => isSplitAnew(line, order.lines))) return undefined;
  const known = new Map(order.lines.map((line) => [line.lineId, line]));
  const rates = order.lines.map(({ taxPercent }) => taxPercent);
  const isTaxed = rates.some((rate) => rate !== undefined);
  const draft: OrderDraft = {
    ...kept,
    lines: lines
      .filter(({ quantity }) => quantity !== '0')
      .map((line) => {
        const before = known.get(line.lineId);
        return before === undefined
          ? addedLine(line, rateBeside(rates, ownRateOf(line.lineId)))
          : changedLine(line, before, requestedOn !== undefined);
      }),
    ...(requestedOn !== undefined && { delivery: { ...withoutDays(order.delivery ?? {}), [day]: requestedOn } }),
    ...(!isTaxed && totals.tax.minor !== 0 && { tax: totals.tax }),
    ...(totals.prepaid !== undefined && { prepaid: totals.prepaid }),
  };
  const completed = completeOrder(draft);
  return completed.ok ? completed.order : undefined;
}

/** A line for several stores changes its quantity: how much goes where is not said. */
function isSplitAnew({ lineId, quantity }: LineTerms, lines: readonly OrderLine[]): boolean {
  const line = lines.find((one) => one.lineId === lineId);
  const isSplit = line?.schedules.some(({ shipTo }) => shipTo !== undefined) === true;
  return isSplit && quantity !== '0' && quantity !== line.quantity.value;
}

function addedLine(terms: LineTerms, taxPercent: string | undefined): OrderDraft['lines'][number] {
  const { lineId, buyerLineId, sku, quantity, unitCode } = terms;
  return {
    lineId,
    ...(buyerLineId !== undefined && { buyerLineId }),
    item: { sellersItemId: sku },
    quantity: { value: quantity, unitCode },
    price: priceOf(terms),
    ...(taxPercent !== undefined && { taxPercent }),
  };
}

function priceOf({ amount, baseQuantity }: LineTerms): OrderDraft['lines'][number]['price'] {
  return { amount, ...(baseQuantity !== undefined && { baseQuantity }) };
}

/** @param onOneDay - The whole order is wanted on one day now: its parts have none of their own any more. */
function changedLine(terms: LineTerms, line: OrderLine, onOneDay: boolean): OrderDraft['lines'][number] {
  const { lineExtensionAmount: _amount, schedules, ...kept } = line;
  const parts = partsOf(schedules, line.quantity.value, terms.quantity);
  return {
    ...kept,
    quantity: { ...line.quantity, value: terms.quantity },
    price: { ...line.price, ...priceOf(terms) },
    schedules: onOneDay ? parts.map((part) => withoutDays(part)) : parts,
  };
}

/** Of another quantity, a line keeps the day of its only part; how much of it is for which of several is not known any more. */
function partsOf(schedules: OrderLine['schedules'], before: string, quantity: string): OrderLine['schedules'] {
  if (before === quantity) return schedules;
  return schedules.length === 1
    ? schedules.map((only) => ({ ...only, quantity: { ...only.quantity, value: quantity } }))
    : [];
}
