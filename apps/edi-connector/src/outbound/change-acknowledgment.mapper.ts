import type { LineAnswer, ValidatedLine } from '@railhead/contracts';
import { toOrderChangeAcknowledgment, type AcknowledgedChange, type SegmentValues } from '@railhead/x12';
import type { AskedChange, OrderChangeDocument } from '../inbound/order-change.mapper.js';
import type { Partner } from '../partners/partner.js';
import { toX12Day, type AnsweredOrder } from './answered-order.js';
import { noteSegmentOf } from './order-acknowledgment.mapper.js';
import { toldNotes } from './told-notes.js';
import { toldPrice } from './told-price.js';
import { toldUnit } from './told-unit.js';

/** What became of a change: how its lines are now, and the answer to each wish, in the order of the wishes. */
export interface ChangeOutcome {
  readonly lines: readonly ValidatedLine[];
  readonly answers: readonly LineAnswer[];
  /** Why nothing of it was made; empty when something was. */
  readonly reasons: readonly { readonly detail: string }[];
}

type Change = AcknowledgedChange['change'];

/** POC02 as an 865 may repeat it; other codes of a changed line are told as CA. */
const ECHOED: ReadonlySet<string> = new Set<Change>([
  'AI',
  'CA',
  'DI',
  'QD',
  'QI',
  'PC',
  'PQ',
  'PR',
  'RS',
  'CT',
  'RZ',
  'NC',
]);

/** The 865 for a change: AD all of it was made, AC a part, RD nothing; each line with its own answer, reasons in words. */
export function toChangeAcknowledgment(
  order: AnsweredOrder,
  document: OrderChangeDocument,
  outcome: ChangeOutcome,
  partner: Partner,
  at: Date,
): SegmentValues[] {
  const answered = withAnswers(document.lines, outcome.answers);
  const refused = outcome.answers.filter(({ accepted }) => !accepted);
  const isRefused = outcome.reasons.length > 0;
  const notes = [
    ...outcome.reasons.map(({ detail }) => detail),
    ...refused.flatMap(({ reason }) => reason?.detail ?? []),
    ...unreadOf(document),
  ];
  return toOrderChangeAcknowledgment({
    ...headOf(order, document, at),
    ...(isRefused ? {} : datesOf(document)),
    acknowledgmentType: isRefused ? 'RD' : refused.length > 0 ? 'AC' : 'AD',
    notes: toldNotes(notes),
    noteSegment: noteSegmentOf(partner),
    lines: answered.map(({ asked, answers }) =>
      lineOf({ ...order, units: partner.units }, asked, answers, isRefused, outcome.lines),
    ),
  });
}

/** The buyer must not believe that terms or days were changed that an 860 of theirs named. */
function unreadOf({ surplus }: OrderChangeDocument): string[] {
  const unread = surplus?.unread ?? [];
  return unread.length === 0 ? [] : [`NOT CHANGED BY THIS 860: ${unread.join(', ')}`];
}

/** The day that was taken: to leave (010), or to be there (002). */
function datesOf({ requestedOn, toLeave }: OrderChangeDocument) {
  if (requestedOn === undefined) return {};
  return { dates: [{ qualifier: toLeave === true ? '010' : '002', on: toX12Day(requestedOn) }] };
}

/** The 865 for a cancellation: carried out (AT), or refused with the reasons in words (RD). */
export function toCancelAcknowledgment(
  order: AnsweredOrder,
  document: OrderChangeDocument,
  partner: Partner,
  at: Date,
  refusedFor: readonly string[] = [],
): SegmentValues[] {
  return toOrderChangeAcknowledgment({
    ...headOf(order, document, at),
    acknowledgmentType: refusedFor.length === 0 ? 'AT' : 'RD',
    notes: toldNotes(refusedFor),
    noteSegment: noteSegmentOf(partner),
    lines: [],
  });
}

function headOf(order: AnsweredOrder, { sequence }: OrderChangeDocument, at: Date) {
  return {
    purchaseOrderNumber: order.purchaseOrderNumber,
    purchaseOrderDate: toX12Day(order.issuedOn),
    ...(order.release !== undefined && { releaseNumber: order.release }),
    ...(sequence > 0 && { changeSequence: String(sequence) }),
    acknowledgedOn: toX12Day(at.toISOString()),
  };
}

function withAnswers(lines: readonly AskedChange[], answers: readonly LineAnswer[]) {
  let next = 0;
  return lines.map((asked) => {
    const own = answers.slice(next, next + asked.wishes.length);
    next += asked.wishes.length;
    return { asked, answers: own };
  });
}

function lineOf(
  order: AnsweredOrder,
  asked: AskedChange,
  answers: readonly LineAnswer[],
  isRefused: boolean,
  lines: readonly ValidatedLine[],
): AcknowledgedChange {
  const now = lines.find(({ lineId }) => lineId === answers[0]?.lineId);
  const echo = order.echoes.find(({ lineId }) => lineId === answers[0]?.lineId);
  const unit = asked.unit ?? echo?.unit ?? toldUnit(now?.unitCode ?? 'EA', order.units);
  const quantity = asked.quantity ?? now?.quantity;
  const status = statusOf(asked, answers, isRefused);
  const price = asked.unitPrice === undefined ? now && toldPrice(now) : askedPrice(asked);
  return {
    ...(asked.buyerLineId !== undefined && { lineNumber: asked.buyerLineId }),
    change: (ECHOED.has(asked.code) ? asked.code : 'CA') as Change,
    ...(quantity !== undefined && { quantity }),
    unit,
    ...price,
    ids:
      asked.ids.length > 0
        ? asked.ids
        : (echo?.ids ?? (now === undefined ? [] : [{ qualifier: 'VP', value: now.sku }])),
    outcomes: [status === 'IA' && quantity !== undefined ? { status, quantity, unit } : { status }],
  };
}

function askedPrice({ unitPrice, priceBasis }: AskedChange) {
  return { ...(unitPrice !== undefined && { unitPrice }), ...(priceBasis !== undefined && { priceBasis }) };
}

/** A line of which one wish was met and another not is accepted with changes: the words say which. */
function statusOf(
  { code }: AskedChange,
  answers: readonly LineAnswer[],
  isRefused: boolean,
): 'IA' | 'IC' | 'ID' | 'IR' {
  const met = answers.filter(({ accepted }) => accepted).length;
  if (isRefused || (answers.length > 0 && met === 0)) return 'IR';
  if (met < answers.length) return 'IC';
  return code === 'DI' ? 'ID' : 'IA';
}
