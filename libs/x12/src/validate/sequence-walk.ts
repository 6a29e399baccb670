import type { Place } from '../issues/issue.js';
import type { IssueList } from '../issues/issue-list.js';
import type { IssueCode, IssueSeverity } from '../issues/issue-codes.js';
import type { SetNode, SetSchema } from '../schema/schema.js';
import type { SetTables } from '../schema/set-tables.js';
import { placeOf, type Segment } from '../segments/segment.js';
import { nodeAt } from './node-at.js';

/** Loops within loops; no set of ours has half as many. */
const DEPTH_MAX = 64;
/** Where a segment stands that has no place. */
export const NOWHERE = -1;

/** Follows a set through the order of its schema, innermost open loop first. */
export class SequenceWalk {
  private readonly tables: SetTables;
  private readonly counts: Int32Array;
  /** By node: ordinal of its first segment in the current turn of its loop. */
  private readonly reached: Int32Array;
  /** The open loops, and in each the node of the last segment taken. */
  private readonly loops = new Int32Array(DEPTH_MAX);
  private readonly at = new Int32Array(DEPTH_MAX);
  private depth = 0;
  private readonly severity: IssueSeverity | undefined;

  constructor(
    private readonly schema: SetSchema,
    private readonly issues: IssueList,
  ) {
    this.tables = schema.tables;
    this.counts = this.tables.counts.fill(0);
    this.reached = this.tables.reached;
    this.severity = schema.isRelaxed ? 'note' : undefined;
  }

  /**
   * Takes the next segment.
   *
   * @param id - Number of its id in the tables of the schema.
   * @returns The node it stands at, or {@link NOWHERE}.
   */
  take(segment: Segment, id: number): number {
    const { rows, first, nextSame, max } = this.tables;
    let fullDepth = NOWHERE;
    let full = NOWHERE;
    for (let depth = this.depth; depth >= 0; depth--) {
      const from = this.at[depth] as number;
      let node = first[(rows[this.loops[depth] as number] as number) + id] as number;
      for (; node >= 0; node = nextSame[node] as number) {
        if (node < from) continue;
        if ((this.counts[node] as number) < (max[node] as number)) return this.enter(depth, node, segment);
        if (full === NOWHERE) {
          full = node;
          fullDepth = depth;
        }
      }
    }
    return full === NOWHERE ? this.takeOutOfOrder(segment, id) : this.enter(fullDepth, full, segment);
  }

  /** The set is over: what is mandatory and did not come? */
  end(last: Segment): void {
    this.leaveTo(-1, last);
  }

  /** Behind its place, but in an open loop: let it pass. A loop that starts late is entered like any other. */
  private takeOutOfOrder(segment: Segment, id: number): number {
    const { rows, first, isLoop } = this.tables;
    for (let depth = this.depth; depth >= 0; depth--) {
      const behind = first[(rows[this.loops[depth] as number] as number) + id] as number;
      if (behind < 0) continue;
      this.issues.add(
        'segment-out-of-order',
        this.placeAt(behind, segment),
        `${segment.id} comes later than its place`,
      );
      if (isLoop[behind] === 1) return this.enter(depth, behind, segment);
      this.count(behind, segment);
      return behind;
    }
    this.add('segment-unexpected', placeOf(segment), `${segment.id} is not expected here${this.homesOf(id)}`);
    return NOWHERE;
  }

  /** Where it may stand: loops of which none is open. */
  private homesOf(id: number): string {
    const { ids, isLoop, loopNames } = this.tables;
    const homes = new Set<string>();
    ids.forEach((known, node) => {
      const loop = loopNames[node];
      if (known === id && isLoop[node] === 0 && loop !== undefined) homes.add(loop);
    });
    return homes.size === 0 ? '' : `: it belongs in loop ${[...homes].join(' or ')}`;
  }

  private enter(depth: number, node: number, segment: Segment): number {
    if (depth < this.depth) this.leaveTo(depth, segment);
    this.at[depth] = node;
    this.count(node, segment);
    if (this.tables.isLoop[node] === 1) {
      const last = this.tables.last[node] as number;
      for (let inner = node + 1; inner <= last; inner++) this.counts[inner] = 0;
      this.depth = depth + 1;
      this.loops[this.depth] = node;
      this.at[this.depth] = node;
    }
    return node;
  }

  private count(node: number, segment: Segment): void {
    const count = (this.counts[node] as number) + 1;
    this.counts[node] = count;
    if (count === 1) this.reached[node] = segment.ordinal;
    const max = this.tables.max[node] as number;
    if (count !== max + 1) return;
    const code = this.tables.isLoop[node] === 1 ? 'loop-over-max' : 'segment-over-max';
    this.add(
      code,
      this.placeAt(node, segment),
      `${segment.id} occurs more than ${max === 1 ? 'once' : `${max} times`}`,
    );
  }

  private leaveTo(depth: number, segment: Segment): void {
    for (; this.depth > depth; this.depth--) {
      const loop = this.loops[this.depth] as number;
      const mandatory = this.tables.mandatory[loop] as readonly number[];
      for (const child of mandatory) if (this.counts[child] === 0) this.addMissing(child, loop, segment);
    }
  }

  /** A missing segment has the position of the segment that stands where it should be. */
  private addMissing(child: number, loop: number, next: Segment): void {
    const node = nodeAt(this.schema.root, child) as SetNode;
    const { children } = nodeAt(this.schema.root, loop) as SetNode;
    const later = children.filter(({ index }) => index > node.last && (this.counts[index] as number) > 0);
    const ordinal = Math.min(next.ordinal, ...later.map(({ index }) => this.reached[index] as number));
    const { from } = placeOf(next);
    const place = { segment: node.id, ordinal, ...this.loopOf(child), from, to: from };
    this.issues.add('segment-missing', place, `${node.id} is mandatory`);
  }

  private add(code: IssueCode, place: Place, message: string): void {
    const detail = this.severity === undefined ? {} : { severity: this.severity };
    this.issues.add(code, place, message, detail);
  }

  private placeAt(node: number, segment: Segment): Place {
    return { ...placeOf(segment), ...this.loopOf(node) };
  }

  private loopOf(node: number): { loop?: string } {
    const loop = this.tables.loopNames[node];
    return loop === undefined ? {} : { loop };
  }
}
