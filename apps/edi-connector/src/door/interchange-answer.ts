import type { InterchangeAcknowledgment, SegmentValues } from '@railhead/x12';
import type { Content } from '../outbound/envelope.js';
import type { Partner } from '../partners/partner.js';

/** Of a version the release alone; an industry's code may follow. */
const RELEASE = 6;

/** What a partner is told about an interchange: TA1 where it is due, and a 997 (or 999) for each group. */
export function answerOf(
  acknowledgment: InterchangeAcknowledgment,
  isTa1Asked: boolean,
  { version: usual, acknowledgment: { ta1, format } }: Partner,
): Content {
  const isDue = ta1 === 'always' || (ta1 === 'asked' && (isTa1Asked || acknowledgment.verdict !== 'A'));
  const groups = groupsOf(acknowledgment);
  // A 997 with what only 005010 has (AK103) is written in 005010; a 999 has a release of its own.
  const version = groups.reduce(
    (newest, group) => (group.version > newest.slice(0, RELEASE) ? group.version : newest),
    usual,
  );
  const implementation = groups[0]?.implementation;
  return {
    ...(isDue && !acknowledgment.holdsOnlyTa1s && { ta1s: [acknowledgment.ta1] }),
    functionalId: 'FA',
    code: format,
    version,
    ...(implementation !== undefined && { implementation }),
    sets: groups.map(({ segments }) => segments),
  };
}

/** A TA1 alone: nothing of the interchange was looked at. */
export function onlyTa1(ta1: SegmentValues): Content {
  return { ta1s: [ta1] };
}

/** Nothing of a rejected interchange is taken, so no 997 may say that something was. */
function groupsOf({ verdict, groups }: InterchangeAcknowledgment): InterchangeAcknowledgment['groups'] {
  return verdict === 'R' ? groups.filter((group) => group.verdict === 'R') : groups;
}
