import type { Segment } from './segment.js';

/** A head segment with what follows it, e.g. a PO1 with its PID, REF and SCH. */
export interface Loop {
  readonly head: Segment;
  /** Segments after the head, up to the next head or stop. */
  readonly body: readonly Segment[];
}

/**
 * Cuts segments into loops that start with `headId`.
 *
 * @param stops - Ids that end the last loop, e.g. `['CTT', 'SE']` for PO1.
 */
export function loops(segments: readonly Segment[], headId: string, stops: readonly string[] = []): Loop[] {
  const found: { head: Segment; body: Segment[] }[] = [];
  let open: { head: Segment; body: Segment[] } | undefined;
  for (const segment of segments) {
    if (segment.id === headId) {
      open = { head: segment, body: [] };
      found.push(open);
    } else if (stops.includes(segment.id)) open = undefined;
    else open?.body.push(segment);
  }
  return found;
}
