import type { CanonicalOrder, OrderDraft } from '@railhead/contracts';
import { addDecimals, compareDecimals, formatMinor, parseMinor, percentOf, type Money } from '@railhead/money';
import { pointer, type Loop, type Segment } from '@railhead/x12';
import { allOf, firstOf, type SetParts } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';
import { isNumber, toDecimal } from './values.js';

type Totals = NonNullable<OrderDraft['controlTotals']>;

/** Element 522: the total of the document, and the total of its lines, which stays among the extras. */
const TOTAL = 'TT';
const LINE_TOTAL = '1';
/** CTT02 has ten digits at most; of a longer sum it has the last ones. */
const HASH_MODULUS = 10n ** 10n;

/** Totals as the sender states them: CTT and AMT. Kept and checked, never trusted. */
export function toControlTotals(summary: readonly Segment[], trail: Trail): Totals | undefined {
  const ctt = firstOf(summary, 'CTT');
  const amt = amountIn(summary, TOTAL);
  const lineCount = trail.take('/controlTotals/lineCount', ctt, 1);
  const hashTotal = numberIn(ctt, 2, '/controlTotals/hashTotal', trail);
  const amount = numberIn(amt, 2, '/controlTotals/amount', trail);
  if (amt !== undefined) trail.see(amt, 1);
  if (lineCount === undefined && hashTotal === undefined && amount === undefined) return undefined;
  return {
    ...(lineCount !== undefined && { lineCount: Number(lineCount) }),
    ...(hashTotal !== undefined && { hashTotal }),
    ...(amount !== undefined && { amount }),
  };
}

/** The number of lines that the sender counted. A wrong one may mean lost lines: an error. */
export function checkLineCount(summary: readonly Segment[], po1s: readonly Loop[], trail: Trail): void {
  const ctt = firstOf(summary, 'CTT');
  const stated = valueOf(ctt, 1);
  if (ctt !== undefined && stated !== undefined && Number(stated) !== po1s.length)
    trail.remark('error', 'element-code', ctt, 1, `CTT01 says ${stated} lines, there are ${po1s.length}`);
}

/**
 * The sums that the sender made. They are said in many ways: what differs is a note.
 *
 * @param totalPercent - So far AMT may be from ours without anybody being asked; further off, it is an error. Absent: it
 *   never is one.
 * @returns the order as it goes on: without a total that is near enough, which stays among the extras.
 */
export function checkSums(
  { summary, lines: po1s }: SetParts,
  segments: readonly Segment[],
  order: CanonicalOrder,
  totalPercent: string | undefined,
  trail: Trail,
): CanonicalOrder {
  const ctt = firstOf(summary, 'CTT');
  const hashTotal = order.controlTotals?.hashTotal;
  if (ctt !== undefined && hashTotal !== undefined && !isHashOf(quantitiesOf(po1s), hashTotal))
    trail.remark('note', 'control-total', ctt, 2, `CTT02 says ${hashTotal}, the quantities say otherwise`);
  const amt = amountIn(summary, TOTAL) ?? amountIn(summary, LINE_TOTAL);
  const amount = valueOf(amt, 2);
  if (amt === undefined || amount === undefined || !isNumber(amount)) return order;
  const stated = parseMinor(toDecimal(amount), order.currency).minor;
  const ours = nearestOf(order.totals, stated);
  if (ours.minor === stated) return order;
  const isNear = totalPercent !== undefined && isWithin(totalPercent, ours, stated);
  const severity = totalPercent === undefined || isNear ? 'note' : 'error';
  trail.remark(severity, 'control-total', amt, 2, `AMT02 says ${amount}, the lines come to ${formatMinor(ours)}`);
  return isNear ? withoutTotal(order, pointer(segments, amt, 2), amount) : order;
}

/** With or without tax and charges, whichever is meant. */
function nearestOf({ payable, ...others }: CanonicalOrder['totals'], stated: number): Money {
  const sums = [others.taxInclusive, others.taxExclusive, others.lineExtension];
  return sums.reduce((best, sum) => (distance(sum, stated) < distance(best, stated) ? sum : best), payable);
}

/** An element that is not mapped stays under its place. */
function withoutTotal(order: CanonicalOrder, place: string, stated: string): CanonicalOrder {
  const { amount, ...controlTotals } = order.controlTotals ?? {};
  if (amount === undefined) return order; // AMT*1, which is among them already
  const { '/controlTotals/amount': _, ...fields } = order.provenance.fields;
  const extras = { ...order.extras, [place]: stated };
  return { ...order, controlTotals, extras, provenance: { ...order.provenance, fields } };
}

const distance = ({ minor }: Money, stated: number): number => Math.abs(minor - stated);

function isWithin(percent: string, ours: Money, stated: number): boolean {
  const allowed = percentOf(String(Math.abs(ours.minor)), percent);
  return compareDecimals(String(distance(ours, stated)), allowed) <= 0;
}

const amountIn = (summary: readonly Segment[], code: string): Segment | undefined =>
  allOf(summary, 'AMT').find((segment) => valueOf(segment, 1) === code);

/** A total that is no number is soft too: it stays among the extras. */
function numberIn(segment: Segment | undefined, position: number, field: string, trail: Trail): string | undefined {
  const text = valueOf(segment, position);
  if (text === undefined || !isNumber(text)) return undefined;
  return toDecimal(trail.take(field, segment, position)!);
}

const quantitiesOf = (po1s: readonly Loop[]): string[] => po1s.map(({ head }) => toDecimal(valueOf(head, 2) ?? '0'));

/**
 * Whether a total is that of some quantities: their sum, as most senders have it, or the sum of their digits without dots,
 * as the standard has it.
 *
 * @see ASC X12, data element 347
 */
export function isHashOf(quantities: readonly string[], stated: string): boolean {
  if (compareDecimals(stated, addDecimals('0', ...quantities)) === 0) return true;
  const digits = quantities.reduce((sum, quantity) => sum + BigInt(quantity.replace('.', '')), 0n);
  return !stated.includes('.') && digits % HASH_MODULUS === BigInt(stated);
}
