import type { SegmentValues } from '../write/segment-values.js';

/** Numbers HL segments in order; a parent always comes before its children. */
export class HierarchyWriter {
  readonly segments: SegmentValues[] = [];
  levels = 0;
  /** Levels of code I. */
  items = 0;

  /** @returns the number of the level, for its children to name as their parent. */
  level(code: string, parent: string | undefined, hasChildren: boolean, body: readonly SegmentValues[]): string {
    this.levels += 1;
    if (code === 'I') this.items += 1;
    const id = String(this.levels);
    this.segments.push(['HL', id, parent, code, hasChildren ? '1' : '0'], ...body);
    return id;
  }
}
