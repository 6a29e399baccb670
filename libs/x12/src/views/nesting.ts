import { controlKey } from '../read/control-number.js';
import type { SetNode, SetSchema } from '../schema/schema.js';
import { element, type Segment } from '../segments/segment.js';
import { placesIn } from '../validate/validate-set.js';

/** A segment with how deep it stands: 0 in the set itself, one more for each loop around it. */
export interface NestedSegment {
  readonly segment: Segment;
  readonly depth: number;
}

/**
 * Says for each segment of a set in which loop it stands, so that it can be shown as a tree. A loop's first segment
 * stands with its own loop. HL levels stand below the level they name as their parent. What the schema does not know, or
 * not there, stands beside the segment before it.
 *
 * @param segments - ST first.
 */
export function nestingOf(segments: readonly Segment[], schema: SetSchema | undefined): NestedSegment[] {
  if (schema === undefined) return segments.map((segment) => ({ segment, depth: 0 }));
  const places = placesIn(segments, schema);
  const levels = new HierarchyLevels();
  let depth = 0;
  return segments.map((segment, n) => {
    const place = places[n];
    const isEdge = segment.id === 'ST' || segment.id === 'SE';
    if (place !== undefined) depth = loopsAround(schema.root, place) + levels.below(segment, place, schema.root);
    return { segment, depth: isEdge ? 0 : depth };
  });
}

/** Loops on the way from the root to the place, its own among them, the root not. */
function loopsAround(root: SetNode, { index }: SetNode): number {
  let count = 0;
  for (let loop: SetNode | undefined = root; loop !== undefined; count++)
    loop = loop.children.find((child) => child.isLoop && child.index <= index && index <= child.last);
  return count - 1;
}

/** How much deeper HL levels stand than the schema says, where all levels are turns of one loop. */
class HierarchyLevels {
  /** By HL01. */
  private readonly depths = new Map<string, number>();
  private current = 0;

  below(segment: Segment, place: SetNode, root: SetNode): number {
    const loop = root.children.find(({ id, isLoop }) => isLoop && id === 'HL');
    if (loop === undefined || place.index < loop.index || place.index > loop.last) return 0;
    if (place === loop) this.enter(segment);
    return this.current;
  }

  private enter(hl: Segment): void {
    const parent = this.depths.get(controlKey(element(hl, 2) ?? ''));
    this.current = parent === undefined ? 0 : parent + 1;
    this.depths.set(controlKey(element(hl, 1) ?? ''), this.current);
  }
}
