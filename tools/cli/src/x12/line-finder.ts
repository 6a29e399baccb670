/** A place as an editor counts it; both from 1. */
export interface LinePlace {
  readonly line: number;
  readonly column: number;
}

const LINE_FEED = 10;

/**
 * Knows on which line a byte stands, of bytes that pass by. Keeps line starts only as far back as somebody may still ask,
 * so that memory does not grow with the input.
 */
export class LineFinder {
  /** Offsets at which kept lines start; the first of them is line `linesBefore + 1`. */
  private starts: number[] = [0];
  private linesBefore = 0;
  private position = 0;
  private readonly remembered = new Map<number, LinePlace>();

  /** Passes the chunks on and takes note of their lines. */
  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1))
        this.starts.push(this.position + at + 1);
      this.position += chunk.length;
      yield chunk;
    }
  }

  /** Where a byte stands; `undefined` in an input without lines, or when it has been forgotten. */
  at(offset: number): LinePlace | undefined {
    if (this.linesBefore === 0 && this.starts.length === 1) return undefined;
    const known = this.remembered.get(offset);
    if (known !== undefined) return known;
    const index = this.indexOf(offset);
    return index < 0 ? undefined : { line: this.linesBefore + index + 1, column: offset - this.start(index) + 1 };
  }

  /** Keeps the place of this byte, also when lines around it are forgotten. */
  remember(offset: number): void {
    const place = this.at(offset);
    if (place !== undefined) this.remembered.set(offset, place);
  }

  /** Nobody will ask for lines before this byte, but for those that are remembered. */
  forgetBefore(offset: number): void {
    const index = this.indexOf(offset);
    if (index < 1024) return;
    this.starts = this.starts.slice(index);
    this.linesBefore += index;
  }

  /** An interchange is over: what was remembered of it is not needed any more. */
  forgetRemembered(): void {
    this.remembered.clear();
  }

  private start(index: number): number {
    return this.starts[index] as number;
  }

  /** The last line that starts at or before the byte; -1 when it is not kept. */
  private indexOf(offset: number): number {
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
