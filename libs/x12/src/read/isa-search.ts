import { isLineBreak, isPadding } from './bytes.js';
import { readIsa, type Isa } from './isa.js';
import type { Window } from './window.js';

/** The interchange that is open while we look for the next ISA. */
interface Current {
  readonly separator: number;
  readonly terminator: readonly number[];
}

/**
 * Looks ahead for the ISA of the next interchange, so that a cut-off interchange does not swallow it. What looks like
 * an ISA in the middle of an element counts only with the separator in force: free text cannot hold that one.
 */
export class IsaSearch {
  private searched = 0;
  private stop = -1;

  constructor(
    private readonly window: Window,
    private readonly current: Current,
  ) {}

  /** True when `limit` is where another ISA begins, not just where knowledge ends. */
  isHard(limit: number): boolean {
    return this.stop === limit;
  }

  shift(by: number): void {
    this.searched = Math.max(0, this.searched - by);
    if (this.stop >= 0) this.stop -= by;
  }

  /** How far segments may be read: to the next ISA, to what may become one, or to the end of the window. */
  limit(from: number, final: boolean): number {
    const { bytes, end } = this.window;
    if (this.stop >= from - 2 && this.stop >= 0) return this.stop;
    // The letters may have been cut apart by the edge of a chunk: the scanner has passed at most two of them.
    let at = Math.max(this.searched, from - 2, 0);
    for (;;) {
      at = this.window.nextIsa(at);
      if (at < 0) break;
      const isa = readIsa(bytes, at, end, final);
      this.searched = at;
      if (isa.kind === 'more') return at;
      if (isa.kind === 'isa' && this.isBoundary(isa, at)) return (this.stop = at);
      at += 1;
    }
    this.searched = Math.max(0, end - 2);
    return end;
  }

  private isBoundary(isa: Isa, at: number): boolean {
    if (isa.separator === this.current.separator) return true;
    const { bytes } = this.window;
    let before = at - 1;
    while (before >= 0 && isPadding(bytes[before] as number) && !isLineBreak(bytes[before] as number)) before -= 1;
    const last = this.current.terminator[this.current.terminator.length - 1];
    return before < 0 || isLineBreak(bytes[before] as number) || bytes[before] === last;
  }
}
