import { element, type Segment } from '../segments/segment.js';
import { repeatable } from './quotable.js';

/** Data element 447 in 004010; later it is shorter. */
const LOOP_NAME_MAX = 6;

/**
 * What LS01 calls the innermost loop around a segment, LS and LE included.
 *
 * @param segments - ST first.
 * @param ordinals - The segments asked about, ST being 1.
 * @returns by ordinal; nothing for those that stand between no LS and LE.
 */
export function boundedLoops(segments: readonly Segment[], ordinals: ReadonlySet<number>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const open: string[] = [];
  segments.forEach((segment, n) => {
    if (segment.id === 'LS') open.push(repeatable(element(segment, 1) ?? '', LOOP_NAME_MAX));
    const name = open.at(-1) ?? '';
    if (name !== '' && ordinals.has(n + 1)) found.set(n + 1, name);
    if (segment.id === 'LE') open.pop();
  });
  return found;
}
