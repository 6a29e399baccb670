interface Range {
  readonly start: number;
  readonly end: number;
}

/** More holes than this at once are not what a client makes that sends a file. */
const RANGES_MAX = 1_000;

/** Which bytes of an upload have come. Clients write several pieces at once, and their order is not certain. */
export class UploadCoverage {
  private ranges: readonly Range[] = [];

  /** Bytes from `start` to before `end` are there. */
  add(start: number, end: number): void {
    const apart = this.ranges.filter((one) => one.end < start || one.start > end);
    const joined = this.ranges.filter((one) => one.end >= start && one.start <= end);
    const whole = {
      start: Math.min(start, ...joined.map((one) => one.start)),
      end: Math.max(end, ...joined.map((one) => one.end)),
    };
    this.ranges = [...apart, whole].slice(-RANGES_MAX);
  }

  /** Nothing is missing between the first byte and the last that came. */
  get isWhole(): boolean {
    const [first, ...others] = this.ranges;
    return first === undefined || (first.start === 0 && others.length === 0);
  }
}
