import type { DraftLine } from '@railhead/contracts';
import type { Loop, Segment } from '@railhead/x12';
import { PARTS } from './codes.js';
import type { Echo, MappedLines } from './echo.js';
import { describe, placedNumbers, toItem, type Naming } from './item.mapper.js';
import { LINE } from './line-field.js';
import { quantityOf, toPrice } from './price.mapper.js';
import { toQuantity } from './unit.mapper.js';
import { valueOf, type Trail } from './trail.js';
import { toDecimal } from './values.js';

const FIRST_ID = 9;

/** The line that parts belong to. */
export interface Kit {
  readonly lineId: string;
  readonly naming: Naming;
  /** Of the first part, from 0. */
  readonly line: number;
}

/**
 * SLN loops as lines below their kit. What is in the kit's price costs nothing by itself, so that the total stays that of the
 * PO1s; a part that is added (SLN03 A) has its own. Deleted and substituted parts are no parts; they stay among the extras.
 */
export function toKitLines(loops: readonly Loop[], kit: Kit, trail: Trail): MappedLines {
  const lines: DraftLine[] = [];
  const echoes: Echo[] = [];
  for (const loop of loops) {
    const line = toPart(loop, kit, lines.length, trail);
    if (line === undefined) continue;
    lines.push(line);
    if (PARTS[valueOf(loop.head, 3) ?? 'I'] === 'added') echoes.push(echoOf(loop.head, line));
  }
  return { lines, echoes };
}

/** A part that is sold has answers of its own, in the buyer's words. */
function echoOf(sln: Segment, { lineId, buyerLineId, quantity }: DraftLine): Echo {
  const ids = placedNumbers(sln, FIRST_ID).map(({ qualifier, value }) => ({ qualifier, value }));
  return { lineId, buyerLineId, unit: quantity.sourceUnit ?? quantity.unitCode, ids };
}

function toPart({ head, body }: Loop, kit: Kit, index: number, trail: Trail): DraftLine | undefined {
  const line = kit.line + index;
  const role = PARTS[valueOf(head, 3) ?? 'I'];
  if (role === undefined || valueOf(head, 4) === undefined) return undefined;
  const buyerLineId = trail.take(LINE.buyerLineId, head, 1, line);
  const quantity = quantityOf(trail.take(LINE.quantity, head, 4, line), head, 4, trail);
  const unit = trail.takePart(LINE.unit, head, 5, 1, line);
  if (unit === undefined) trail.fault('element-missing', head, 5, 'a unit is needed');
  const place = { segment: head, position: 6 };
  const price = role === 'added' ? toPrice(place, body, unit ?? '', trail, line) : { amount: '0' };
  if (quantity === undefined || unit === undefined || price === undefined) return undefined;
  trail.mark(LINE.parentLineId, head, 3, line);
  if (kit.naming.units[unit] !== undefined) trail.mark(LINE.sourceUnit, head, 5, line);
  const item = toItem(head, placedNumbers(head, FIRST_ID), kit.naming, trail, line);
  describe(body, item, trail, line);
  return {
    lineId: `${kit.lineId}.${index + 1}`,
    ...(buyerLineId !== undefined && { buyerLineId }),
    item,
    quantity: toQuantity(toDecimal(quantity), unit, kit.naming),
    price,
    parentLineId: kit.lineId,
  };
}
