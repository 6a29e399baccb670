import type { CanonicalOrder, LineChange, OrderLine } from '@railhead/contracts';
import { copyDifferences, pairedLines, WHOLE_LINE, type Difference } from './file/copy-differences.js';

/** What the order that counts would have to become for the other copy to be true; or what of it no change can bring about. */
export type CopyAsChange =
  | { readonly ok: true; readonly changes: readonly LineChange[] }
  | { readonly ok: false; readonly beyond: readonly string[] };

const MERE_NAMES = /( name| description| contact \S+)$/;
const FURTHER_NAMES = / (identifiers|tax ids) | item /;
const CHANGEABLE = /^line \S+ (schedules \d+ )?(quantity|price amount)$/;

/** The other copy as a change of the order: quantities, prices, lines that come and go. Whether it can be made is for the stages to say. */
export function copyAsChange(counted: CanonicalOrder, other: CanonicalOrder): CopyAsChange {
  const beyond = copyDifferences(counted, other).filter((one) => !isWithinAChange(one) && !isMereWords(one));
  if (beyond.length > 0) return { ok: false, beyond: beyond.map(({ at }) => at) };
  return { ok: true, changes: pairedLines(counted, other).flatMap(({ was, is }) => changesOf(was, is)) };
}

/** A whole line, its quantity or its price; and the day the paper was written changes nothing. */
function isWithinAChange({ at }: Difference): boolean {
  return WHOLE_LINE.test(at) || CHANGEABLE.test(at) || at === 'issued on';
}

/** What somebody or something is called, or a name of it that only one copy gives: the order stays as it is described. */
function isMereWords({ at, was, is }: Difference): boolean {
  return MERE_NAMES.test(at) || ((was === null || is === null) && FURTHER_NAMES.test(at));
}

function changesOf(was: OrderLine | undefined, is: OrderLine | undefined): LineChange[] {
  if (was === undefined) return is === undefined ? [] : [addition(is)];
  if (is === undefined) return [{ ...named(was), action: 'delete' }];
  const changes: LineChange[] = [];
  const { value, unitCode } = is.quantity;
  if (was.quantity.value !== value || was.quantity.unitCode !== unitCode)
    changes.push({ ...named(was), action: 'quantity', quantity: value, unitCode });
  if (was.price.amount !== is.price.amount) changes.push({ ...named(was), action: 'price', price: is.price.amount });
  return changes;
}

function addition({ lineId, buyerLineId, item, quantity, price }: OrderLine): LineChange {
  const { value, unitCode } = quantity;
  const name = (buyerLineId ?? lineId).slice(0, 20); // ours it is given when it is made
  return {
    ...named({ lineId: name, buyerLineId }),
    action: 'add',
    item,
    quantity: value,
    unitCode,
    price: price.amount,
    ...(price.baseQuantity !== undefined && { priceBase: price.baseQuantity }),
  };
}

function named({
  lineId,
  buyerLineId,
}: Pick<OrderLine, 'lineId' | 'buyerLineId'>): Pick<LineChange, 'lineId' | 'buyerLineId'> {
  return { lineId, ...(buyerLineId !== undefined && { buyerLineId }) };
}
