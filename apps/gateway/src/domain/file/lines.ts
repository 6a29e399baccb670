import {
  InvoiceIssued,
  OrderAllocated,
  OrderBackordered,
  OrderCancelled,
  OrderChanged,
  OrderValidated,
  ShipmentDelivered,
  ShipmentDispatched,
  repricedLines,
  type CanonicalOrder,
  type ValidatedLine,
} from '@railhead/contracts';
import { addDecimals, compareDecimals, subtractDecimals } from '@railhead/money';
import { factsOf, type Fact } from '../fact.js';
import type { FileLine } from './order-file.js';

type Quantities = Pick<
  FileLine,
  'ordered' | 'cancelled' | 'allocated' | 'backordered' | 'shipped' | 'delivered' | 'invoiced'
>;
type Ordered = Omit<FileLine, Exclude<keyof Quantities, 'ordered'>>;
interface Part {
  readonly lineId: string;
  readonly quantity: string;
}

/** The lines with their quantity buckets. Lines as validation resolved them, before that as the sender wrote them. */
export function linesOf(story: readonly Fact[], order: CanonicalOrder | undefined): FileLine[] {
  const moved = movementsOf(story);
  return orderedLines(story, order).map((line) => {
    const cancelled = sumFor(line.lineId, moved.cancelled);
    const shipped = sumFor(line.lineId, moved.shipped);
    const allocated = lastTold(story, OrderAllocated.type, line.lineId); // with what has shipped
    const unpromised = subtractDecimals(subtractDecimals(line.ordered, cancelled), larger(allocated, shipped));
    return {
      ...line,
      cancelled,
      allocated,
      backordered: notBelowZero(smaller(lastTold(story, OrderBackordered.type, line.lineId), unpromised)),
      shipped,
      delivered: sumFor(line.lineId, moved.delivered),
      invoiced: sumFor(line.lineId, moved.invoiced),
    };
  });
}

function orderedLines(story: readonly Fact[], order: CanonicalOrder | undefined): Ordered[] {
  const validated = factsOf(story, OrderValidated)[0]?.data.lines;
  if (validated !== undefined) return withChanges(story, validated.map(orderedLine));
  return withChanges(
    story,
    (order?.lines ?? []).map((line) => ({
      lineId: line.lineId,
      buyerLineId: line.buyerLineId,
      sku: line.item.sellersItemId,
      description: line.item.description ?? line.item.name,
      unitCode: line.quantity.unitCode,
      unitPrice: line.price.amount,
      ordered: line.quantity.value,
    })),
  );
}

function orderedLine({ lineId, buyerLineId, sku, description, unitCode, unitPrice, quantity }: ValidatedLine): Ordered {
  return { lineId, buyerLineId, sku, description, unitCode, unitPrice, ordered: quantity };
}

/** Lines as changes made them. Changes tell lines as they are afterwards, so in the order of revisions the last one counts. */
function withChanges(story: readonly Fact[], lines: readonly Ordered[]): Ordered[] {
  const now = new Map(lines.map((line) => [line.lineId, line]));
  const changes = factsOf(story, OrderChanged).sort((one, other) => one.data.revision - other.data.revision);
  for (const { line, isRepriced } of changes.flatMap(changedLines)) {
    const before = now.get(line.lineId);
    const unitPrice = (isRepriced ? undefined : before?.unitPrice) ?? line.unitPrice;
    now.set(line.lineId, { ...orderedLine(line), unitPrice, description: line.description ?? before?.description });
  }
  return [...now.values()];
}

/** The lines of a change, and whether it gave them another price. */
export function changedLines({ data }: OrderChanged): { line: ValidatedLine; isRepriced: boolean }[] {
  const repriced = repricedLines(data.answers);
  return data.lines.map((line) => ({ line, isRepriced: repriced.has(line.lineId) }));
}

/** Goods that moved. A shipment is dispatched once and an invoice issued once, whatever number of events say so. */
function movementsOf(story: readonly Fact[]): Record<'cancelled' | 'shipped' | 'delivered' | 'invoiced', Part[]> {
  const dispatched = firstPer(factsOf(story, ShipmentDispatched), (fact) => fact.data.shipmentId);
  const arrived = new Set(factsOf(story, ShipmentDelivered).map((fact) => fact.data.shipmentId));
  const invoices = firstPer(factsOf(story, InvoiceIssued), (fact) => fact.data.invoiceId);
  return {
    cancelled: factsOf(story, OrderCancelled).flatMap((fact) => fact.data.lines),
    shipped: dispatched.flatMap((fact) => fact.data.lines),
    delivered: dispatched.filter((fact) => arrived.has(fact.data.shipmentId)).flatMap((fact) => fact.data.lines),
    invoiced: invoices.flatMap((fact) => fact.data.lines),
  };
}

/** What a line was last said to have. Fulfillment tells absolute quantities, and only of lines for which they changed. */
function lastTold(story: readonly Fact[], type: string, lineId: string): string {
  const facts = story.filter((fact): fact is OrderAllocated | OrderBackordered => fact.type === type);
  return facts.flatMap((fact) => fact.data.lines).findLast((line) => line.lineId === lineId)?.quantity ?? '0';
}

/** The first of each, in the order of the story. */
export function firstPer<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}

function sumFor(lineId: string, parts: readonly Part[]): string {
  return addDecimals(...parts.filter((part) => part.lineId === lineId).map((part) => part.quantity));
}

function smaller(left: string, right: string): string {
  return compareDecimals(left, right) <= 0 ? left : right;
}

function larger(left: string, right: string): string {
  return compareDecimals(left, right) >= 0 ? left : right;
}

function notBelowZero(value: string): string {
  return larger(value, '0');
}
