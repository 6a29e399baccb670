import type { IssueCode } from '../issues/issue-codes.js';

/** How strictly a partner's documents are answered. Partner data, so everything can be chosen. */
export interface AcknowledgmentPolicy {
  /** Interchange issues that reject it (TA104 R); other errors accept it with errors (E). */
  readonly rejectInterchangeFor: readonly IssueCode[];
  /** Group issues that reject it (AK901 R); other errors accept it with errors (E). */
  readonly rejectGroupFor: readonly IssueCode[];
  /** A set with errors in its segments or elements: R, or E and take it all the same. Envelope errors always reject. */
  readonly setWithErrors: 'R' | 'E';
  /** Whether good sets get an AK2/AK5 pair too. */
  readonly listAcceptedSets: boolean;
  /** AK3 segments for one set at most. */
  readonly segmentErrorsMax: number;
}

export const DEFAULT_POLICY: AcknowledgmentPolicy = {
  rejectInterchangeFor: [
    'iea-control-number',
    'isa-truncated',
    'segment-outside-group',
    'iea-missing',
    'isa-duplicate',
    'gs-missing',
    'too-large',
  ],
  rejectGroupFor: [
    'group-not-supported',
    'group-version-not-supported',
    'ge-missing',
    'gs-control-number',
    'st-missing',
  ],
  setWithErrors: 'R',
  listAcceptedSets: true,
  segmentErrorsMax: 100,
};
