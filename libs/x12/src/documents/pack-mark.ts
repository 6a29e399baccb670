import type { SegmentValues } from '../write/segment-values.js';
import { withApplicationIdentifier } from './sscc.js';

/** What stands on a label (MAN01/02): `GM` and an SSCC-18, `CP` and the carrier's tracking number, `AA` and an SSCC-18. */
export interface PackMark {
  readonly qualifier: string;
  /** An SSCC of eighteen digits under `GM` gets its application identifier 00. */
  readonly value: string;
}

/** MAN. */
export function markSegment({ qualifier, value }: PackMark): SegmentValues {
  return ['MAN', qualifier, qualifier === 'GM' ? withApplicationIdentifier(value) : value];
}
