import type { OrderChanged, OrderRejected, OrderValidated } from '@railhead/contracts';
import { compareDecimals, subtractDecimals } from '@railhead/money';
import { toPurchaseOrderAcknowledgment, type LineOutcome, type SegmentValues } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { echoOf, toX12Day, type AnsweredOrder } from './answered-order.js';
import { toldNotes } from './told-notes.js';
import { toldPrice } from './told-price.js';

/** What an 855 says of an order that is taken. */
export type AcceptedOrder = Pick<OrderValidated['data'], 'currency' | 'backorderAllowed' | 'lines'>;

/** What the warehouse has of each line, by line id; absent: it was not asked, all of it is accepted. */
export type Promised = ReadonlyMap<string, string>;

/**
 * The 855 for an order that is taken. As it was ordered: every line accepted (BAK02 AD). With less than that: what is there
 * is accepted, the rest back-ordered, or refused where the order allows no back-order (AC), or all of it refused (RD).
 */
export function toAcceptance(
  order: AnsweredOrder,
  data: AcceptedOrder,
  at: Date,
  promised?: Promised,
): SegmentValues[] {
  const items = data.lines.map((line) => {
    const { unit, ...echo } = echoOf(order, line);
    const there = promised === undefined ? line.quantity : (promised.get(line.lineId) ?? '0');
    const outcomes = outcomesOf(line.quantity, there, unit, data.backorderAllowed);
    return { lineId: line.lineId, ...echo, quantity: line.quantity, unit, ...toldPrice(line), outcomes };
  });
  const lines = withParts(items);
  const statuses = new Set(items.flatMap(({ outcomes }) => outcomes.map(({ status }) => status)));
  const acknowledgmentType =
    !statuses.has('IB') && !statuses.has('IR') ? 'AD' : statuses.size === 1 && statuses.has('IR') ? 'RD' : 'AC';
  return toPurchaseOrderAcknowledgment({ ...headOf(order, at), acknowledgmentType, currency: data.currency, lines });
}

/**
 * What is sold as a part of a kit is answered below its kit; by itself where the buyer has taken the kit away.
 *
 * @param items - Of the order, by our number: `1.2` is a part of `1`.
 */
function withParts<Item extends { readonly lineId: string }>(items: readonly Item[]) {
  const lineIds = new Set(items.map(({ lineId }) => lineId));
  const kitOf = ({ lineId }: Item): string => lineId.split('.', 1)[0]!;
  const isPart = (item: Item): boolean => kitOf(item) !== item.lineId && lineIds.has(kitOf(item));
  const parts = Map.groupBy(items.filter(isPart), kitOf);
  return items.filter((item) => !isPart(item)).map((item) => ({ ...item, parts: parts.get(item.lineId) ?? [] }));
}

/** The 855 for an order that was changed without an 860, by a copy that somebody accepted: its changed lines as they are now (BAK02 AE). */
export function toAmendment(
  order: AnsweredOrder,
  { lines }: Pick<OrderChanged['data'], 'lines'>,
  at: Date,
): SegmentValues[] {
  return toPurchaseOrderAcknowledgment({
    ...headOf(order, at),
    acknowledgmentType: 'AE',
    lines: lines.map((line) => {
      const { unit, ...echo } = echoOf(order, line);
      const { quantity, buyerLineId: lineNumber } = line;
      const isGone = compareDecimals(quantity, '0') === 0;
      const outcome: LineOutcome = isGone ? { status: 'ID' } : { status: 'IA', quantity, unit };
      const named = lineNumber === undefined ? {} : { lineNumber };
      return { ...named, ...echo, quantity, unit, ...toldPrice(line), outcomes: [outcome] };
    }),
  });
}

function outcomesOf(ordered: string, promised: string, unit: string, backorderAllowed: boolean): LineOutcome[] {
  const short = subtractDecimals(ordered, promised);
  const accepted = { status: 'IA' as const, quantity: promised, unit };
  if (compareDecimals(short, '0') <= 0) return [{ ...accepted, quantity: ordered }];
  const rest = { status: backorderAllowed ? ('IB' as const) : ('IR' as const), quantity: short, unit };
  return compareDecimals(promised, '0') > 0 ? [accepted, rest] : [rest];
}

/** The 855 for an order that is not taken, with the reasons in words (BAK02 RD). Nothing is promised, so no line is repeated. */
export function toRefusal(
  order: AnsweredOrder,
  data: OrderRejected['data'],
  partner: Partner,
  at: Date,
): SegmentValues[] {
  return toPurchaseOrderAcknowledgment({
    ...headOf(order, at),
    acknowledgmentType: 'RD',
    notes: data.withdrawn ? ['withdrawn by the buyer'] : toldNotes(data.reasons.map(({ detail }) => detail)),
    noteSegment: noteSegmentOf(partner),
    lines: [],
  });
}

/** MSG is gone from 005010 on. */
export function noteSegmentOf({ version }: Pick<Partner, 'version'>): 'MSG' | 'MTX' {
  return version >= '005010' ? 'MTX' : 'MSG';
}

function headOf(order: AnsweredOrder, at: Date) {
  return {
    purchaseOrderNumber: order.purchaseOrderNumber,
    purchaseOrderDate: toX12Day(order.issuedOn),
    ...(order.release !== undefined && { releaseNumber: order.release }),
    acknowledgedOn: toX12Day(at.toISOString()),
  };
}
