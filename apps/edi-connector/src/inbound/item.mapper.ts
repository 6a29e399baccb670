import type { DraftLine } from '@railhead/contracts';
import type { Segment } from '@railhead/x12';
import type { Partner } from '../partners/partner.js';
import { ITEM_KINDS } from './codes.js';
import type { ItemNumber } from './item-ids.js';
import { LINE } from './line-field.js';
import { allOf } from './set-parts.js';
import { valueOf, type Trail } from './trail.js';

export type Naming = Pick<Partner, 'units' | 'itemQualifiers'> & Partial<Pick<Partner, 'preferredItemQualifiers'>>;

type Item = DraftLine['item'];
type ItemField = 'sellersItemId' | 'buyersItemId' | 'manufacturersItemId' | 'standardItemId' | 'lot';

const ITEM_FIELDS: Readonly<Record<(typeof ITEM_KINDS)[string], ItemField>> = {
  seller: 'sellersItemId',
  buyer: 'buyersItemId',
  manufacturer: 'manufacturersItemId',
  standard: 'standardItemId',
  lot: 'lot',
};

/** A product number with the position of its value. */
export interface PlacedNumber extends ItemNumber {
  readonly position: number;
}

/** Qualifier and number, side by side, from `first` on; holes are passed over. */
export function placedNumbers(segment: Segment, first: number): PlacedNumber[] {
  const found: PlacedNumber[] = [];
  for (let position = first; position < segment.elementCount; position += 2) {
    const qualifier = valueOf(segment, position);
    const value = valueOf(segment, position + 1);
    if (qualifier !== undefined && value !== undefined) found.push({ qualifier, value, position: position + 1 });
  }
  return found;
}

/**
 * Product numbers by who gave them. Of two of one kind the one that the partner prefers counts, else the first; the other
 * stays among the extras, like a number that nobody knows the giver of.
 */
export function toItem(
  head: Segment,
  numbers: readonly PlacedNumber[],
  naming: Naming,
  trail: Trail,
  line: number,
): Item {
  const item: Item = {};
  for (const { qualifier, value, position } of inPreference(numbers, naming)) {
    const kind = naming.itemQualifiers[qualifier] ?? ITEM_KINDS[qualifier];
    if (kind === undefined) continue;
    const field = ITEM_FIELDS[kind];
    if (item[field] !== undefined) continue;
    item[field] = value;
    trail.see(head, position - 1);
    trail.mark(LINE[field], head, position, line);
  }
  return item;
}

function inPreference(
  numbers: readonly PlacedNumber[],
  { preferredItemQualifiers = [] }: Naming,
): readonly PlacedNumber[] {
  if (preferredItemQualifiers.length === 0) return numbers;
  const rankOf = ({ qualifier }: PlacedNumber): number => {
    const rank = preferredItemQualifiers.indexOf(qualifier);
    return rank < 0 ? preferredItemQualifiers.length : rank;
  };
  return numbers.toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** PID: the first is the name of the goods, the second describes them. */
export function describe(body: readonly Segment[], item: Item, trail: Trail, line: number): void {
  const [first, second] = allOf(body, 'PID');
  if (first === undefined) return;
  const name = trail.take(LINE.name, first, 5, line);
  if (name !== undefined) seen(first, trail);
  if (name !== undefined) item.name = name;
  const description = trail.take(LINE.description, second, 5, line);
  if (second !== undefined && description !== undefined) seen(second, trail);
  if (description !== undefined) item.description = description;
}

/** PID01 F: what follows is free text, which is all that it says. */
function seen(pid: Segment, trail: Trail): void {
  if (valueOf(pid, 1) === 'F') trail.see(pid, 1);
}
