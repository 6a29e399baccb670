import { OrderChanged, OrderValidated, type CanonicalOrder, type ValidatedLine } from '@railhead/contracts';
import { extend, formatMinor, parseMinor, percentOf, rateBeside, type Money } from '@railhead/money';
import { factsOf, type Fact } from '../fact.js';
import { changedLines } from './lines.js';

type Terms = Pick<ValidatedLine, 'lineId' | 'quantity' | 'unitPrice' | 'baseQuantity' | 'taxPercent'>;

/**
 * What the order comes to: as it was validated, before that as it was captured, moved by what changes made of its lines, with
 * their taxes and allowances. Amounts that belong to the whole order stay.
 */
export function totalOf(story: readonly Fact[], order: CanonicalOrder | undefined): Money | null {
  if (order === undefined) return null;
  const validated = factsOf(story, OrderValidated)[0]?.data;
  const total = validated?.total ?? order.totals.payable;
  const before = new Map((validated?.lines ?? order.lines.map(termsOf)).map((line) => [line.lineId, line]));
  const after = withChanges(story, before);
  const worth = (lines: ReadonlyMap<string, Terms>): number =>
    [...lines.values()].reduce((sum, line) => sum + worthOf(line, order), 0);
  return after === before ? total : { ...total, minor: total.minor + worth(after) - worth(before) };
}

function termsOf({ lineId, quantity, price, taxPercent }: CanonicalOrder['lines'][number]): Terms {
  return { lineId, quantity: quantity.value, unitPrice: price.amount, baseQuantity: price.baseQuantity, taxPercent };
}

/** Changes tell lines as they are afterwards. A line keeps its rate of tax, and its price where that is not changed; one that is added is taxed as those beside it. */
function withChanges(story: readonly Fact[], before: ReadonlyMap<string, Terms>): ReadonlyMap<string, Terms> {
  const changes = factsOf(story, OrderChanged).sort((one, other) => one.data.revision - other.data.revision);
  if (changes.length === 0) return before;
  const rates = [...before.values()].map(({ taxPercent }) => taxPercent);
  const after = new Map(before);
  for (const { line, isRepriced } of changes.flatMap(changedLines)) {
    const known = after.get(line.lineId);
    const taxPercent = known === undefined ? rateBeside(rates, line.taxPercent) : known.taxPercent;
    const { unitPrice, baseQuantity } = (isRepriced ? undefined : known) ?? line;
    after.set(line.lineId, { ...line, unitPrice, baseQuantity, taxPercent });
  }
  return after;
}

function worthOf({ lineId, quantity, unitPrice, baseQuantity, taxPercent }: Terms, order: CanonicalOrder): number {
  const { currency } = order;
  if (Number(quantity) === 0) return 0;
  const own = order.lines.find((line) => line.lineId === lineId)?.allowanceCharges ?? [];
  const goods = extend(quantity, unitPrice, currency, baseQuantity === undefined ? {} : { baseQuantity }).minor;
  const net = own.reduce((sum, { isCharge, amount }) => sum + (isCharge ? amount.minor : -amount.minor), goods);
  if (taxPercent === undefined) return net;
  return net + parseMinor(percentOf(formatMinor({ currency, minor: net }), taxPercent), currency).minor;
}
