import type { IssueCode } from '../issues/issue-codes.js';

/**
 * What one kind of issue leads to. `accept`: nothing is said of it. `accept-with-note`: told, and taken all the same (E).
 * `reject-set`: told, and the set is refused; a fault of a group refuses the group, one of the envelope the interchange.
 * `reject-interchange`: nothing of the interchange is taken.
 */
export type IssueTreatment = 'accept' | 'accept-with-note' | 'reject-set' | 'reject-interchange';

/** How strictly a partner's documents are answered. Partner data, so everything can be chosen. */
export interface AcknowledgmentPolicy {
  /** Which acknowledgement a group gets: 997, or 999 with its IK segments and contexts. */
  readonly format: '997' | '999';
  /** Single kinds of issue, notes too, that are treated other than the rest of this policy says. */
  readonly severities: Readonly<Partial<Record<IssueCode, IssueTreatment>>>;
  /** Interchange issues that reject it (TA104 R); other errors accept it with errors (E). */
  readonly rejectInterchangeFor: readonly IssueCode[];
  /** Group issues that reject it (AK901 R); other errors accept it with errors (E). */
  readonly rejectGroupFor: readonly IssueCode[];
  /** A set with errors in its segments or elements: R, or E and take it all the same. Envelope errors always reject. */
  readonly setWithErrors: 'R' | 'E';
  /** Whether good sets get an AK2/AK5 pair too. */
  readonly listAcceptedSets: boolean;
  /**
   * Which loops AK303 and IK303 name. `bounded`: those that LS and LE enclose, by LS01; the standard defines the element
   * for no others, and some translators refuse more. `all`: every loop that the schema knows. `by-format`: `bounded` in a
   * 997, `all` in a 999.
   */
  readonly loopNames: 'by-format' | 'bounded' | 'all';
  /** AK3 segments for one set at most. */
  readonly segmentErrorsMax: number;
  /**
   * Segments about the sets of one group at most. Of a group with more, accepted sets are not listed (AK9 counts them),
   * and where not even every refused one can be listed the whole group is refused: a set that a 997 does not name is
   * taken for accepted.
   */
  readonly groupSegmentsMax: number;
}

export const DEFAULT_POLICY: AcknowledgmentPolicy = {
  format: '997',
  severities: {},
  rejectInterchangeFor: [
    'iea-control-number',
    'isa-truncated',
    'isa-terminator',
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
  loopNames: 'by-format',
  segmentErrorsMax: 100,
  groupSegmentsMax: 20_000,
};
