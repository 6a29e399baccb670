import { CurrencyCode, type DraftLine } from '@railhead/contracts';
import { addDecimals, extend, isDecimal } from '@railhead/money';
import type { Loop } from '@railhead/x12';
import type { PartnerProfile } from '../partners/partner-profile.js';
import { allowancesOf, isTaxCharge, type AllowanceBase } from './allowance-mapper.js';
import type { FieldTrail } from './field-trail.js';
import { itemOf } from './item-mapper.js';
import { schedulesOf } from './schedule-mapper.js';
import { fitting, plainNumber } from './x12-values.js';

/** PO105: a price for a hundred or a thousand, which read as one for each would be a hundred times too dear. */
const PRICE_FOR: Readonly<Record<string, string>> = { HP: '100', TP: '1000' };

/** A PO1 with what stands below it. Line ids are ours, 1, 2, 3 …; the buyer's number is kept beside to be echoed. */
export function lineOf(loop: Loop, index: number, currency: string, partner: PartnerProfile, trail: FieldTrail): DraftLine {
  const field = `/lines/${index}`;
  trail.mark(field, loop.head);
  const buyerLineId = fitting(trail.take(`${field}/buyerLineId`, loop.head, 1), 40);
  const quantity = quantityOf(loop, field, partner, trail);
  const price = priceOf(loop, field, trail);
  const base = baseOf(quantity.value, price, currency);
  const taxPercent = taxPercentOf(loop, field, trail);
  return {
    lineId: String(index + 1),
    ...(buyerLineId !== undefined && { buyerLineId }),
    item: itemOf(loop, `${field}/item`, trail, partner),
    quantity,
    price,
    allowanceCharges: allowancesOf(loop.body.filter((one) => one.id === 'SAC' && !isTaxCharge(one)), `${field}/allowanceCharges`, base, trail),
    ...(taxPercent !== undefined && { taxPercent }),
    schedules: schedulesOf(loop.body, field, quantity, partner, trail),
    notes: textsOf(loop, field, trail),
    references: referencesOf(loop, field, trail),
  };
}

type LineQuantity = DraftLine['quantity'];

function quantityOf({ head }: Loop, field: string, partner: PartnerProfile, trail: FieldTrail): LineQuantity {
  const value = plainNumber(trail.take(`${field}/quantity/value`, head, 2)) ?? '';
  return { value, ...unitOf(trail.take(`${field}/quantity/unitCode`, head, 3), partner) };
}

/** A unit in our words, with the partner's own where that differs. None at all is each: PO103 may be left out. */
export function unitOf(unit: string | undefined, partner: PartnerProfile): Omit<LineQuantity, 'value'> {
  const unitCode = partner.units[unit ?? 'EA'] ?? unit ?? 'EA';
  return unit === undefined || unit === unitCode ? { unitCode } : { unitCode, sourceUnit: unit };
}

function priceOf({ head, body }: Loop, field: string, trail: FieldTrail): DraftLine['price'] {
  const ctp = body.find(({ id }) => id === 'CTP');
  const elsewhere = trail.peek(head, 4) === undefined && ctp !== undefined;
  const amount = plainNumber(elsewhere ? trail.take(`${field}/price/amount`, ctp, 3) : trail.take(`${field}/price/amount`, head, 4)) ?? '';
  const baseQuantity = PRICE_FOR[trail.peek(head, 5) ?? ''];
  if (baseQuantity !== undefined) trail.take(`${field}/price/baseQuantity`, head, 5);
  return { amount, ...(baseQuantity !== undefined && { baseQuantity }) };
}

/** Zero where it cannot be computed: the schema names the bad number, an allowance need not do it again. */
function baseOf(quantity: string, price: DraftLine['price'], currency: string): AllowanceBase {
  const good = CurrencyCode.safeParse(currency).success && isDecimal(quantity) && isDecimal(price.amount);
  const amount = good ? extend(quantity, price.amount, currency, { baseQuantity: price.baseQuantity ?? '1' }) : { currency, minor: 0 };
  return { currency, amount, quantity };
}

function taxPercentOf({ body }: Loop, field: string, trail: FieldTrail): string | undefined {
  const percents = body
    .filter(({ id }) => id === 'TXI')
    .map((segment) => plainNumber(trail.take(`${field}/taxPercent`, segment, 3)))
    .filter((percent) => percent !== undefined && isDecimal(percent));
  return percents.length === 0 ? undefined : addDecimals(...(percents as string[]));
}

function textsOf({ body }: Loop, field: string, trail: FieldTrail): { text: string }[] {
  const messages = body.filter(({ id }) => id === 'MSG' || id === 'MTX').slice(0, 50);
  return messages.flatMap((segment, index) => {
    const text = trail.take(`${field}/notes/${index}/text`, segment, segment.id === 'MSG' ? 1 : 2);
    return text === undefined ? [] : [{ text }];
  });
}

function referencesOf({ body }: Loop, field: string, trail: FieldTrail): NonNullable<DraftLine['references']> {
  const segments = body.filter(({ id }) => id === 'REF').slice(0, 50);
  return segments.flatMap((segment, index) => {
    const qualifier = trail.read(segment, 1);
    const id = fitting(trail.take(`${field}/references/${index}/id`, segment, 2) ?? trail.read(segment, 3), 80);
    return id === undefined ? [] : [{ type: 'other' as const, id, ...(qualifier !== undefined && { qualifier }) }];
  });
}
