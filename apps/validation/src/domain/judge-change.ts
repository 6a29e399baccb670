import type { LineAnswer, LineChange, OrderChangeRequested, Reason, ValidatedLine } from '@railhead/contracts';
import { compareDecimals, shortestDecimal } from '@railhead/money';
import type { OrderFacts, ProductFacts } from './facts.js';
import { isNothingLeft, worthOf, type LineTerms } from './line-terms.js';
import { overTheLimit } from './over-the-limit.js';
import { priceObjection } from './price-objection.js';

/** An order as a change finds it. */
export interface ChangeableOrder {
  readonly state: 'validated' | 'held' | 'rejected';
  readonly currency: string;
  /** With the changes that are under way; absent: from before changes were possible. */
  readonly lines: readonly LineTerms[] | undefined;
  /** Without them: what the credit in use is for. Absent: none is under way. */
  readonly made?: readonly LineTerms[] | undefined;
  /** The buyer's number of the last change; 0 before the first. */
  readonly lastSequence: number;
}

type Change = Pick<OrderChangeRequested['data'], 'sequence' | 'changes' | 'requestedOn'>;

/** What validation thinks of a change: it may be made (as far as it is accepted), or nothing of it. */
export type ChangeVerdict =
  | { readonly kind: 'refused'; readonly reasons: readonly Reason[]; readonly answers: readonly LineAnswer[] }
  | {
      readonly kind: 'possible';
      /** The changed lines as they are to be. */
      readonly changed: readonly LineTerms[];
      /** All lines, with the changed ones. */
      readonly lines: readonly LineTerms[];
      readonly answers: readonly LineAnswer[];
    };

/**
 * Judges a change line by line: what of it can be made is accepted, the rest refused, each with its reason. An order that
 * is held is judged again as a whole afterwards, so its prices and its credit are not looked at here.
 */
export function judgeChange(order: ChangeableOrder, change: Change, facts: OrderFacts): ChangeVerdict {
  const objection = objectionToAll(order, change, facts) ?? (isCancelled(order) ? CANCELLED : undefined);
  if (objection !== undefined || order.lines === undefined) return refuseAll(change, objection ?? TOO_OLD);

  const lines = new Map(order.lines.map((line) => [line.lineId, line]));
  const touched = new Set<string>();
  const answers = change.changes.map((wish) => {
    const wanted = wantedLine(wish, lines, order, facts);
    if ('code' in wanted) return answerOf(wish, lines, wanted);
    lines.set(wanted.lineId, wanted);
    touched.add(wanted.lineId);
    return { ...answerOf(wish, lines), lineId: wanted.lineId };
  });
  const after = [...lines.values()];
  if (touched.size === 0 && change.requestedOn === undefined)
    return { kind: 'refused', reasons: reasonsIn(answers), answers };
  if (isNothingLeft(after)) return refuseAll(change, NOTHING_LEFT);
  const credit = order.state === 'held' ? undefined : creditObjection(order, order.made ?? order.lines, after, facts);
  if (credit !== undefined) return refuseAll(change, credit);
  return { kind: 'possible', changed: after.filter(({ lineId }) => touched.has(lineId)), lines: after, answers };
}

const TOO_OLD: Reason = { code: 'TOO_OLD', detail: 'the order was taken before orders could be changed' };
const NOTHING_LEFT: Reason = { code: 'NOTHING_LEFT', detail: 'no line would be left; cancel the order instead' };
const CANCELLED: Reason = { code: 'CANCELLED', detail: 'the order was cancelled' };

/** No change takes the last line away. */
function isCancelled({ lines }: ChangeableOrder): boolean {
  return lines !== undefined && isNothingLeft(lines);
}

function objectionToAll(
  { state, lastSequence }: ChangeableOrder,
  { sequence }: Change,
  facts: OrderFacts,
): Reason | undefined {
  if (state === 'rejected') return { code: 'NOT_AN_ORDER', detail: 'the order was rejected' };
  if (sequence > 0 && sequence <= lastSequence)
    return { code: 'STALE', detail: `change ${sequence} comes after change ${lastSequence}, which was taken before` };
  if (facts.customer === undefined) return { code: 'UNKNOWN_CUSTOMER', detail: 'the buyer has no account with us' };
  return undefined;
}

function refuseAll({ changes }: Change, reason: Reason): ChangeVerdict {
  const answers = changes.map((wish) => answerOf(wish, new Map(), reason));
  return { kind: 'refused', reasons: [reason], answers };
}

function reasonsIn(answers: readonly LineAnswer[]): Reason[] {
  const reasons = answers.flatMap(({ reason }) => reason ?? []).slice(0, 20);
  return reasons.length > 0 ? reasons : [{ code: 'NO_CHANGE', detail: 'nothing is to be changed' }];
}

function answerOf(wish: LineChange, lines: ReadonlyMap<string, LineTerms>, reason?: Reason): LineAnswer {
  const buyerLineId = wish.buyerLineId ?? lines.get(wish.lineId)?.buyerLineId;
  return {
    lineId: wish.lineId,
    ...(buyerLineId !== undefined && { buyerLineId }),
    action: wish.action,
    accepted: reason === undefined,
    ...(reason !== undefined && { reason }),
  };
}

type Lines = ReadonlyMap<string, LineTerms>;

/** The line as the wish wants it, or why it cannot be. */
function wantedLine(wish: LineChange, lines: Lines, order: ChangeableOrder, facts: OrderFacts): LineTerms | Reason {
  if (wish.action === 'add') return addedLine(wish, lines, order, facts);
  const line = lines.get(wish.lineId) ?? onlyNamed(lines, wish);
  const name = `line ${wish.buyerLineId ?? wish.lineId}`;
  if (line === undefined) return { code: 'UNKNOWN_LINE', detail: `${name} is not one line of the order` };
  if (compareDecimals(line.quantity, '0') === 0)
    return { code: 'LINE_GONE', detail: `${name} was deleted or cancelled before` };
  const isMeasured = wish.action === 'quantity' || wish.action === 'price';
  if (wish.unitCode !== undefined && isMeasured && wish.unitCode !== line.unitCode)
    return { code: 'UNIT_MISMATCH', detail: `${name} is ordered in ${line.unitCode}, not in ${wish.unitCode}` };
  switch (wish.action) {
    case 'delete':
      return { ...line, quantity: '0' };
    case 'quantity':
      return withQuantity(line, wish, name);
    case 'price':
      return withPrice(line, wish, name, order, facts);
    case 'date':
      return { code: 'ONE_DATE', detail: `${name}: an order is wanted on one day; change the date of the whole order` };
  }
}

/** Of two lines with the same number of the buyer nobody guesses which is meant. */
function onlyNamed(lines: Lines, wish: LineChange): LineTerms | undefined {
  const [line, ...others] = [...lines.values()].filter((one) => isNamed(one, wish));
  return others.length === 0 ? line : undefined;
}

function isNamed({ buyerLineId }: LineTerms, wish: LineChange): boolean {
  return buyerLineId !== undefined && buyerLineId === wish.buyerLineId;
}

/** Quantities are absolute. "More" that is less may be meant as the difference: nobody guesses. */
function withQuantity(line: LineTerms, { quantity, direction }: LineChange, name: string): LineTerms | Reason {
  if (quantity === undefined) return { code: 'NO_QUANTITY', detail: `${name}: no quantity is given` };
  const order = compareDecimals(quantity, line.quantity);
  if (direction === 'increase' ? order < 0 : direction === 'decrease' && order > 0)
    return {
      code: 'DIRECTION',
      detail: `${name}: ${direction} from ${line.quantity} to ${quantity}; give the new quantity`,
    };
  return { ...line, quantity: shortestDecimal(quantity) };
}

function withPrice(
  line: LineTerms,
  { price, priceBase }: LineChange,
  name: string,
  { state }: ChangeableOrder,
  facts: OrderFacts,
): LineTerms | Reason {
  if (price === undefined) return { code: 'NO_PRICE', detail: `${name}: no price is given` };
  const wanted = {
    ...line,
    amount: shortestDecimal(price),
    ...(priceBase !== undefined && { baseQuantity: priceBase }),
  };
  const objection = state === 'held' ? undefined : priceObjection(`${name}: ${line.sku}`, wanted, facts);
  return objection === undefined ? wanted : { code: 'PRICE_MISMATCH', detail: objection };
}

function addedLine(wish: LineChange, lines: Lines, { state }: ChangeableOrder, facts: OrderFacts): LineTerms | Reason {
  const name = `line ${wish.buyerLineId ?? wish.lineId}`;
  const product = productFor(wish, facts);
  if ([...lines.values()].some((one) => isNamed(one, wish)))
    return { code: 'KNOWN_LINE', detail: `${name} is a line of the order already` };
  if (product?.sellable !== true)
    return { code: 'UNKNOWN_PRODUCT', detail: `${name}: no product of ours that is sold` };
  const unitCode = wish.unitCode ?? product.unitCode;
  if (unitCode !== product.unitCode)
    return { code: 'UNIT_MISMATCH', detail: `${name}: ${product.sku} is sold in ${product.unitCode}` };
  const list = facts.priceOf(product.sku);
  const amount = wish.price ?? list?.amount;
  if (wish.quantity === undefined || compareDecimals(wish.quantity, '0') <= 0 || amount === undefined)
    return { code: 'NO_QUANTITY', detail: `${name}: a quantity and a price are needed` };
  const line: LineTerms = {
    lineId: nextLineId(lines),
    ...(wish.buyerLineId !== undefined && { buyerLineId: wish.buyerLineId }),
    sku: product.sku,
    quantity: shortestDecimal(wish.quantity),
    unitCode,
    amount: shortestDecimal(amount),
    ...baseOf(wish, list),
  };
  const objection = state === 'held' ? undefined : priceObjection(`${name}: ${product.sku}`, line, facts);
  return objection === undefined ? line : { code: 'PRICE_MISMATCH', detail: objection };
}

/** A price of the buyer's is for as many as the buyer says, ours for as many as our list does. */
function baseOf({ price, priceBase }: LineChange, list: { readonly baseQuantity: string } | undefined) {
  const baseQuantity = price === undefined ? list?.baseQuantity : priceBase;
  return baseQuantity === undefined ? {} : { baseQuantity };
}

function productFor({ item = {} }: LineChange, facts: OrderFacts): ProductFacts | undefined {
  for (const id of [item.sellersItemId, item.standardItemId, item.manufacturersItemId, item.buyersItemId]) {
    const found = id === undefined ? [] : facts.productsBy(id);
    if (found.length === 1) return found[0];
  }
  return undefined;
}

function nextLineId(lines: Lines): string {
  const numbers = [...lines.keys()].map(Number).filter(Number.isSafeInteger);
  return String(numbers.reduce((highest, number) => (number > highest ? number : highest), lines.size) + 1);
}

function creditObjection(
  { currency }: ChangeableOrder,
  before: readonly LineTerms[],
  after: readonly LineTerms[],
  { customer }: OrderFacts,
): Reason | undefined {
  const more = worthOf(after, currency) - worthOf(before, currency);
  if (customer === undefined || more <= 0) return undefined;
  const left = customer.creditLimitMinor - customer.exposureMinor;
  if (customer.currency === currency && more <= left) return undefined;
  return overTheLimit({ currency, minor: more }, 'more', { currency: customer.currency, minor: left });
}

/** A line as the stages after validation know it. */
export function toValidatedLine(line: LineTerms, names: (sku: string) => ProductFacts | undefined): ValidatedLine {
  const { lineId, buyerLineId, sku, quantity, unitCode, amount, baseQuantity } = line;
  const product = names(sku);
  return {
    lineId,
    ...(buyerLineId !== undefined && { buyerLineId }),
    sku,
    ...(product !== undefined && { description: product.name.slice(0, 200) }),
    quantity,
    unitCode,
    unitPrice: amount,
    ...(baseQuantity !== undefined && { baseQuantity }),
    ...(product?.taxPercent !== undefined && product.taxPercent !== null && { taxPercent: product.taxPercent }),
  };
}
