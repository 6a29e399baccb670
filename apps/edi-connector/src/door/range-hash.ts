import { createHash, type Hash } from 'node:crypto';

/** Bytes behind the newest that are not hashed yet: the end of a range is noticed only when more has been read. */
const BEHIND_BYTES = 2 * 1024 * 1024;
const BEFORE_BYTES = 256 * 1024;

interface Piece {
  readonly at: number;
  readonly bytes: Buffer;
}

/**
 * Hashes ranges of a stream whose beginning and end become known a little after their bytes came by. Holds no more than
 * two megabytes and one piece.
 */
export class RangeHash {
  private pieces: Piece[] = [];
  private hash: Hash | undefined;
  private end: number;

  /** @param from - Where the stream begins in the document. */
  constructor(from: number) {
    this.end = from;
  }

  /** Bytes in memory now. */
  get heldBytes(): number {
    return this.pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  push(bytes: Buffer): void {
    this.pieces.push({ at: this.end, bytes });
    this.end += bytes.length;
    const keep = this.hash === undefined ? BEFORE_BYTES : BEHIND_BYTES;
    while (this.pieces.length > 1 && endOf(this.pieces[0]!) < this.end - keep) {
      const oldest = this.pieces.shift();
      if (oldest !== undefined) this.hash?.update(oldest.bytes);
    }
  }

  /** The range begins here. Bytes that are gone already are left out. */
  begin(from: number): void {
    while (this.pieces.length > 0 && endOf(this.pieces[0]!) <= from) this.pieces.shift();
    const [first] = this.pieces;
    if (first !== undefined && first.at < from)
      this.pieces[0] = { at: from, bytes: first.bytes.subarray(from - first.at) };
    this.hash = createHash('sha256');
  }

  /**
   * The range ended here. Only of an interchange that is refused because one set of it is larger than any may be, some
   * megabytes too many are hashed.
   */
  finish(to: number): string {
    const hash = this.hash ?? createHash('sha256');
    for (const { at, bytes } of this.pieces) if (at < to) hash.update(bytes.subarray(0, to - at));
    this.hash = undefined;
    while (this.pieces.length > 1 && endOf(this.pieces[0]!) <= to) this.pieces.shift();
    return hash.digest('hex');
  }
}

function endOf({ at, bytes }: Piece): number {
  return at + bytes.length;
}
