import {
  component,
  element,
  elementRange,
  issue,
  pointer,
  type Issue,
  type IssueCode,
  type Segment,
} from '@railhead/x12';

interface Spot {
  readonly segment: Segment;
  readonly position: number;
}

/** From this many lines on, provenance names the line's PO1 only: an order must still fit into one event. */
const LINES_IN_DETAIL = 300;
/** And from here on it says once that the lines are the PO1s, in their order. */
const LINES_ONE_BY_ONE = 3000;

/**
 * What a mapper reads, and where it read it: fills the provenance of the order, finds the element again behind a fault of
 * the order, and knows which segments nobody has read.
 */
export class Trail {
  /** JSON pointer of the order to the place in the document, e.g. `BEG03`. */
  readonly fields: Record<string, string> = {};
  readonly issues: Issue[] = [];
  private readonly spots = new Map<string, Spot>();
  private readonly read = new Set<number>([1]);
  private readonly lineCount: number;

  constructor(private readonly segments: readonly Segment[]) {
    this.lineCount = segments.filter(({ id }) => id === 'PO1').length;
  }

  /** The value of an element, noted as the source of `field`. Blank is absent. */
  take(field: string, segment: Segment | undefined, position: number, part?: number): string | undefined {
    if (segment === undefined) return undefined;
    this.read.add(segment.ordinal);
    const value = (part === undefined ? element(segment, position) : component(segment, position, part))?.trim();
    if (value === undefined || value === '') return undefined;
    this.mark(field, segment, position, part);
    return value;
  }

  /** Notes the source of a field that is not the value itself. */
  mark(field: string, segment: Segment, position: number, part?: number): void {
    this.read.add(segment.ordinal);
    this.spots.set(field, { segment, position });
    const line = this.lineCount > LINES_IN_DETAIL ? /^\/lines\/\d+/.exec(field)?.[0] : undefined;
    if (line === undefined) this.fields[field] = pointer(this.segments, segment, position, part);
    else if (this.lineCount > LINES_ONE_BY_ONE) this.fields['/lines'] = 'PO1';
    else this.fields[line] ??= pointer(this.segments, segment);
  }

  /** This segment was understood, though none of its elements became a field. */
  done(segment: Segment): void {
    this.read.add(segment.ordinal);
  }

  fault(code: IssueCode, segment: Segment, position: number, message: string): void {
    const value = element(segment, position);
    const place = {
      segment: segment.id,
      ordinal: segment.ordinal,
      element: position,
      ...elementRange(segment, position),
    };
    this.issues.push(issue(code, place, message, value === undefined ? {} : { value }));
  }

  /** A fault of the order becomes a fault of the element it was read from, or of BEG where there is none. */
  faultOfField(field: string, message: string): void {
    for (let path = field; path !== ''; path = path.slice(0, path.lastIndexOf('/'))) {
      const spot = this.spots.get(path) ?? this.firstBelow(path);
      if (spot !== undefined) return this.fault('element-code', spot.segment, spot.position, message);
    }
    const beg = this.segments[1] ?? this.segments[0];
    if (beg !== undefined) this.fault('element-code', beg, 1, message);
  }

  /** Segments that nobody has read, as text: kept with the order, never dropped. */
  leftOver(countMax: number): Record<string, string> {
    const left: Record<string, string> = {};
    for (const segment of this.segments
      .filter(({ ordinal, id }) => !this.read.has(ordinal) && id !== 'SE')
      .slice(0, countMax)) {
      const values = Array.from({ length: segment.elementCount }, (_, n) => element(segment, n + 1) ?? '');
      left[pointer(this.segments, segment)] = [segment.id, ...values].join('*').slice(0, 500);
    }
    return left;
  }

  private firstBelow(path: string): Spot | undefined {
    for (const [field, spot] of this.spots) if (field.startsWith(`${path}/`)) return spot;
    return undefined;
  }
}
