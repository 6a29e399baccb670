import type { DraftLine } from '@railhead/contracts';
import { addDecimals, extend } from '@railhead/money';
import type { Loop, Segment } from '@railhead/x12';
import { toAllowanceCharges } from './allowance-charge.mapper.js';
import type { MappedLines } from './echo.js';
import { describe, placedNumbers, toItem, type Naming } from './item.mapper.js';
import { toKitLines } from './kit.mapper.js';
import { LINE } from './line-field.js';
import { toNotes, toReferences } from './note.mapper.js';
import type { Places } from './place.mapper.js';
import { quantityOf, toPrice } from './price.mapper.js';
import { toSchedules } from './schedule.mapper.js';
import { allOf, sectionsOf, type Sections } from './set-parts.js';
import type { Trail } from './trail.js';
import { toQuantity } from './unit.mapper.js';
import { toDecimal } from './values.js';

/** PO106/07 to PO124/25. */
const FIRST_ID = 6;
const NOTES_MAX = 50;
const REFERENCES_MAX = 50;

/** What the lines need from their surroundings. */
export interface LineContext {
  readonly naming: Naming;
  readonly currency: string;
  readonly places: Places;
}

/** PO1 loops as lines, each with the parts of its kit behind it. A loop that cannot be a line is left out; the trail has the faults then. */
export function toLines(po1s: readonly Loop[], context: LineContext, trail: Trail): MappedLines {
  const lines: DraftLine[] = [];
  const echoes: MappedLines['echoes'] = [];
  po1s.forEach((loop, index) => addLine(loop, String(index + 1), { lines, echoes }, context, trail));
  return { lines, echoes };
}

function addLine(
  { head, body }: Loop,
  lineId: string,
  { lines, echoes }: MappedLines,
  { naming, currency, places }: LineContext,
  trail: Trail,
): void {
  const line = lines.length;
  const sections = sectionsOf(body);
  const buyerLineId = trail.take(LINE.buyerLineId, head, 1, line);
  const ordered = quantityOf(trail.take(LINE.quantity, head, 2, line), head, 2, trail);
  const unit = trail.take(LINE.unit, head, 3, line);
  if (unit === undefined) trail.fault('element-missing', head, 3, 'a unit is needed');
  const price = toPrice({ segment: head, position: 4 }, sections.own, unit ?? '', trail, line);
  const numbers = placedNumbers(head, FIRST_ID);
  echoes.push({
    lineId,
    buyerLineId,
    unit: unit ?? 'EA',
    ids: numbers.map(({ qualifier, value }) => ({ qualifier, value })),
  });
  const item = toItem(head, numbers, naming, trail, line);
  describe(sections.own, item, trail, line);
  if (unit === undefined || ordered === undefined || price === undefined) return;

  const quantity = toQuantity(toDecimal(ordered), unit, naming);
  if (quantity.sourceUnit !== undefined) trail.mark(LINE.sourceUnit, head, 3, line);
  const draft: DraftLine = { lineId, ...(buyerLineId !== undefined && { buyerLineId }), item, quantity, price };
  if (!isPlain(body)) addMore(draft, sections, { currency, line }, trail);
  if (!isPlain(body) || places.areSeveral) {
    const schedules = toSchedules(sections, { head, quantity, unit, places, line }, trail);
    if (schedules.length > 0) draft.schedules = schedules;
  }
  const kit = toKitLines(sections.parts, { lineId, naming, line: line + 1 }, trail);
  lines.push(draft, ...kit.lines);
  echoes.push(...kit.echoes);
}

/** Most lines have nothing but their text: they need not be searched for the rest. */
function isPlain(body: readonly Segment[]): boolean {
  for (const { id } of body) if (id !== 'PID') return false;
  return true;
}

function addMore(draft: DraftLine, sections: Sections, { currency, line }: Where, trail: Trail): void {
  const { own } = sections;
  const sacs = allOf(own, 'SAC');
  if (sacs.length > 0) draft.allowanceCharges = chargesOf(sacs, draft, { currency, line }, trail);
  const rates = allOf(own, 'TXI').flatMap((txi) => trail.take(LINE.taxPercent, txi, 3, line) ?? []);
  if (rates.length > 0) draft.taxPercent = addDecimals(...rates.map(toDecimal)); // of the state and of the city, side by side
  const notes = toNotes(sections, { notes: NOTES_MAX, references: REFERENCES_MAX, line }, trail);
  if (notes.length > 0) draft.notes = notes;
  const references = toReferences(sections, { notes: NOTES_MAX, references: REFERENCES_MAX, line }, trail);
  if (references.length > 0) draft.references = references;
}

interface Where {
  readonly currency: string;
  readonly line: number;
}

function chargesOf(sacs: readonly Segment[], { quantity, price }: DraftLine, { currency, line }: Where, trail: Trail) {
  const amount = extend(quantity.value, price.amount, currency, price);
  return toAllowanceCharges(sacs, { currency, quantity: quantity.value, amount, line }, trail);
}
