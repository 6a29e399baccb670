import { isLineBreak } from './bytes.js';

interface Hole {
  /** Index into the window before which a byte was taken out. */
  at: number;
  readonly byte: number;
}

const NO_HOLES: readonly number[] = [];
const NOTHING = Buffer.alloc(0);
const ISA = Buffer.from('ISA');

/**
 * The bytes that are still needed: those not read yet, and those of the transaction set being read. Everything before
 * is let go, so memory follows the largest set and not the file.
 */
export class Window {
  bytes: Buffer = NOTHING;
  /** One past the last valid byte. */
  end = 0;
  /** Offset in the input of `bytes[0]`. */
  private base = 0;
  /** Offset one past the last byte let go; line breaks may have been taken out between it and `base`. */
  private edge = 0;
  /** False while `bytes` is the caller's own memory, which must not be kept between two pushes. */
  private owned = false;
  private unwrapping = false;
  private holes: Hole[] = [];

  /**
   * Adds input, dropping everything before `keepFrom`.
   *
   * @returns how far the remaining bytes moved towards the start.
   */
  append(chunk: Uint8Array, keepFrom: number): number {
    const incoming = this.unwrapping ? undefined : chunk;
    if (incoming !== undefined && keepFrom === this.end) return this.adopt(incoming, keepFrom);
    const moved = this.reserve(chunk.length, keepFrom);
    if (this.unwrapping) this.copyUnwrapped(chunk);
    else {
      this.bytes.set(chunk, this.end);
      this.end += chunk.length;
    }
    return moved;
  }

  /** Copies what must outlive the caller's memory. Call at the end of a push. @returns how far the bytes moved. */
  settle(keepFrom: number): number {
    if (this.owned) return 0;
    if (keepFrom < this.end) return this.reserve(0, keepFrom);
    this.letGo(keepFrom);
    this.replace(NOTHING, 0);
    return keepFrom;
  }

  /**
   * Index of the next `ISA` from `from` on, or -1. Looks at valid bytes only: behind `end` may be room for many more, and
   * what was read earlier.
   */
  nextIsa(from: number): number {
    const found = this.bytes.subarray(from, this.end).indexOf(ISA);
    return found < 0 ? -1 : found + from;
  }

  /** Offset in the input of an index into the window. */
  offset(index: number): number {
    return this.base + index + this.holesUpTo(index);
  }

  /** The same for the end of something: line breaks taken out right there do not belong to it. */
  endOffset(index: number): number {
    return index === 0 ? this.edge : this.offset(index - 1) + 1;
  }

  /** Indices, relative to `from`, of the line breaks taken out between `from` and `to`. */
  holesBetween(from: number, to: number): readonly number[] {
    if (this.holes.length === 0) return NO_HOLES;
    return this.holes.slice(this.holesUpTo(from), this.holesUpTo(to)).map((hole) => hole.at - from);
  }

  /** Takes every line break from here on out of the data: the file is wrapped at a column. */
  startUnwrapping(from: number): void {
    const rest = Buffer.from(this.bytes.subarray(from, this.end));
    this.letGo(from);
    this.replace(Buffer.alloc(Math.max(rest.length, 64)), 0);
    this.unwrapping = true;
    this.copyUnwrapped(rest);
  }

  /** Puts the line breaks after `from` back: the next interchange may need them. @returns where `from` stands now. */
  stopUnwrapping(from: number): number {
    if (!this.unwrapping) return from;
    const parts: Buffer[] = [];
    let at = from;
    for (const hole of this.holes.filter((candidate) => candidate.at >= from)) {
      parts.push(this.bytes.subarray(at, hole.at), Buffer.of(hole.byte));
      at = hole.at;
    }
    parts.push(this.bytes.subarray(at, this.end));
    this.edge = this.endOffset(from);
    // The line breaks right at `from` are put back; those before the first byte are all still there or long gone.
    if (from > 0) this.base = this.edge;
    this.unwrapping = false;
    const restored = Buffer.concat(parts);
    this.replace(restored, restored.length);
    return 0;
  }

  private replace(bytes: Buffer, end: number): void {
    this.bytes = bytes;
    this.end = end;
    this.holes = [];
    this.owned = true;
  }

  /** How many holes stand at or before an index. They are in order, and a wrapped file has very many. */
  private holesUpTo(index: number): number {
    const { holes } = this;
    let [low, high] = [0, holes.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((holes[middle] as Hole).at <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private letGo(before: number): void {
    this.edge = this.endOffset(before);
    this.base = this.offset(before);
  }

  private adopt(chunk: Uint8Array, moved: number): number {
    this.letGo(moved);
    this.holes = [];
    this.bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    this.end = chunk.length;
    this.owned = false;
    return moved;
  }

  /** Makes room for `extra` bytes. Capacity doubles, so that many small chunks cost no more than one large one. */
  private reserve(extra: number, keepFrom: number): number {
    if (this.owned && this.end + extra <= this.bytes.length) return 0;
    const kept = this.end - keepFrom;
    const next =
      kept + extra <= this.bytes.length / 2 && this.owned ? this.bytes : Buffer.allocUnsafe(2 * (kept + extra));
    next.set(this.bytes.subarray(keepFrom, this.end));
    this.letGo(keepFrom);
    this.holes = this.holes.filter((hole) => hole.at > keepFrom).map(({ at, byte }) => ({ at: at - keepFrom, byte }));
    this.bytes = next;
    this.end = kept;
    this.owned = true;
    return keepFrom;
  }

  private copyUnwrapped(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (isLineBreak(byte)) this.holes.push({ at: this.end, byte });
      else this.bytes[this.end++] = byte;
    }
  }
}
