import type { DocumentIssue } from '@railhead/contracts';
import {
  acknowledgeInterchange,
  controlKey,
  DEFAULT_POLICY,
  issue,
  refuseGroupNumber,
  refuseSetNumbers,
  type AcknowledgmentPolicy,
  type GroupAcknowledgment,
  type InterchangeAcknowledgment,
  type InterchangeEnd,
} from '@railhead/x12';
import type { GroupOpinion } from '../inbound/acknowledgments.mapper.js';
import type { Partner } from '../partners/partner.js';
import type { InterchangeKey } from '../store/interchange.store.js';
import { issuesOfEnvelope } from './document-issues.js';
import { answerOf, onlyTa1 } from './interchange-answer.js';
import type { Judgement, ReceivedSet } from './received-interchange.js';
import { amongNumbers, countOf, type SetNumbers } from './set-numbers.js';
import { keyOfGroup, type GroupNumbers, type NumberRuling } from './used-numbers.js';

/** Groups of one interchange, at most; nobody sends so many, and each has a 997. */
export const GROUPS_MAX = 10_000;

/** What was found in an interchange up to its end. */
export interface Findings {
  readonly partner: Partner;
  /** Its end, with {@link withOurRules}. */
  readonly end: InterchangeEnd;
  readonly acknowledgment: InterchangeAcknowledgment;
  /** Place of the interchange: bytes of the stream before the document's own. */
  readonly offset: number;
  readonly sha256: string;
  readonly opinions: readonly GroupOpinion[];
  readonly issues: readonly DocumentIssue[];
  readonly isRepeated: boolean;
}

/** Puts together what becomes of an interchange. */
export function judge(findings: Findings): Judgement {
  const { partner, end, acknowledgment, offset, sha256, opinions, issues, isRepeated } = findings;
  const { verdict, groups } = acknowledgment;
  const open = verdict === 'R' ? [] : groups.filter((group) => group.verdict !== 'R');
  return {
    header: end.interchange,
    range: { from: end.range.from + offset, to: end.range.to + offset },
    sha256,
    verdict,
    answer: answerOf(acknowledgment, end.interchange.acknowledgmentRequested, partner),
    answerToReuse: onlyTa1(ta1OfReuse(end)),
    openGroups: open.map(({ group }) => group.ordinal),
    refusedSets: open.flatMap(({ group, sets }) =>
      sets.flatMap((set, index) => (set.verdict === 'R' ? [placeOf(group.ordinal, index + 1)] : [])),
    ),
    sets: end.sets,
    opinions: verdict === 'R' ? [] : opinions,
    issues: [...issuesOfEnvelope(end.issues), ...issues],
    isRepeated,
  };
}

/** Whether what a set brought is taken: neither it nor its group nor the interchange is refused. */
export function isTaken({
  verdict,
  openGroups,
  refusedSets,
}: Judgement): (place: string, isOpinion: boolean) => boolean {
  const groups = new Set(openGroups);
  const refused = new Set(refusedSets);
  return (place, isOpinion) => {
    if (verdict === 'R') return false;
    // A group of acknowledgements gets no answer, so it has no verdict either.
    return isOpinion || (groups.has(Number(place.split('.', 1)[0])) && !refused.has(place));
  };
}

/** Those of the sets that are taken. */
export function takenOf(judgement: Judgement, sets: readonly ReceivedSet[]): readonly ReceivedSet[] {
  const taken = isTaken(judgement);
  return sets.filter(({ place, opinion }) => taken(place, opinion !== undefined));
}

/** The same interchange, without groups and sets that are refused because their numbers were used before. */
export function withoutUsed(findings: Findings, ruling: NumberRuling): Findings {
  const { acknowledgment, partner, issues } = findings;
  const policy = policyOf(partner);
  const judged = (one: GroupAcknowledgment): GroupAcknowledgment => {
    if (ruling.groups.has(one.group.ordinal)) return refuseGroupNumber(one);
    const used = ruling.sets.get(one.group.ordinal);
    const sets = used === undefined ? undefined : { count: countOf(used), has: amongNumbers(used) };
    return sets === undefined ? one : refuseSetNumbers(one, sets, policy);
  };
  return {
    ...findings,
    acknowledgment: { ...acknowledgment, groups: acknowledgment.groups.map(judged) },
    issues: [...ruling.issues, ...issues],
  };
}

/** The numbers that an interchange uses up: those of groups and sets that something is taken of. */
export function numbersOf(
  { end, acknowledgment, partner }: Findings,
  { openGroups }: Judgement,
  taken: ReadonlyMap<number, SetNumbers>,
): readonly GroupNumbers[] {
  const open = new Set(openGroups);
  return acknowledgment.groups.flatMap(({ group }) => {
    const sets = taken.get(group.ordinal)?.runs ?? [];
    const hasNumber = controlKey(group.controlNumber) !== ''; // no policy makes two without one the same
    if (!open.has(group.ordinal) || sets.length === 0 || !hasNumber) return [];
    return [{ ...keyOfGroup(group, end.interchange.date, partner), ordinal: group.ordinal, sets }];
  });
}

export function placeOf(group: number | undefined, set: number): string {
  return `${group ?? 0}.${set}`;
}

/** The key under which an interchange is known; `with-date` where the sender begins its numbers anew. */
export function keyOf({ header }: Judgement, { duplicates }: Partner): InterchangeKey {
  const number = controlKey(header.controlNumber);
  return {
    sender: `${header.senderQualifier}/${header.senderId}`,
    receiver: `${header.receiverQualifier}/${header.receiverId}`,
    controlNumber: duplicates.interchange === 'with-date' ? `${number}@${header.date}` : number,
  };
}

/**
 * Their receiver must be us, a test must not become an order, and an interchange has an end. Whether its number was used
 * before is not asked here: partners differ in what counts as the same number.
 */
export function withOurRules(end: InterchangeEnd, { us, usage }: Partner): InterchangeEnd {
  const { interchange, issues } = end;
  const more = [];
  const place = { segment: 'ISA', ...interchange.range };
  if (interchange.receiverQualifier !== us.qualifier || interchange.receiverId !== us.id) {
    const receiver = `${interchange.receiverQualifier}/${interchange.receiverId}`;
    more.push(issue('isa-receiver', { ...place, element: 8 }, `${receiver} is not us`));
  }
  if (interchange.usage === 'T' && usage === 'P') {
    more.push(issue('isa-usage', { ...place, element: 15 }, 'a test interchange is not taken in production'));
  }
  if (end.groups > GROUPS_MAX) more.push(issue('too-large', place, `more than ${GROUPS_MAX} groups; split it`));
  return { ...end, issues: [...issues.filter(({ code }) => code !== 'isa-duplicate'), ...more] };
}

export function policyOf({ acknowledgment }: Partner): AcknowledgmentPolicy {
  const { setWithErrors, listAcceptedSets, loopNames, format } = acknowledgment;
  const { 'set-too-large': untakeable, ...severities } =
    acknowledgment.severities as AcknowledgmentPolicy['severities'];
  return {
    ...DEFAULT_POLICY,
    format,
    // What cannot be taken is not acknowledged as taken, whatever a profile says of it.
    severities: { ...severities, ...(untakeable === 'reject-interchange' && { 'set-too-large': untakeable }) },
    rejectInterchangeFor: [...DEFAULT_POLICY.rejectInterchangeFor, 'isa-receiver', 'isa-usage'],
    ...(setWithErrors !== undefined && { setWithErrors }),
    ...(listAcceptedSets !== undefined && { listAcceptedSets }),
    ...(loopNames !== undefined && { loopNames }),
  };
}

function ta1OfReuse(end: InterchangeEnd): InterchangeAcknowledgment['ta1'] {
  const place = { segment: 'ISA', element: 13, ...end.interchange.range };
  const reused = issue('isa-duplicate', place, 'ISA13 was used for another interchange');
  return acknowledgeInterchange({ ...end, issues: [...end.issues, reused] }, DEFAULT_POLICY).ta1;
}
