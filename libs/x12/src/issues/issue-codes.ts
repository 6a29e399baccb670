/** Which part of an interchange an issue spoils, and therefore which acknowledgement segment tells about it. */
export type IssueLevel = 'interchange' | 'group' | 'set' | 'segment' | 'element';

/** `note`: odd, read all the same. `error`: the partner must be told. */
export type IssueSeverity = 'note' | 'error';

interface IssueKind {
  readonly level: IssueLevel;
  readonly severity: IssueSeverity;
  /** TA105, AK905, AK502, AK304 or AK403, by level; absent where the standard has no code. */
  readonly ack?: string;
}

const interchange = (ack: string): IssueKind => ({ level: 'interchange', severity: 'error', ack });
const group = (ack?: string): IssueKind => ({ level: 'group', severity: 'error', ack });
const set = (ack: string): IssueKind => ({ level: 'set', severity: 'error', ack });
const segment = (ack: string, severity: IssueSeverity = 'error'): IssueKind => ({ level: 'segment', severity, ack });
const element = (ack: string): IssueKind => ({ level: 'element', severity: 'error', ack });
const noteOf = (level: IssueLevel, ack?: string): IssueKind =>
  ack === undefined ? { level, severity: 'note' } : { level, severity: 'note', ack };

/**
 * Every issue the reader can report, with the code that a TA1, 997 or 999 carries for it. Those that no
 * reader finds (`isa-receiver-unknown`, `…-not-supported`) are for whoever knows the partner.
 *
 * @see ASC X12 004010, data elements I18 (TA105), 716 (AK905), 718 (AK502), 720 (AK304), 723 (AK403)
 */
export const ISSUE_KINDS = {
  // The envelope of the interchange: TA105.
  'iea-control-number': interchange('001'),
  'isa-standard-not-supported': interchange('002'),
  'isa-version-not-supported': interchange('003'),
  'isa-terminator': interchange('004'),
  'isa-sender-qualifier': interchange('005'),
  'isa-sender': interchange('006'),
  'isa-receiver-qualifier': interchange('007'),
  'isa-receiver': interchange('008'),
  'isa-receiver-unknown': interchange('009'),
  'isa-authorization-qualifier': interchange('010'),
  'isa-authorization': interchange('011'),
  'isa-security-qualifier': interchange('012'),
  'isa-security': interchange('013'),
  'isa-date': interchange('014'),
  'isa-time': interchange('015'),
  'isa-standard': noteOf('interchange', '016'),
  'isa-version': interchange('017'),
  'isa-control-number': interchange('018'),
  'isa-acknowledgment-requested': interchange('019'),
  'isa-usage': interchange('020'),
  'iea-count': interchange('021'),
  'isa-truncated': interchange('022'),
  'segment-outside-group': interchange('022'),
  'iea-missing': interchange('023'),
  'gs-missing': interchange('024'),
  'gs-content': interchange('024'),
  'isa-duplicate': interchange('025'),
  'isa-component-separator': interchange('027'),
  'not-x12': interchange('022'),
  'lower-case': interchange('022'),
  'too-large': interchange('022'),
  'isa-length': noteOf('interchange'),
  'isa-component-separator-missing': noteOf('interchange'),
  'isa-no-break-space': noteOf('interchange'),
  'byte-order-mark': noteOf('interchange'),
  'leading-space': noteOf('interchange'),
  'bytes-skipped': noteOf('interchange'),
  'lines-wrapped': noteOf('interchange'),
  'padded-lines': noteOf('interchange'),
  'final-terminator-missing': noteOf('interchange'),
  'empty-segment': noteOf('interchange'),
  'terminator-missing': noteOf('interchange'),
  'line-ends-mixed': noteOf('interchange'),
  'iea-elements': noteOf('interchange', '022'),
  // The functional group: AK905.
  'group-not-supported': group('1'),
  'group-version-not-supported': group('2'),
  'ge-missing': group('3'),
  'ge-control-number': group('4'),
  'ge-count': group('5'),
  'gs-control-number': group('6'),
  'st-missing': group(),
  'ge-elements': noteOf('group'),
  // The transaction set: AK502.
  'set-not-supported': set('1'),
  'se-missing': set('2'),
  'se-control-number': set('3'),
  'se-count': set('4'),
  'set-too-large': set('5'),
  'set-id': set('6'),
  'set-control-number': set('7'),
  'set-control-number-duplicate': set('23'),
  'set-not-of-group': noteOf('set', '6'),
  'set-envelope-elements': noteOf('set', '5'),
  'trailing-separators': noteOf('set'),
  'issues-dropped': noteOf('set'),
  // A segment: AK304.
  'segment-unknown': segment('1'),
  'segment-unexpected': segment('2'),
  'segment-missing': segment('3'),
  'loop-over-max': segment('4'),
  'segment-over-max': segment('5'),
  'segment-not-in-set': segment('6'),
  'segment-out-of-order': segment('7', 'note'),
  // A data element: AK403.
  'control-total': { level: 'element', severity: 'note', ack: '7' },
  'hierarchy-parent': { level: 'element', severity: 'note', ack: '7' },
  'element-missing': element('1'),
  'element-condition': element('2'),
  'element-too-many': element('3'),
  'element-too-short': element('4'),
  'element-too-long': element('5'),
  'element-character': element('6'),
  'element-code': element('7'),
  'element-date': element('8'),
  'element-time': element('9'),
  'element-exclusion': element('10'),
  'element-repetitions': element('12'),
  'element-components': element('13'),
} as const satisfies Record<string, IssueKind>;

/** A name from {@link ISSUE_KINDS}; stable, safe to search for and to count. */
export type IssueCode = keyof typeof ISSUE_KINDS;

/** What an issue code means: its level, default severity and acknowledgement code. */
export function issueKind(code: IssueCode): IssueKind {
  return ISSUE_KINDS[code];
}
