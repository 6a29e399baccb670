import type { SchemaOverlay } from './overlay.js';
import { placeIn } from './overlay-place.js';

/** @throws RangeError when the overlay names a place that cannot be read. */
export function checkOverlay({ sets = {} }: SchemaOverlay): void {
  for (const rules of Object.values(sets)) {
    const { mandatory = [], forbidden = [], codes = {}, moreCodes = {}, lengths = {}, uses = {}, added = [] } = rules;
    for (const place of mandatory) placeIn(place);
    for (const place of [...forbidden, ...Object.keys(uses), ...added.map(({ after }) => after)]) segmentIn(place);
    for (const place of [codes, moreCodes, lengths].flatMap((each) => Object.keys(each))) elementIn(place);
  }
}

/** @throws RangeError when this is no place, or not that of a segment. */
export function segmentIn(place: string): void {
  if (placeIn(place).element !== undefined) throw new RangeError(`${place} is an element, a segment is wanted`);
}

/** @throws RangeError when this is no place, or not that of an element or component. */
export function elementIn(place: string): void {
  if (placeIn(place).element === undefined) throw new RangeError(`${place} is a segment, an element is wanted`);
}
