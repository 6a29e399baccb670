import type { GroupAcknowledgment } from '../acknowledge/acknowledge-group.js';
import { answerRelease } from '../acknowledge/answer-release.js';
import type { InterchangeAcknowledgment } from '../acknowledge/acknowledger.js';
import type { GroupHeader, InterchangeHeader } from '../read/units.js';
import type { GroupValues, InterchangeValues } from '../write/interchange-values.js';

/** What the sender of an answer decides. */
export interface AcknowledgmentStamp {
  /** ISA13 of the answer, at most nine digits. */
  readonly controlNumber: string;
  /** GS06 of its first group; further groups count up from it, and begin again at 1 after 999999999. */
  readonly groupControlNumber: number;
  /** CCYYMMDD. */
  readonly date: string;
  /** HHMM. */
  readonly time: string;
}

/** For senders who did not say who they are: an ISA must name somebody. */
const NOBODY = 'UNKNOWN';
const MUTUALLY_DEFINED = 'ZZ';
const OLDEST = '004010';
const CONTROL_NUMBER_MAX = 999_999_999;

/**
 * True when an interchange wants a TA1: it asked for one (ISA14), or something is wrong with its envelope. Never for one
 * of TA1s alone.
 */
export function wantsTa1({ interchange, verdict, holdsOnlyTa1s }: InterchangeAcknowledgment): boolean {
  return !holdsOnlyTa1s && (interchange.acknowledgmentRequested || verdict !== 'A');
}

/**
 * The interchange that answers one that was read: from its receiver to its sender, with the TA1 where one is wanted, and
 * the 997 or 999 of each group in a group of its own version and codes. Nothing of a rejected interchange is taken, so of
 * its groups only those are told of that are rejected themselves.
 *
 * @returns `undefined` when there is nothing to say, as to an interchange of acknowledgements.
 */
export function toAcknowledgmentInterchange(
  answer: InterchangeAcknowledgment,
  stamp: AcknowledgmentStamp,
): InterchangeValues | undefined {
  const ta1s = wantsTa1(answer) ? [answer.ta1] : [];
  const groups = groupsOf(answer, stamp);
  if (ta1s.length + groups.length === 0) return undefined;
  const { interchange } = answer;
  const versions = groups.map(({ version = OLDEST }) => version);
  return {
    ...partiesOf(interchange),
    date: stamp.date.slice(2),
    time: stamp.time,
    version: interchangeVersionOf(versions, interchange),
    controlNumber: stamp.controlNumber,
    usage: interchange.usage === 'T' ? 'T' : 'P',
    ta1s,
    groups,
  };
}

function partiesOf(header: InterchangeHeader) {
  return {
    senderQualifier: qualifierOf(header.receiverQualifier),
    senderId: nameOf(header.receiverId, 15),
    receiverQualifier: qualifierOf(header.senderQualifier),
    receiverId: nameOf(header.senderId, 15),
  };
}

function groupsOf(answer: InterchangeAcknowledgment, stamp: AcknowledgmentStamp): GroupValues[] {
  const told = answer.verdict === 'R' ? answer.groups.filter(({ verdict }) => verdict === 'R') : answer.groups;
  return together(told).map((some, index) => ({
    functionalId: 'FA',
    ...codesOf((some[0] as GroupAcknowledgment).group),
    date: stamp.date,
    time: stamp.time,
    controlNumber: String(controlNumberAfter(stamp.groupControlNumber, index)),
    version: versionOf(some[0] as GroupAcknowledgment),
    sets: some.map(({ code, implementation, segments }, n) => ({
      code,
      controlNumber: String(n + 1).padStart(4, '0'),
      implementation,
      segments,
    })),
  }));
}

/** Answers that may share a group: the same version, from the same to the same. */
function together(answers: readonly GroupAcknowledgment[]): GroupAcknowledgment[][] {
  const groups = new Map<string, GroupAcknowledgment[]>();
  for (const answer of answers) {
    const key = JSON.stringify([versionOf(answer), codesOf(answer.group)]); // names may hold blanks
    groups.set(key, [...(groups.get(key) ?? []), answer]);
  }
  return [...groups.values()];
}

/** The control number that comes `steps` after another: nine digits at most, never 0. */
export function controlNumberAfter(first: number, steps: number): number {
  return ((first - 1 + steps) % CONTROL_NUMBER_MAX) + 1;
}

function codesOf(group: GroupHeader) {
  return { senderCode: nameOf(group.receiverCode, 15), receiverCode: nameOf(group.senderCode, 15) };
}

/** A 999 is written in the release of its guide; a 997 in that of the group, no older than 004010. */
function versionOf({ group, implementation }: GroupAcknowledgment): string {
  return implementation ?? answerRelease(group.version);
}

/** `005010…` makes 00501. Without a group the answer is in the version that was asked in, if that is one. */
function interchangeVersionOf(versions: readonly string[], { version }: InterchangeHeader): string {
  const newest = versions.toSorted().at(-1);
  if (newest !== undefined) return newest < '004020' ? '00401' : newest.slice(0, 5);
  return /^00[45]\d\d$/.test(version) && version > '00401' ? version : '00401';
}

function qualifierOf(text: string): string {
  return /^[A-Z0-9]{2}$/.test(text) ? text : MUTUALLY_DEFINED;
}

/** Printable ASCII without what usually cuts; the sender reads his own name, as far as it can be written. */
function nameOf(text: string, lengthMax: number): string {
  const plain = text.replace(/[^ -~]|[*~>^:|]/g, ' ').trim();
  return plain === '' ? NOBODY : plain.slice(0, lengthMax);
}
