import type { ByteRange, Issue } from '../issues/issue.js';
import type { IssueCode } from '../issues/issue-codes.js';
import type { Delimiters } from '../segments/delimiters.js';
import type { Segment } from '../segments/segment.js';

/** What an ISA says. Texts have their padding taken off; control numbers are kept as they stand. */
export interface InterchangeHeader {
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
  /** ISA09, YYMMDD. */
  readonly date: string;
  /** ISA10, HHMM. */
  readonly time: string;
  /** ISA12, e.g. `00401`. */
  readonly version: string;
  /** ISA13, nine digits when it is right. */
  readonly controlNumber: string;
  /** ISA14: the sender wants a TA1. */
  readonly acknowledgmentRequested: boolean;
  /** ISA15: P production, T test, I information. */
  readonly usage: string;
  readonly delimiters: Delimiters;
  /** ISA01 to ISA16 at index 0 to 15, as they stand. */
  readonly elements: readonly string[];
  /** What is wrong with the ISA itself. */
  readonly issues: readonly Issue[];
  /** Place of the ISA in the input. */
  readonly range: ByteRange;
}

/** What a GS says. */
export interface GroupHeader {
  /** GS01, e.g. `PO` for purchase orders. */
  readonly functionalId: string;
  readonly senderCode: string;
  readonly receiverCode: string;
  /** GS04, CCYYMMDD (YYMMDD before 004010). */
  readonly date: string;
  readonly time: string;
  /** GS06 as it stands. */
  readonly controlNumber: string;
  readonly agency: string;
  /** GS08, e.g. `004010VICS`. */
  readonly version: string;
  /** Position of the group in its interchange, from 1. */
  readonly ordinal: number;
  readonly segment: Segment;
}

/** An interchange begins. Sets follow at once; whether its end is right is known only at `interchange-end`. */
export interface InterchangeStart {
  readonly kind: 'interchange';
  readonly interchange: InterchangeHeader;
}

/** A TA1: what a partner thought of an interchange of ours. */
export interface Ta1Received {
  readonly kind: 'ta1';
  readonly interchange: InterchangeHeader;
  /** TA101: ISA13 of the interchange it answers. */
  readonly controlNumber: string;
  readonly date: string;
  readonly time: string;
  /** TA104: A accepted, E accepted with errors, R rejected. */
  readonly code: string;
  /** TA105, three digits. */
  readonly note: string;
  readonly segment: Segment;
}

/** A transaction set, ST to SE, with everything that is wrong with it. */
export interface TransactionSet {
  readonly kind: 'set';
  readonly interchange: InterchangeHeader;
  /** Absent where the sender left GS out. */
  readonly group: GroupHeader | undefined;
  /** ST01, e.g. `850`. */
  readonly code: string;
  /** ST02 as it stands. */
  readonly controlNumber: string;
  /** ST03, from 5010 on. */
  readonly implementation: string | undefined;
  /** Position of the set in its group, from 1. */
  readonly ordinal: number;
  /** ST first, SE last when there is one. */
  readonly segments: readonly Segment[];
  readonly issues: readonly Issue[];
  /** Codes of further issues, beyond what `issues` keeps; each once. Nearly always empty. */
  readonly unlisted: readonly IssueCode[];
  /** Errors found, also those beyond what `issues` keeps. 0 means good. */
  readonly errors: number;
  readonly range: ByteRange;
}

/** A functional group is over: its counts, and what is wrong with GS and GE. */
export interface GroupEnd {
  readonly kind: 'group-end';
  readonly interchange: InterchangeHeader;
  readonly group: GroupHeader;
  /** GE01, where it is a number. */
  readonly setsIncluded: number | undefined;
  readonly setsReceived: number;
  /** Sets without an error. */
  readonly setsGood: number;
  readonly issues: readonly Issue[];
  /** As of a set. */
  readonly unlisted: readonly IssueCode[];
}

/** An interchange is over. `issues` has those of the ISA too. */
export interface InterchangeEnd {
  readonly kind: 'interchange-end';
  readonly interchange: InterchangeHeader;
  /** IEA01, where it is a number. */
  readonly groupsIncluded?: number;
  readonly groups: number;
  readonly sets: number;
  readonly ta1s: number;
  readonly issues: readonly Issue[];
  /** As of a set. */
  readonly unlisted: readonly IssueCode[];
  readonly range: ByteRange;
}

/** Bytes that belong to no interchange. With severity `error` somebody should look at them. */
export interface SkippedBytes {
  readonly kind: 'skipped';
  readonly range: ByteRange;
  readonly issue: Issue;
}

/** What a reader gives out, in the order of the input. */
export type ReadUnit = InterchangeStart | Ta1Received | TransactionSet | GroupEnd | InterchangeEnd | SkippedBytes;
