import type { Segment } from '@railhead/x12';

/** Occurrences whose names are kept. */
const KEPT = 400;
const KNOWN = new Map<string, string[][]>();

/** The places in one transaction set as people name them: `BEG03`, or `PO1[2]/PO104` where there are several. */
export class PlaceNames {
  private readonly totals = new Map<string, { count: number }>();
  /** By ordinal: which of its kind a segment is. */
  private readonly numbers: number[] = [0];
  /** Most places are asked for segment by segment. */
  private last: Segment | undefined;
  private lastNames: string[] | undefined;

  constructor(segments: readonly Segment[]) {
    for (const { id, ordinal } of segments) {
      const total = this.totals.get(id);
      if (total === undefined) this.totals.set(id, { count: 1 });
      else total.count += 1;
      this.numbers[ordinal] = total?.count ?? 1;
    }
  }

  /** @param position - 0 for the segment as a whole. */
  of(segment: Segment, position: number): string {
    if (segment !== this.last) {
      const number = this.numberOf(segment);
      this.last = segment;
      this.lastNames = number < KEPT ? namesOf(segment.id, number) : undefined;
    }
    const names = this.lastNames;
    if (names === undefined) return nameOf(segment.id, this.numberOf(segment), position);
    return (names[position] ??= nameOf(segment.id, this.numberOf(segment), position));
  }

  /** 0 where there is only one of its kind. */
  private numberOf({ id, ordinal }: Segment): number {
    return this.totals.get(id)?.count === 1 ? 0 : (this.numbers[ordinal] ?? 1);
  }
}

function namesOf(id: string, number: number): string[] {
  let ofId = KNOWN.get(id);
  if (ofId === undefined) KNOWN.set(id, (ofId = []));
  while (ofId.length <= number) ofId.push([]);
  return ofId[number]!;
}

function nameOf(id: string, number: number, position: number): string {
  const element = position === 0 ? '' : `${id}${position < 10 ? '0' : ''}${position}`;
  if (number === 0) return position === 0 ? id : element;
  return position === 0 ? `${id}[${number}]` : `${id}[${number}]/${element}`;
}
