import { element, pointer, type Segment } from '@railhead/x12';

interface Place {
  readonly segment: Segment;
  readonly position: number | undefined;
}

/** Remembers, while an order is read out of a transaction set, where each of its fields stood. */
export class FieldTrail {
  private readonly places = new Map<string, Place>();
  private readonly present = new Map<string, Place>();
  private readonly used = new Set<Segment>();

  constructor(readonly segments: readonly Segment[]) {}

  /** Reads an element for a field of the order, without padding. Remembers the place also where nothing stands. */
  take(field: string, segment: Segment | undefined, position: number): string | undefined {
    if (segment === undefined) return undefined;
    const value = this.read(segment, position);
    this.places.set(field, { segment, position });
    if (value !== undefined) this.present.set(field, { segment, position });
    return value;
  }

  /** Reads an element that decides something without becoming a field. */
  read(segment: Segment | undefined, position: number): string | undefined {
    if (segment === undefined) return undefined;
    this.used.add(segment);
    return element(segment, position)?.trim() || undefined;
  }

  /** Looks without using: what is not used in the end stays among the extras. */
  peek(segment: Segment, position: number): string | undefined {
    return element(segment, position)?.trim() || undefined;
  }

  /** Says that a field was made from a whole segment. */
  mark(field: string, segment: Segment): void {
    this.used.add(segment);
    this.places.set(field, { segment, position: undefined });
    this.present.set(field, { segment, position: undefined });
  }

  /** The place of a field, or of what it belongs to. */
  placeOf(field: string): Place {
    for (let at = field; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
      const place = this.places.get(at);
      if (place !== undefined) return place;
    }
    const start = this.segments.find(({ id }) => id === 'BEG') ?? this.segments[0]!;
    return { segment: start, position: undefined };
  }

  /** Field → place, as in `/purchaseOrderNumber` → `BEG03`. @param whole - Only segments, one place a line: for huge orders. */
  fields(whole: boolean): Record<string, string> {
    const named: Record<string, string> = {};
    for (const [field, { segment, position }] of this.present) {
      if (whole && field.startsWith('/lines/') && !/^\/lines\/\d+$/.test(field)) continue;
      named[field] = pointer(this.segments, segment, position);
    }
    return named;
  }

  /** What nobody asked for, as it stands: kept, never dropped. */
  leftOver(): Record<string, string> {
    const left = this.segments.filter((segment) => !this.used.has(segment) && !ENVELOPE.has(segment.id));
    return Object.fromEntries(left.map((segment) => [pointer(this.segments, segment), textOf(segment)]));
  }
}

const ENVELOPE = new Set(['ST', 'SE', 'CTT']);

function textOf(segment: Segment): string {
  const elements = Array.from({ length: segment.elementCount }, (_, index) => element(segment, index + 1) ?? '');
  return [segment.id, ...elements].join('*');
}
