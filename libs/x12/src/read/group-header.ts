import type { IssueList } from '../issues/issue-list.js';
import { isDate, isTime } from '../validate/calendar.js';
import { placeOf } from '../segments/segment.js';
import { checkSurplus } from './envelope-elements.js';
import type { GroupHeader } from './units.js';

interface HeaderCheck {
  readonly position: number;
  readonly says: string;
  readonly valueOf: (header: GroupHeader) => string;
  readonly isGood: (value: string) => boolean;
}

const isThere = (value: string) => value !== '';

/** GS01, GS06 and GS08 have codes of their own in AK9. GS07 says nothing that anybody acts on. */
const CHECKS: readonly HeaderCheck[] = [
  { position: 2, says: 'GS02 names no sender', valueOf: ({ senderCode }) => senderCode, isGood: isThere },
  { position: 3, says: 'GS03 names no receiver', valueOf: ({ receiverCode }) => receiverCode, isGood: isThere },
  { position: 4, says: 'GS04 is not a date', valueOf: ({ date }) => date, isGood: isDate },
  { position: 5, says: 'GS05 is not a time', valueOf: ({ time }) => time, isGood: isTime },
];

/** Adds to the issues of the interchange what is wrong with a GS and has no code in an acknowledgement of the group. */
export function checkGroupHeader(header: GroupHeader, issues: IssueList): void {
  for (const { position, says, valueOf, isGood } of CHECKS) {
    const value = valueOf(header);
    if (!isGood(value)) issues.add('gs-content', placeOf(header.segment, position), says, { value });
  }
  checkSurplus(header.segment, 'gs-content', issues);
}
