import { loops, type Segment } from '@railhead/x12';

/** Splits the set: what stands before the first PO1, the PO1 loops, and their parties. */
export function partsOf(segments: readonly Segment[]) {
  const first = segments.findIndex(({ id }) => id === 'PO1');
  const header = segments.slice(0, first < 0 ? segments.length : first);
  const firstParty = header.findIndex(({ id }) => id === 'N1');
  return {
    top: firstParty < 0 ? header : header.slice(0, firstParty),
    n1s: loops(header, 'N1', ['N9', 'LM', 'SPI', 'ADV']),
    lines: loops(segments, 'PO1', ['CTT']),
    header,
  };
}
