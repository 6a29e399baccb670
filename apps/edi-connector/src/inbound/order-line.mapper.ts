import type { DraftLine } from '@railhead/contracts';
import { extend } from '@railhead/money';
import { element, type Loop, type Segment } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { toAllowanceCharges } from './allowance-charge.mapper.js';
import { ITEM_KINDS, PRICE_BASES } from './codes.js';
import type { Trail } from './trail.js';
import { toDay, toDecimal } from './values.js';

type Schedules = NonNullable<DraftLine['schedules']>;
type ItemField = 'sellersItemId' | 'buyersItemId' | 'manufacturersItemId' | 'standardItemId' | 'lot';

const ITEM_FIELDS: Readonly<Record<string, ItemField>> = {
  seller: 'sellersItemId',
  buyer: 'buyersItemId',
  manufacturer: 'manufacturersItemId',
  standard: 'standardItemId',
  lot: 'lot',
};
/** PO106/07 to PO124/25. */
const FIRST_ID = 6;
const LAST_ID = 24;

/** What a line needs from its surroundings. */
export interface LineContext {
  readonly partner: Pick<Partner, 'units' | 'itemQualifiers'>;
  readonly currency: string;
  /** From 0. */
  readonly index: number;
}

/** A PO1 loop as a line. `undefined` when it cannot be one; the trail has the faults then. */
export function toLine({ head, body }: Loop, context: LineContext, trail: Trail): DraftLine | undefined {
  const at = `/lines/${context.index}`;
  trail.mark(at, head, 1);
  const buyerLineId = trail.take(`${at}/buyerLineId`, head, 1);
  const unit = trail.take(`${at}/quantity/unitCode`, head, 3);
  const quantity = needed(trail.take(`${at}/quantity/value`, head, 2), head, 2, 'a quantity is needed', trail);
  const price = priceOf(head, body, at, trail);
  if (unit === undefined) trail.fault('element-missing', head, 3, 'a unit is needed');
  if (unit === undefined || quantity === undefined || price === undefined) return undefined;

  const value = toDecimal(quantity);
  const amount = { amount: toDecimal(price), ...basisOf(head, at, trail) };
  const goods = extend(value, amount.amount, context.currency, amount);
  const sacs = body.filter(({ id }) => id === 'SAC');
  const allowanceCharges = toAllowanceCharges(
    sacs,
    { currency: context.currency, quantity: value, amount: goods },
    `${at}/allowanceCharges`,
    trail,
  );
  const mapped = context.partner.units[unit];
  const schedules = toSchedules(body, unit, at, trail);
  const notes = notesOf(body, at, trail);
  const taxPercent = trail.take(
    `${at}/taxPercent`,
    body.find(({ id }) => id === 'TXI'),
    3,
  );
  return {
    lineId: String(context.index + 1),
    ...(buyerLineId !== undefined && { buyerLineId }),
    item: itemOf(head, body, context, at, trail),
    quantity: { value, unitCode: mapped ?? unit, ...(mapped !== undefined && { sourceUnit: unit }) },
    price: amount,
    ...(allowanceCharges.length > 0 && { allowanceCharges }),
    ...(taxPercent !== undefined && { taxPercent: toDecimal(taxPercent) }),
    ...(schedules.length > 0 && { schedules }),
    ...(notes.length > 0 && { notes }),
  };
}

function needed(
  value: string | undefined,
  segment: Segment,
  position: number,
  message: string,
  trail: Trail,
): string | undefined {
  if (value === undefined) trail.fault('element-missing', segment, position, message);
  else if (value.startsWith('-')) trail.fault('element-code', segment, position, 'must not be below zero');
  else if (!/^(\d+\.?\d*|\.\d+)$/.test(value)) trail.fault('element-character', segment, position, 'is no number');
  else return value;
  return undefined;
}

/** PO104; some senders leave it empty and give the price in CTP03. */
function priceOf(head: Segment, body: readonly Segment[], at: string, trail: Trail): string | undefined {
  const field = `${at}/price/amount`;
  const ctp = body.find(({ id }) => id === 'CTP');
  const price = trail.take(field, head, 4) ?? trail.take(field, ctp, 3);
  return needed(price, head, 4, 'a price is needed', trail);
}

function basisOf(head: Segment, at: string, trail: Trail): { baseQuantity?: string; source?: 'contract' } {
  const basis = element(head, 5) ?? '';
  const baseQuantity = PRICE_BASES[basis];
  if (baseQuantity !== undefined) trail.mark(`${at}/price/baseQuantity`, head, 5);
  return {
    ...(baseQuantity !== undefined && { baseQuantity }),
    ...(basis === 'TE' && { source: 'contract' as const }),
  };
}

function itemOf(
  head: Segment,
  body: readonly Segment[],
  { partner }: LineContext,
  at: string,
  trail: Trail,
): DraftLine['item'] {
  const item: DraftLine['item'] = {};
  for (let position = FIRST_ID; position <= LAST_ID; position += 2) {
    const qualifier = element(head, position) ?? '';
    const kind = partner.itemQualifiers[qualifier] ?? ITEM_KINDS[qualifier];
    const field = kind === undefined ? undefined : ITEM_FIELDS[kind];
    if (field === undefined || item[field] !== undefined) continue;
    const value = trail.take(`${at}/item/${field}`, head, position + 1);
    if (value !== undefined) item[field] = value;
  }
  const texts = body.filter(({ id }) => id === 'PID');
  const name = trail.take(`${at}/item/name`, texts[0], 5);
  const description = trail.take(`${at}/item/description`, texts[1], 5);
  return { ...item, ...(name !== undefined && { name }), ...(description !== undefined && { description }) };
}

/** SCH: how much of the line is wanted when. */
function toSchedules(body: readonly Segment[], unit: string, at: string, trail: Trail): Schedules {
  const schedules: Schedules = [];
  for (const sch of body.filter(({ id }) => id === 'SCH')) {
    const here = `${at}/schedules/${schedules.length}`;
    const quantity = trail.take(`${here}/quantity/value`, sch, 1);
    const date = trail.take(`${here}/requestedTo`, sch, 6);
    if (quantity === undefined) continue;
    schedules.push({
      scheduleId: String(schedules.length + 1),
      quantity: { value: toDecimal(quantity), unitCode: unit },
      ...(date !== undefined && { requestedTo: toDay(date) }),
    });
  }
  return schedules;
}

/** MSG up to 004xxx, MTX from 005010 on. */
export function notesOf(segments: readonly Segment[], at: string, trail: Trail): { text: string }[] {
  const notes: { text: string }[] = [];
  for (const segment of segments.filter(({ id }) => id === 'MSG' || id === 'MTX')) {
    const text = trail.take(`${at}/notes/${notes.length}/text`, segment, segment.id === 'MSG' ? 1 : 2);
    if (text !== undefined) notes.push({ text: text.slice(0, 2000) });
  }
  return notes;
}
