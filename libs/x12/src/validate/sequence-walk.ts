import type { IssueList } from '../issues/issue-list.js';
import type { SetNode, SetSchema } from '../schema/schema.js';
import { placeOf, type Segment } from '../segments/segment.js';

interface Frame {
  readonly loop: SetNode;
  /** Index in the loop's children of the last segment taken. */
  at: number;
}

/** Follows a set through the order of its schema, innermost open loop first. */
export class SequenceWalk {
  private readonly frames: Frame[];
  private readonly counts: Int32Array;
  /** By node: ordinal of its first segment in the current iteration of its loop. */
  private readonly reached: Int32Array;

  constructor(
    schema: SetSchema,
    private readonly issues: IssueList,
  ) {
    this.frames = [{ loop: schema.root, at: 0 }];
    this.counts = new Int32Array(schema.root.last + 1);
    this.reached = new Int32Array(schema.root.last + 1);
  }

  /** Takes the next segment; its id occurs in the schema. */
  take(segment: Segment): void {
    for (let depth = this.frames.length - 1; depth >= 0; depth--) {
      const frame = this.frames[depth] as Frame;
      const ahead = firstFrom(frame.loop.positions.get(segment.id), frame.at);
      if (ahead >= 0) return this.enter(depth, ahead, segment);
    }
    this.takeOutOfOrder(segment);
  }

  /** The set is over: what is mandatory and did not come? */
  end(last: Segment): void {
    this.leaveTo(-1, last);
  }

  /** Behind its place, but in an open loop: let it pass. A loop that starts late is entered like any other. */
  private takeOutOfOrder(segment: Segment): void {
    for (let depth = this.frames.length - 1; depth >= 0; depth--) {
      const { loop } = this.frames[depth] as Frame;
      const behind = firstFrom(loop.positions.get(segment.id), 0);
      if (behind < 0) continue;
      this.issues.add('segment-out-of-order', placeOf(segment), `${segment.id} comes later than its place`);
      const child = loop.children[behind] as SetNode;
      if (child.isLoop) this.enter(depth, behind, segment);
      else this.count(child, segment);
      return;
    }
    this.issues.add('segment-unexpected', placeOf(segment), `${segment.id} is not expected here`);
  }

  private enter(depth: number, at: number, segment: Segment): void {
    if (depth < this.frames.length - 1) this.leaveTo(depth, segment);
    const frame = this.frames[depth] as Frame;
    frame.at = at;
    const child = frame.loop.children[at] as SetNode;
    this.count(child, segment);
    if (!child.isLoop) return;
    this.counts.fill(0, child.index + 1, child.last + 1);
    this.frames.push({ loop: child, at: 0 });
  }

  private count(node: SetNode, segment: Segment): void {
    const count = (this.counts[node.index] as number) + 1;
    this.counts[node.index] = count;
    if (count === 1) this.reached[node.index] = segment.ordinal;
    if (count !== node.max + 1) return;
    const code = node.isLoop ? 'loop-over-max' : 'segment-over-max';
    this.issues.add(code, placeOf(segment), `${node.id} occurs more than ${node.max} times`);
  }

  private leaveTo(depth: number, segment: Segment): void {
    while (this.frames.length - 1 > depth) {
      const { loop } = this.frames.pop() as Frame;
      for (const child of loop.children) {
        if (child.isMandatory && this.counts[child.index] === 0) this.addMissing(child, loop, segment);
      }
    }
  }

  /** A missing segment has the position of the segment that stands where it should be. */
  private addMissing(node: SetNode, loop: SetNode, next: Segment): void {
    const later = loop.children.filter((child) => child.index > node.last && (this.counts[child.index] as number) > 0);
    const ordinal = Math.min(next.ordinal, ...later.map((child) => this.reached[child.index] as number));
    const { from } = placeOf(next);
    this.issues.add('segment-missing', { segment: node.id, ordinal, from, to: from }, `${node.id} is mandatory`);
  }
}

function firstFrom(positions: readonly number[] | undefined, from: number): number {
  if (positions === undefined) return -1;
  for (const position of positions) if (position >= from) return position;
  return -1;
}
