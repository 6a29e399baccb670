import type { SegmentValues } from '../write/segment-values.js';

interface Level {
  readonly id: string;
  readonly parent: string | undefined;
  readonly code: string;
  readonly body: readonly SegmentValues[];
}

/** Numbers HL segments in order; a parent always comes before its children. */
export class HierarchyWriter {
  private readonly written: Level[] = [];

  /** @returns the number of the level, for its children to name as their parent. */
  level(code: string, parent: string | undefined, body: readonly SegmentValues[]): string {
    const id = String(this.written.length + 1);
    this.written.push({ id, parent, code, body });
    return id;
  }

  /** HL with what belongs to it, for every level; HL04 says whether it has children. */
  get segments(): SegmentValues[] {
    const parents = new Set(this.written.map(({ parent }) => parent));
    return this.written.flatMap(({ id, parent, code, body }): SegmentValues[] => [
      ['HL', id, parent, code, parents.has(id) ? '1' : '0'],
      ...body,
    ]);
  }

  /** How many levels there are. */
  get levels(): number {
    return this.written.length;
  }

  /** How many of them are items. */
  get items(): number {
    return this.written.filter(({ code }) => code === 'I').length;
  }
}
