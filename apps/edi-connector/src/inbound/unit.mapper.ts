import type { DraftLine } from '@railhead/contracts';
import type { Naming } from './item.mapper.js';

/** A quantity in our unit, with the partner's beside it where it is another. */
export function toQuantity(value: string, unit: string, { units }: Naming): DraftLine['quantity'] {
  const mapped = units[unit];
  return mapped === undefined ? { value, unitCode: unit } : { value, unitCode: mapped, sourceUnit: unit };
}
